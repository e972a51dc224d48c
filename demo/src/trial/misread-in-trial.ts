import type {
  FormDefinition,
  Reading,
  TypedRecord,
  TypedRecords,
  TypingAssignment,
} from '@songnhap/contracts'
import { chance, createRandom, type Random } from '@songnhap/samples'
import { misread, readingOf } from '../misread.ts'

/** Half of all errors are the misreading that the ink suggests to everybody: one pair in four errs alike. */
const TEMPTED = 0.5

/** What is to be read, and how probable an error is in each of its fields. */
export interface HardPage {
  readonly seed: number
  readonly index: number
  readonly truth: TypedRecords
  readonly errorRate: number
}

/** A page as somebody keys it; only the records and fields that are asked for. Errors are really errors. */
export function misreadInTrial(
  random: Random,
  form: FormDefinition,
  page: HardPage,
  { places, coreOnly = false, cells }: Pick<TypingAssignment, 'places' | 'coreOnly' | 'cells'> = {},
): TypedRecords {
  const fields = form.fields.filter(({ entry }) => !coreOnly || entry !== 'single')
  const asked = places ?? page.truth.map((_, index) => index + 1)
  return asked.map((place, at): TypedRecord => {
    const record = page.truth[place - 1]
    if (record === undefined) throw new Error('a record is asked for that is not on the page')
    const wanted = cells?.[at]
    const here =
      wanted === undefined ? fields : form.fields.filter(({ name }) => wanted.includes(name))
    return Object.fromEntries(
      here.map((field): [string, Reading] => {
        const right = readingOf(record, field)
        if (!chance(random, page.errorRate)) return [field.name, right]
        const tempting = createRandom(page.seed, 'tempting', page.index, place, field.name)
        return [field.name, misread(chance(random, TEMPTED) ? tempting : random, field, right)]
      }),
    )
  })
}
