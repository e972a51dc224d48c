import type { Transaction } from 'kysely'
import { happen, holderOf, type PassEvent, type PassState } from './pass-state.ts'
import type { DB } from './schema.gen.ts'

export type PassNumber = 1 | 2
const PASSES = [1, 2] as const

/** An open page under lock, with the states of its two passes. */
export interface OpenPage {
  readonly pageId: string
  readonly passes: Readonly<Record<PassNumber, PassState>>
}

/** As the table keeps the two passes. */
export interface PassColumns {
  readonly holder_1: number | null
  readonly token_1: string | null
  readonly until_1: Date | null
  readonly holder_2: number | null
  readonly token_2: string | null
  readonly until_2: Date | null
}

/** Locks the page's row. Undefined: both passes are keyed, or there never was such a page. */
export async function lockOpenPage(
  trx: Transaction<DB>,
  pageId: string,
): Promise<OpenPage | undefined> {
  const row = await trx
    .selectFrom('open_page')
    .select(['holder_1', 'token_1', 'until_1', 'holder_2', 'token_2', 'until_2'])
    .where('page_id', '=', pageId)
    .forUpdate()
    .executeTakeFirst()
  return row && openPageOf(pageId, row)
}

export function openPageOf(pageId: string, row: PassColumns): OpenPage {
  return {
    pageId,
    passes: {
      1: stateOf(row.holder_1, row.token_1, row.until_1),
      2: stateOf(row.holder_2, row.token_2, row.until_2),
    },
  }
}

/** Lets something happen to one pass and stores it; the row goes when both passes are keyed. */
export async function changePass(
  trx: Transaction<DB>,
  page: OpenPage,
  pass: PassNumber,
  event: PassEvent,
): Promise<void> {
  const state = happen(page.passes[pass], event)
  const other = page.passes[pass === 1 ? 2 : 1]
  if (state.kind === 'keyed' && other.kind === 'keyed') {
    await trx.deleteFrom('open_page').where('page_id', '=', page.pageId).execute()
    return
  }
  const holder = holderOf(state) ?? null
  const token = state.kind === 'leased' ? state.token : null
  const until = state.kind === 'leased' ? state.until : null
  await trx
    .updateTable('open_page')
    .set(
      pass === 1
        ? { holder_1: holder, token_1: token, until_1: until }
        : { holder_2: holder, token_2: token, until_2: until },
    )
    .where('page_id', '=', page.pageId)
    .execute()
}

/** The pass that this lease still holds, if any. */
export function passHeldBy(page: OpenPage, leaseToken: string): PassNumber | undefined {
  return PASSES.find((pass) => {
    const state = page.passes[pass]
    return state.kind === 'leased' && state.token === leaseToken
  })
}

/**
 * Which pass an entry fills: the one its typist holds, be it by a newer lease than the entry names;
 * after the lease ran out, a pass that nobody else has taken meanwhile, the lease's own one before the
 * other, unless this person may not key it; else none, and the entry is kept as a spare reading. Only a
 * pass that asks for just what was keyed is filled.
 */
export function passToKey(
  { passes }: OpenPage,
  { personNo, mayKey, pass: leased }: { personNo: number; mayKey: boolean; pass: PassNumber },
  asksForIt: (pass: PassNumber) => boolean,
): PassNumber | undefined {
  const mine = PASSES.find((pass) => holderOf(passes[pass]) === personNo)
  if (mine !== undefined) {
    return passes[mine].kind === 'leased' && asksForIt(mine) ? mine : undefined
  }
  if (!mayKey) return undefined
  const other = leased === 1 ? 2 : 1
  return ([leased, other] as const).find((pass) => passes[pass].kind === 'free' && asksForIt(pass))
}

function stateOf(holder: number | null, token: string | null, until: Date | null): PassState {
  if (holder === null) return { kind: 'free' }
  if (token === null || until === null) return { kind: 'keyed', holder }
  return { kind: 'leased', holder, token, until }
}
