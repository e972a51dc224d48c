/** Work of which figures of two typists can be told: more than 300 fields each. */
import type { FormDefinition, TypedRecords } from '@songnhap/contracts'
import { recordOf, SMALL_FORM } from '@songnhap/testkit'
import { choose, entryOf, questionOn, type Truth } from './open-truth.ts'

export const ROWS = 40
export const FIELDS = 3
export const FORM: FormDefinition = {
  ...SMALL_FORM,
  recordsMax: ROWS,
  fields: SMALL_FORM.fields.map((field) =>
    field.name === 'fullName' ? { ...field, class: 'identity-critical' } : field,
  ),
}
/** A form for which two ways to write a date are to be asked about, and two ways to write a village are not. */
const ACCEPT = {
  fullName: undefined,
  birthDate: [],
  village: ['equivalent', 'both-blank', 'variant'],
} as const
export const OTHER_FORM: FormDefinition = {
  ...FORM,
  version: 2,
  fields: FORM.fields.map((field) => {
    const accept = ACCEPT[field.name as keyof typeof ACCEPT]
    return accept === undefined ? field : { ...field, comparison: { accept: [...accept] } }
  }),
}
const FAST = { gapsMs: Array(ROWS).fill(4_500), keys: 1_000, erased: 50 }
const WITH_A_BREAK = { gapsMs: [180_000, ...Array(ROWS - 1).fill(5_000)], keys: 800, erased: 0 }

const NAMES = ['An', 'Bình', 'Cường', 'Dung', 'Giang', 'Hà', 'Khánh', 'Lan']
function rows(change: (at: number) => Parameters<typeof recordOf>[0] = () => ({})): TypedRecords {
  return Array.from({ length: ROWS }, (_, at) =>
    recordOf({
      fullName: `Trần Thị ${NAMES[at % NAMES.length]} ${NAMES[(at * 3 + 1) % NAMES.length]}`,
      birthDate: `0${1 + (at % 9)}/${10 + (at % 3)}/19${10 + at}`,
      village: `Thôn ${at + 1}`,
      ...change(at),
    }),
  )
}

/**
 * Four pages of 40 records: three on days of their own, and one that stays with its arbiter. The second typist
 * errs twice on the second page, the first typist once; and they write one date there in two ways.
 */
export async function keyFigures(truth: Truth): Promise<void> {
  const { pages, typists, arbiter } = truth
  const [first, second, third, open] = pages
  if (!first || !second || !third || !open) throw new Error('four pages were opened')
  const key = async (
    page: typeof first,
    records: readonly [TypedRecords, TypedRecords],
    day: string,
    effort = FAST,
  ) => {
    for (const [at, typed] of records.entries()) {
      const entry = entryOf(page, typists[at] ?? '', at === 0 ? 1 : 2, typed)
      await truth.enter({ ...entry, submittedAt: `${day}T05:00:00.000Z`, effort })
    }
  }
  await key(first, [rows(), rows()], '2026-03-02')
  const isAt = (place: number, field: string, value: string) => (at: number) =>
    at === place ? { [field]: value } : {}
  const wrong = rows((at) => ({
    ...isAt(0, 'fullName', 'Trần Thị Án')(at),
    ...isAt(3, 'birthDate', '4-10-1913')(at),
    ...isAt(5, 'village', 'Thôn 9')(at),
  }))
  await key(second, [rows(isAt(7, 'village', 'thôn 8')), wrong], '2026-03-03', WITH_A_BREAK)
  await key(third, [rows(), rows()], '2026-03-03')
  const assignment = await truth.takeOne(arbiter)
  await truth.rule(arbiter, assignment, [
    choose(questionOn(assignment, 'fullName', 1), 'Trần Thị An Bình'),
    choose(questionOn(assignment, 'village', 6), 'Thôn 6'),
    choose(questionOn(assignment, 'village', 8), 'Thôn 8'),
  ])
  await key(open, [rows(), rows(isAt(0, 'village', 'Thôn X'))], '2026-03-04')
}
