import { isWrong } from '@songnhap/comparators'
import type {
  FieldDefinition,
  FormDefinition,
  Places,
  Reading,
  TypedRecord,
  TypedRecords,
  TypingAssignment,
} from '@songnhap/contracts'
import { chance, pick, type Random, whole } from '@songnhap/samples'

const TRIES_MAX = 20
const LETTERS = [...'aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạíìỉĩịúùủũụýỳ0123456789']
/** How often somebody misses the last record of a page altogether. */
const RECORD_LEFT_OUT = 0.004

interface Habits {
  /** Of a field being wrong. */
  readonly errorRate: number
  /** Whether he or she now and then misses a record. */
  readonly leavesRecordsOut: boolean
}

/**
 * A page as a person with this error rate keys it: each field wrong independently of the others. Only
 * the records and fields that are asked for.
 */
export function misreadPage(
  random: Random,
  form: FormDefinition,
  truth: TypedRecords,
  { errorRate, leavesRecordsOut }: Habits,
  { places, coreOnly = false, cells }: Pick<TypingAssignment, 'places' | 'coreOnly' | 'cells'> = {},
): TypedRecords {
  const fields = form.fields.filter(({ entry }) => !coreOnly || entry !== 'single')
  return recordsSeen(random, form, truth, leavesRecordsOut, places).map(
    (record, index): TypedRecord => {
      const asked = cells?.[index]
      const here =
        asked === undefined ? fields : form.fields.filter(({ name }) => asked.includes(name))
      return Object.fromEntries(
        here.map((field) => {
          const right = readingOf(record, field)
          return [field.name, chance(random, errorRate) ? misread(random, field, right) : right]
        }),
      )
    },
  )
}

/** A record that is asked for is there, says an arbiter: who sees nothing there says that it cannot be read. */
function recordsSeen(
  random: Random,
  { fields }: FormDefinition,
  truth: TypedRecords,
  leavesOut: boolean,
  places: Places | undefined,
): TypedRecords {
  if (places !== undefined) return places.map((place) => truth[place - 1] ?? illegible(fields))
  const isOneMissed = leavesOut && truth.length > 1 && chance(random, RECORD_LEFT_OUT)
  return isOneMissed ? truth.slice(0, -1) : truth
}

function illegible(fields: readonly FieldDefinition[]): TypedRecord {
  return Object.fromEntries(
    fields.map(({ name }) => [name, { value: '', mark: 'illegible', origin: 'typed' }]),
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
