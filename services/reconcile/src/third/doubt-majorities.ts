import type { FieldDefinition } from '@songnhap/contracts'
import { findField } from '@songnhap/forms'
import { codedPosterior } from '@songnhap/statistics'
import type { Transaction } from 'kysely'
import type { PageCase } from '../page-case.ts'
import { fieldPlace, keyOf } from '../place.ts'
import type { DB } from '../schema.gen.ts'
import { readingsAt } from '../settle-field.ts'
import { typistOf } from '../typist-of.ts'
import { type Majority, majorityOf } from './majority-of.ts'
import { readFieldCounts } from './read-field-counts.ts'
import { TURNS } from './third-keying.ts'

/** A majority of codes less probable than this is for an arbiter. */
const PROBABLE = 0.95
/** Before anything is known of somebody, as if of so many fields so many were wrong. */
const [WRONG_BEFORE, JUDGED_BEFORE] = [1, 10]
const CODED: ReadonlySet<FieldDefinition['kind']> = new Set(['choice', 'boolean'])

interface CodedMajority {
  readonly rows: readonly [number, number]
  readonly field: FieldDefinition
  readonly side: Majority['side']
}

/**
 * Keeps which majorities of a third entry that has just come are no good evidence: in fields with few codes people
 * hit upon the same wrong one, and how often each of the three errs tells how probable that is. True: there are some.
 */
export async function doubtMajorities(trx: Transaction<DB>, page: PageCase): Promise<boolean> {
  const coded = codedMajorities(page)
  const third = page.third?.reading?.personId
  if (coded.length === 0 || third === undefined) return false
  const { sides } = page.compared
  const counts = await readFieldCounts(trx, page.campaignId)
  const errorOf = (typist: string, field: string) => {
    const { wrong, judged } = counts.of(typist, field)
    return (wrong + WRONG_BEFORE) / (judged + JUDGED_BEFORE)
  }
  const doubted = coded.filter(({ rows, field, side }) => {
    const votes = sides.map((one, at) => ({
      value: at === side ? 'majority' : 'other',
      error: errorOf(typistOf(one, rows[at === 0 ? 0 : 1]) ?? '', field.name),
    }))
    const all = [...votes, { value: 'majority', error: errorOf(third, field.name) }]
    const codes = Math.max(2, field.options?.length ?? 0)
    return (codedPosterior(all, codes).get('majority') ?? 0) < PROBABLE
  })
  if (doubted.length === 0) return false
  await trx
    .insertInto('third_doubt')
    .values(
      doubted.map(({ rows: [first_row, second_row], field }) => {
        return { page_id: page.pageId, first_row, second_row, field: field.name }
      }),
    )
    .execute()
  return true
}

function codedMajorities({ third, form, compared, round }: PageCase): CodedMajority[] {
  return (third?.rows ?? []).flatMap((rows, at) =>
    (third?.cells[at] ?? []).flatMap((name): CodedMajority[] => {
      const field = findField(form, name)
      const [first, second] = readingsAt(compared.sides, rows, name)
      const reading = compared.thirds?.get(keyOf(fieldPlace(TURNS, rows, name)))
      const [x, y] = rows
      if (!field || !CODED.has(field.kind) || !reading || !first || !second) return []
      if (x === null || y === null) return []
      const record = 1 + round.pairs.findIndex(([one, other]) => one === x && other === y)
      const found = round.differences.find((one) => one.record === record && one.field === name)
      const majority = majorityOf(field, [first, second], found?.meant, reading)
      return majority === null ? [] : [{ rows: [x, y], field, side: majority.side }]
    }),
  )
}
