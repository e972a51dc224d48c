import type { LedgerLine, ServiceName } from '@songnhap/contracts'
import { sql, type Transaction } from 'kysely'
import type { Logger } from 'pino'
import { isPassing } from './database-errors.ts'
import { storeDeadLetter } from './dead-letters.ts'
import { type FactHandler, NotYet } from './fact-handler.ts'
import { pause } from './lead.ts'
import type { Ledger } from './ledger.ts'

const TRIES_MAX = 5
const BACKOFF_MS = [100, 500] as const
const BACKOFF_MAX_MS = 1_000
const NOT_YET_TRIES_MAX = 60

/** Where the facts of one producer are applied, and by what. */
export interface Applier<S> {
  readonly ledger: Ledger<S>
  readonly producer: ServiceName
  readonly handlers: readonly FactHandler<S>[]
  readonly log: Logger
}

/** All lines in one transaction; if that fails because of a line, one by one. */
export async function applyLines<S>(
  applier: Applier<S>,
  lines: readonly LedgerLine[],
  leading: AbortSignal,
): Promise<void> {
  try {
    await applyTogether(applier, lines)
  } catch (error) {
    if (isPassing(error)) throw error
    for (const line of lines) {
      if (leading.aborted) return
      await applyOrSetAside(applier, line, leading)
    }
  }
}

async function applyTogether<S>(
  { ledger, producer, handlers }: Applier<S>,
  lines: readonly LedgerLine[],
): Promise<void> {
  await ledger.change(async (change) => {
    let position = await lockPosition(change.trx, producer)
    for (const line of lines) {
      if (line.position <= position) continue
      if (line.position !== position + 1) throw new Error('a gap within a batch of facts')
      const handler = handlers.find(({ contract }) => contract.kind === line.kind)
      await handler?.apply(change, line.body)
      position = line.position
    }
    await sql`update inbox set position = ${position} where producer = ${producer}`.execute(
      change.trx,
    )
  })
}

/** The lock makes a second follower wait, then see what the first one applied. */
async function lockPosition<S>(trx: Transaction<S>, producer: ServiceName): Promise<number> {
  await sql`
    insert into inbox (producer, position) values (${producer}, 0)
    on conflict do nothing`.execute(trx)
  const { rows } = await sql<{ position: number }>`
    select position from inbox where producer = ${producer} for update`.execute(trx)
  return rows[0]?.position ?? 0
}

/** Tries one line a bounded number of times, then sets it aside so that the next ones can pass. */
async function applyOrSetAside<S>(
  applier: Applier<S>,
  line: LedgerLine,
  leading: AbortSignal,
): Promise<void> {
  for (let tries = 1; !leading.aborted; tries++) {
    try {
      return await applyTogether(applier, [line])
    } catch (error) {
      if (isPassing(error)) throw error
      const triesMax = error instanceof NotYet ? NOT_YET_TRIES_MAX : TRIES_MAX
      if (tries >= triesMax) return await setAside(applier, line, error)
      await pause(BACKOFF_MS[tries - 1] ?? BACKOFF_MAX_MS, leading)
    }
  }
}

async function setAside<S>(
  { ledger, producer, log }: Applier<S>,
  line: LedgerLine,
  error: unknown,
): Promise<void> {
  const { position, kind } = line
  await ledger.change(async ({ trx }) => {
    // A second follower may have applied it meanwhile.
    if ((await lockPosition(trx, producer)) !== position - 1) return
    await storeDeadLetter(trx, producer, line, error)
    await sql`update inbox set position = ${position} where producer = ${producer}`.execute(trx)
    log.error({ err: error, producer, position, kind }, 'a dead letter')
  })
}
