import { type FieldDefinition, readingWanted } from '@songnhap/contracts'
import type { Change, Count } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { openCase, type PageCase } from '../page-case.ts'
import { fieldPlace, keyOf } from '../place.ts'
import type { DB } from '../schema.gen.ts'
import { type AskedAgreed, chooseAgreed } from './choose-agreed.ts'
import type { DoubtTotals } from './choose-doubtful.ts'
import { type AskedCells, cellsAt, differingAsked, isAskable, TURNS } from './third-keying.ts'
import { readThirdPlans, type ThirdPlan } from './third-plans.ts'
import { doubtTotals } from './third-totals.ts'

/** Nobody asked for anything of a page before it is compared. */
const [PASS, TURN] = [1, 2] as const

interface Candidate {
  readonly page: PageCase
  readonly plan: ThirdPlan
  /** Fields on which the two differ. */
  readonly differing: ReadonlySet<string>
}

interface Asked {
  readonly page: PageCase
  readonly cells: AskedCells
  readonly differing: number
  readonly agreed: readonly AskedAgreed[]
}

/**
 * Of pages compared for the first time, has a third person key what differs where that is cheaper than an
 * arbiter at once, and some of what agrees. Answers the same pages; those that wait for a third person as waiting.
 */
export async function askThirds(
  change: Change<DB>,
  pages: readonly PageCase[],
): Promise<PageCase[]> {
  const campaignIds = pages.map(({ campaignId }) => campaignId)
  const plans = await readThirdPlans(change.trx, campaignIds)
  if (plans.size === 0) return [...pages]
  const candidates = await selectWithOthers(
    change.trx,
    pages.flatMap((page) => candidateOf(page, plans.get(page.campaignId))),
  )
  const asked = chooseAll(candidates, change.count)
  if (asked.length === 0) return [...pages]
  await ask(change, asked)
  const cellsOf = new Map(asked.map(({ page, cells }) => [page.pageId, cells]))
  return pages.map((page) => {
    const cells = cellsOf.get(page.pageId)
    if (cells === undefined) return page
    const third = { ...cells, reading: null, doubts: [], agreed: [] }
    return openCase({ ...page, cellsTurn: TURN, third })
  })
}

function candidateOf(page: PageCase, plan: ThirdPlan | undefined): Candidate[] {
  if (plan === undefined || !isAskable(page)) return []
  const isWorth = (field: FieldDefinition) => plan.classes.has(field.class ?? 'ordinary')
  const differing = differingAsked(page, isWorth)
  return differing.size === 0 && plan.agreed === null ? [] : [{ page, plan, differing }]
}

/** Page by page, as what is asked of one leaves less for the next. */
function chooseAll(candidates: readonly Candidate[], count: (counts: Count[]) => void): Asked[] {
  const totals = new Map<string, DoubtTotals>()
  return candidates.flatMap(({ page, plan, differing }): Asked[] => {
    const { campaignId } = page
    let agreed: readonly AskedAgreed[] = []
    if (plan.agreed !== null) {
      const before = totals.get(campaignId) ?? doubtTotals(plan.total)
      const chosen = chooseAgreed(page, plan, plan.agreed, before)
      totals.set(campaignId, chosen.totals)
      count([...chosen.counts])
      agreed = chosen.asked
    }
    const keys = agreed.map(({ rows, field }) => keyOf(fieldPlace(TURNS, rows, field)))
    const cells = cellsAt(page, new Set([...differing, ...keys]))
    return cells === null ? [] : [{ page, cells, differing: differing.size, agreed }]
  })
}

/** Pages of whose campaigns somebody keyed who had none of the two in hand: there is a third person. */
async function selectWithOthers(
  trx: Transaction<DB>,
  candidates: readonly Candidate[],
): Promise<Candidate[]> {
  if (candidates.length === 0) return []
  const { rows } = await sql<{ pageId: string }>`
    select a.page_id as "pageId" from unnest(
      ${candidates.map(({ page }) => page.pageId)}::uuid[],
      ${candidates.map(({ page }) => page.campaignId)}::uuid[]) as a (page_id, campaign_id)
    where exists (
      select from (
        select typist from operator_total where campaign_id = a.campaign_id
        union all select typist from operator_delta where campaign_id = a.campaign_id) o
      where not exists (
        select from seen s where s.page_id = a.page_id and s.person_id = o.typist))`.execute(trx)
  const known = new Set(rows.map(({ pageId }) => pageId))
  return candidates.filter(({ page }) => known.has(page.pageId))
}

async function ask({ trx, say, count }: Change<DB>, asked: readonly Asked[]): Promise<void> {
  await sql`
    insert into audit_page (page_id, turn, places, cells, rows)
    select page_id, ${TURN}, places, cells, rows from unnest(
      ${asked.map(({ page }) => page.pageId)}::uuid[],
      ${asked.map(({ cells }) => JSON.stringify(cells.places))}::json[],
      ${asked.map(({ cells }) => JSON.stringify(cells.cells))}::json[],
      ${asked.map(({ cells }) => JSON.stringify(cells.rows))}::json[]) as a (page_id, places, cells, rows)`.execute(
    trx,
  )
  await storeAgreed(trx, asked)
  for (const { page, cells, differing } of asked) {
    const { pageId, campaignId: scope } = page
    const [places, names] = [[...cells.places], cells.cells.map((fields) => [...fields])]
    // Nobody has been handed a reading of the page: it is compared for the first time.
    say(readingWanted, { pageId, pass: PASS, turn: TURN, places, cells: names, notBy: [] })
    if (differing > 0) count([{ scope, measure: 'third-asked', amount: differing }])
  }
}

async function storeAgreed(trx: Transaction<DB>, asked: readonly Asked[]): Promise<void> {
  const rows = asked.flatMap(({ page, agreed }) =>
    agreed.map(({ rows: [first_row, second_row], field, risk, isDoubtful, chance }) => {
      const at = { page_id: page.pageId, first_row, second_row, field }
      return { ...at, risk, is_doubtful: isDoubtful, chance }
    }),
  )
  if (rows.length > 0) await trx.insertInto('agreed_asked').values(rows).execute()
}
