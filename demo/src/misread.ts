import { isWrong } from '@songnhap/comparators'
import type {
  FieldDefinition,
  FormDefinition,
  Reading,
  TypedRecord,
  TypedRecords,
} from '@songnhap/contracts'
import { chance, pick, type Random, whole } from '@songnhap/samples'

const TRIES_MAX = 20
const LETTERS = [...'aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạíìỉĩịúùủũụýỳ0123456789']
/** How often somebody misses the last record of a page altogether. */
const RECORD_LEFT_OUT = 0.004

/** A page as a person with this error rate keys it: each field wrong independently of the others. */
export function misreadPage(
  random: Random,
  form: FormDefinition,
  truth: TypedRecords,
  errorRate: number,
): TypedRecords {
  const seen = truth.length > 1 && chance(random, RECORD_LEFT_OUT) ? truth.slice(0, -1) : truth
  return seen.map(
    (record): TypedRecord =>
      Object.fromEntries(
        form.fields.map((field) => {
          const right = readingOf(record, field)
          return [field.name, chance(random, errorRate) ? misread(random, field, right) : right]
        }),
      ),
  )
}

/** A reading that is really another one, not merely written in another way. */
export function misread(random: Random, field: FieldDefinition, right: Reading): Reading {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const wrong: Reading = { value: slip(random, field, right), origin: 'typed' }
    const fits = wrong.value.trim() !== '' && [...wrong.value].length <= field.lengthMax
    if (fits && isWrong(field, wrong, right)) return wrong
  }
  return { value: '', mark: right.mark === 'illegible' ? 'blank' : 'illegible', origin: 'typed' }
}

function slip(random: Random, field: FieldDefinition, { value }: Reading): string {
  if (field.options !== undefined) return pick(random, field.options).value
  const letters = [...value.normalize('NFC')]
  if (letters.length === 0) return `${pick(random, LETTERS)}${pick(random, LETTERS)}`
  const at = whole(random, 0, letters.length - 1)
  switch (whole(random, 0, 3)) {
    case 0:
      letters.splice(at, 1)
      break
    case 1:
      letters.splice(at, 0, pick(random, LETTERS))
      break
    case 2:
      letters.splice(at, 2, ...letters.slice(at, at + 2).reverse())
      break
    default:
      letters[at] = pick(random, LETTERS)
  }
  return letters.join('')
}

export function readingOf(record: TypedRecord, field: Pick<FieldDefinition, 'name'>): Reading {
  const reading = record[field.name]
  if (reading === undefined) throw new Error(`the truth has no ${field.name}`)
  return reading
}
