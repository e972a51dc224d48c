import { pageCompared, readingWanted } from '@songnhap/contracts'
import type { Change } from '@songnhap/database'
import { sql, type Transaction } from 'kysely'
import { arbitrationOf } from './arbitration-of.ts'
import { pairsByPlace } from './load-page-case.ts'
import { newWants, type PageCase, type StoredQuestion } from './page-case.ts'
import type { Want } from './page-side.ts'
import { drawRechecks } from './rechecks/draw-rechecks.ts'
import type { DB } from './schema.gen.ts'
import { selectArbiters } from './select-arbiters.ts'
import { storeSettled } from './store-settled.ts'

/** A page as it was, and as it is after something was decided or keyed. */
export interface Step {
  /** Null: the page is compared for the first time. */
  readonly before: PageCase | null
  readonly after: PageCase
}

interface News {
  readonly step: Step
  /** Compared again. */
  readonly isRound: boolean
  readonly questions: readonly StoredQuestion[]
  readonly wants: readonly Want[]
}

/**
 * Stores and says what is new of these pages: rounds, questions, readings that are wanted, settled
 * records. Tells those who wait for arbitrations.
 */
export async function storeSteps(
  change: Change<DB>,
  steps: readonly Step[],
  arbitrationOpened: () => void,
): Promise<void> {
  const news = steps.map(newsOf)
  const stored = news.filter(
    ({ isRound, questions, wants }) => isRound || questions.length > 0 || wants.length > 0,
  )
  if (stored.length > 0) await storeNews(change.trx, stored)
  for (const one of stored) tell(change, one)
  await sayWants(change, stored)
  if (stored.some(({ questions }) => questions.length > 0)) change.afterCommit(arbitrationOpened)
  const settled = steps.flatMap(({ after }) =>
    after.state.kind === 'settled' ? [{ ...after, records: after.state.records }] : [],
  )
  await storeSettled(change, settled)
  await drawRechecks(change, settled, arbitrationOpened)
}

function newsOf(step: Step): News {
  const { before, after } = step
  const known = new Set(before?.asked.map(({ questionId }) => questionId))
  return {
    step,
    isRound: before?.round.round !== after.round.round,
    questions: after.asked.filter(({ questionId }) => !known.has(questionId)),
    wants: newWants(after),
  }
}

function tell({ say, count }: Change<DB>, { step, isRound, questions }: News): void {
  const { before, after } = step
  const { pageId, campaignId: scope, round } = after
  if (isRound) {
    say(pageCompared, {
      pageId,
      entryIds: [after.entryIds[0], after.entryIds[1]],
      ruleVersion: round.ruleVersion,
      fields: round.fields,
      questions: questions.length,
      ...(round.round === 1 ? {} : { round: round.round }),
    })
  }
  count([
    { scope, measure: 'pages-compared', amount: before === null ? 1 : 0 },
    { scope, measure: 'fields-compared', amount: round.fields - (before?.round.fields ?? 0) },
    { scope, measure: 'mismatches', amount: questions.length },
  ])
}

/** Whoever saw what others read of a page does not key it. Nobody more can: it is not handed out now. */
async function sayWants({ trx, say }: Change<DB>, news: readonly News[]): Promise<void> {
  const wanting = news.filter(({ wants }) => wants.length > 0)
  if (wanting.length === 0) return
  const pageIds = wanting.map(({ step }) => step.after.pageId)
  const arbitersOf = await selectArbiters(trx, pageIds)
  for (const { step, wants } of wanting) {
    const { pageId } = step.after
    const notBy = arbitersOf(pageId)
    for (const { pass, turn, only } of wants) {
      const places = only === null ? {} : { places: [...only.places] }
      say(readingWanted, { pageId, pass, turn, ...places, notBy })
    }
  }
}

async function storeNews(trx: Transaction<DB>, news: readonly News[]): Promise<void> {
  const rounds = news.filter(({ isRound }) => isRound).map(({ step }) => step.after)
  const asked = news.flatMap(({ step, questions }) =>
    questions.map((question) => ({ pageId: step.after.pageId, ...question })),
  )
  const wanted = news.flatMap(({ step, wants }) =>
    wants.map((want) => ({ pageId: step.after.pageId, ...want })),
  )
  const open = news
    .map(({ step }) => step.after)
    .flatMap((page) => {
      const instance = arbitrationOf(page)
      return instance === 'nobody' ? [] : [{ ...page, escalated: instance === 'supervisors' }]
    })
  await sql`
    with compared as (
      insert into comparison (page_id, round, rule_version, first_entry_id, second_entry_id, fields,
                              records, differences, rows, pairs_given, corrections, diagnosis, undecided, form_version)
      select * from unnest(
        ${rounds.map(({ pageId }) => pageId)}::uuid[],
        ${rounds.map(({ round }) => round.round)}::smallint[],
        ${rounds.map(({ round }) => round.ruleVersion)}::text[],
        ${rounds.map(({ entryIds }) => entryIds[0])}::uuid[],
        ${rounds.map(({ entryIds }) => entryIds[1])}::uuid[],
        ${rounds.map(({ round }) => round.fields)}::int[],
        ${rounds.map(({ round }) => round.pairs.length)}::int[],
        ${rounds.map(({ round }) => JSON.stringify(round.differences))}::json[],
        ${rounds.map(rowsOf)}::json[],
        ${rounds.map(({ round }) => round.pairsGiven)}::boolean[],
        ${rounds.map(({ round }) => JSON.stringify(round.corrections))}::json[],
        ${rounds.map(({ round }) => round.diagnosis && JSON.stringify(round.diagnosis))}::json[],
        ${rounds.map(({ round }) => round.undecided)}::boolean[],
        ${rounds.map(({ form }) => form.version)}::int[])
    ), asked as (
      insert into question (question_id, page_id, kind, first_turn, second_turn,
                            first_row, second_row, field, subject, swapped, third_at, agreed)
      select * from unnest(
        ${asked.map(({ questionId }) => questionId)}::uuid[],
        ${asked.map(({ pageId }) => pageId)}::uuid[],
        ${asked.map(({ kind }) => kind)}::text[],
        ${asked.map(({ turns }) => turns[0])}::smallint[],
        ${asked.map(({ turns }) => turns[1])}::smallint[],
        ${asked.map(({ rows }) => rows[0])}::smallint[],
        ${asked.map(({ rows }) => rows[1])}::smallint[],
        ${asked.map(({ field }) => field)}::text[],
        ${asked.map(({ subject }) => subject)}::text[],
        ${asked.map(({ swapped }) => swapped)}::boolean[],
        ${asked.map(({ thirdAt }) => thirdAt)}::smallint[],
        ${asked.map(({ agreed }) => agreed)}::boolean[])
    ), wanted as (
      insert into wanted_reading (page_id, pass, turn, round, places, rows)
      select * from unnest(
        ${wanted.map(({ pageId }) => pageId)}::uuid[],
        ${wanted.map(({ pass }) => pass)}::smallint[],
        ${wanted.map(({ turn }) => turn)}::smallint[],
        ${wanted.map(({ round }) => round)}::smallint[],
        ${wanted.map(({ only }) => only && JSON.stringify(only.places))}::json[],
        ${wanted.map(({ only }) => only && JSON.stringify(only.rows))}::json[])
    )
    insert into open_arbitration as o (page_id, campaign_id, escalated)
    select * from unnest(
      ${open.map(({ pageId }) => pageId)}::uuid[],
      ${open.map(({ campaignId }) => campaignId)}::uuid[],
      ${open.map(({ escalated }) => escalated)}::boolean[])
    on conflict (page_id, seat) do update
    set escalated = excluded.escalated, since = clock_timestamp(),
        holder = null, token = null, until = null
    where o.escalated <> excluded.escalated`.execute(trx)
}

/** Null: by place, as nearly all pages are. */
function rowsOf({ entryIds, readings, round }: PageCase): string | null {
  const rows = JSON.stringify(round.pairs)
  return rows === JSON.stringify(pairsByPlace(entryIds, readings)) ? null : rows
}
