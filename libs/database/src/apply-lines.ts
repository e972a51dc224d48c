import type { LedgerLine, ServiceName } from '@songnhap/contracts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Logger } from 'pino'
import { isPassing } from './database-errors.ts'
import { storeDeadLetter } from './dead-letters.ts'
import { type FactHandler, NotYet } from './fact-handler.ts'
import { pause } from './lead.ts'
import type { Ledger } from './ledger.ts'

const TRIES_MAX = 5
const BACKOFF_MS = [100, 500] as const
const BACKOFF_MAX_MS = 1_000
/** Without a word from any other producer, and in all: nobody waits for ever for what never comes. */
const NOT_YET_QUIET_TRIES_MAX = 60
const NOT_YET_TRIES_MAX = 3_600

/** Where the facts of one producer are applied, and by what. */
export interface Applier<S> {
  readonly db: Kysely<S>
  readonly ledger: Ledger<S>
  readonly producer: ServiceName
  readonly handlers: readonly FactHandler<S>[]
  readonly log: Logger
  /** How often a fact that needs another one is tried while no other producer is heard. */
  readonly notYetTriesMax?: number
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

/**
 * Tries one line a bounded number of times, then sets it aside so that the next ones can pass. A
 * producer that is far behind, but heard, may yet say what this line needs: that does not count.
 */
async function applyOrSetAside<S>(
  applier: Applier<S>,
  line: LedgerLine,
  leading: AbortSignal,
): Promise<void> {
  const { notYetTriesMax = NOT_YET_QUIET_TRIES_MAX } = applier
  let heard: number | undefined
  let quietTries = 0
  for (let tries = 1; !leading.aborted; tries++) {
    try {
      return await applyTogether(applier, [line])
    } catch (error) {
      if (isPassing(error)) throw error
      const heardNow = await readOthersPositions(applier)
      quietTries = heardNow === heard ? quietTries + 1 : 1
      heard = heardNow
      const isOver =
        error instanceof NotYet
          ? quietTries >= notYetTriesMax || tries >= NOT_YET_TRIES_MAX
          : tries >= TRIES_MAX
      if (isOver) return await setAside(applier, line, error)
      await pause(BACKOFF_MS[tries - 1] ?? BACKOFF_MAX_MS, leading)
    }
  }
}

/** Grows with every fact that is applied from any other producer. */
async function readOthersPositions<S>({ db, producer }: Applier<S>): Promise<number> {
  const { rows } = await sql<{ heard: number }>`
    select coalesce(sum(position), 0)::bigint as heard
    from inbox where producer <> ${producer}`.execute(db)
  return rows[0]?.heard ?? 0
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
