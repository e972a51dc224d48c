import type { Transaction } from 'kysely'
import { happen, holderOf, type PassEvent, type PassState } from './pass-state.ts'
import type { DB } from './schema.gen.ts'

export type PassNumber = 1 | 2

/** An open page under lock, with the states of its two passes. */
export interface OpenPage {
  readonly pageId: string
  readonly passes: Readonly<Record<PassNumber, PassState>>
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
  if (row === undefined) return undefined
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
  return ([1, 2] as const).find((pass) => {
    const state = page.passes[pass]
    return state.kind === 'leased' && state.token === leaseToken
  })
}

/** The pass that this person holds, by whichever lease. */
export function passLeasedTo(page: OpenPage, personNo: number): PassNumber | undefined {
  return ([1, 2] as const).find((pass) => {
    const state = page.passes[pass]
    return state.kind === 'leased' && state.holder === personNo
  })
}

/** A free pass that this person may fill: not one beside a pass of his or her own. */
export function passFreeFor(page: OpenPage, personNo: number): PassNumber | undefined {
  const states = [page.passes[1], page.passes[2]]
  if (states.some((state) => holderOf(state) === personNo)) return undefined
  return ([1, 2] as const).find((pass) => page.passes[pass].kind === 'free')
}

function stateOf(holder: number | null, token: string | null, until: Date | null): PassState {
  if (holder === null) return { kind: 'free' }
  if (token === null || until === null) return { kind: 'keyed', holder }
  return { kind: 'leased', holder, token, until }
}
