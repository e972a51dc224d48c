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

/**
 * Applies a run of positions in one transaction; if that fails because of a line, one by one. Says
 * up to which position everything is applied now.
 */
export async function applyLines<S>(
  applier: Applier<S>,
  lines: readonly LedgerLine[],
  leading: AbortSignal,
): Promise<number> {
  try {
    return await applyTogether(applier, lines)
  } catch (error) {
    if (saysNothingOfLines(error)) throw error
    let position = (lines[0]?.position ?? 1) - 1
    for (const line of lines) {
      if (leading.aborted) break
      position = await applyOrSetAside(applier, line, leading)
    }
    return position
  }
}

async function applyTogether<S>(
  { ledger, producer, handlers }: Applier<S>,
  lines: readonly LedgerLine[],
): Promise<number> {
  return await ledger.change(async (change) => {
    const before = await advance(change.trx, producer, lines)
    const left = lines.filter(({ position }) => position > before)
    for (const { handler, bodies } of intoTasks(handlers, left)) {
      await handler.apply(change, ...bodies)
    }
    return left.at(-1)?.position ?? before
  })
}

/** Neighbours of one kind are handed to their handler together. What nobody handles is passed over. */
function intoTasks<S>(
  handlers: readonly FactHandler<S>[],
  lines: readonly LedgerLine[],
): { handler: FactHandler<S>; bodies: unknown[] }[] {
  const tasks: { handler: FactHandler<S>; bodies: unknown[] }[] = []
  for (const { kind, body } of lines) {
    const handler = handlers.find(({ contract }) => contract.kind === kind)
    if (handler === undefined) continue
    const current = tasks.at(-1)
    if (current?.handler === handler) current.bodies.push(body)
    else tasks.push({ handler, bodies: [body] })
  }
  return tasks
}

/** The stored position is not what these lines follow on: nothing is wrong with the lines. */
class PositionLost extends Error {
  override name = 'PositionLost'
}

/**
 * Moves the position behind these lines and says where it was. In one statement, whose lock also
 * makes a second follower wait, to see then what the first one applied.
 */
async function advance<S>(
  trx: Transaction<S>,
  producer: ServiceName,
  lines: readonly LedgerLine[],
): Promise<number> {
  const last = lines.at(-1)?.position ?? 0
  const { rows } = await sql<{ position: number }>`
    with before as (select producer, position from inbox where producer = ${producer} for update)
    update inbox set position = greatest(inbox.position, ${last})
    from before where inbox.producer = before.producer
    returning before.position`.execute(trx)
  const before = rows[0]?.position
  if (before === undefined || before + 1 < (lines[0]?.position ?? 0)) throw new PositionLost()
  return before
}

function saysNothingOfLines(error: unknown): boolean {
  return error instanceof PositionLost || isPassing(error)
}

/**
 * Tries one line a bounded number of times, then sets it aside so that the next ones can pass. A
 * producer that is far behind, but heard, may yet say what this line needs: that does not count.
 */
async function applyOrSetAside<S>(
  applier: Applier<S>,
  line: LedgerLine,
  leading: AbortSignal,
): Promise<number> {
  const { notYetTriesMax = NOT_YET_QUIET_TRIES_MAX } = applier
  let heard: number | undefined
  let quietTries = 0
  for (let tries = 1; !leading.aborted; tries++) {
    try {
      return await applyTogether(applier, [line])
    } catch (error) {
      if (saysNothingOfLines(error)) throw error
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
  return line.position - 1
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
): Promise<number> {
  const { position, kind } = line
  return await ledger.change(async ({ trx }) => {
    const before = await advance(trx, producer, [line])
    // A second follower may have applied it meanwhile.
    if (before >= position) return before
    await storeDeadLetter(trx, producer, line, error)
    log.error({ err: error, producer, position, kind }, 'a dead letter')
    return position
  })
}
