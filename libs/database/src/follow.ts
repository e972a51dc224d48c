/**
 * Following another service's ledger: each fact is applied once, in order, whatever the bus does.
 * The position applied is stored in the same transaction as the effect. JetStream is the fast
 * road; after a gap, a silence or an emptied stream the producer itself is asked.
 */
import type { BodyOf, FactContract, LedgerLine, ServiceName } from '@songnhap/contracts'
import { checkLeniently } from '@songnhap/contracts/check'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Logger } from 'pino'
import { isPassing } from './database-errors.ts'
import { storeDeadLetter } from './dead-letters.ts'
import { pause } from './lead.ts'
import type { Change, Ledger } from './ledger.ts'

const SILENCE_MS = 2_000
const RETRY_MS = 500
const TRIES_MAX = 5
const BACKOFF_MS = [100, 500, 1_000, 2_000] as const
const NOT_YET_TRIES_MAX = 120

/** The bus, as far as following goes. */
export interface FactSource {
  read(producer: ServiceName): FactReader
  head(producer: ServiceName): Promise<number>
  get(producer: ServiceName, from: number, to: number): Promise<LedgerLine[]>
}

export interface FactReader {
  /** The next lines from the stream, or null when none came in time. */
  next(timeoutMs: number): Promise<{ lines: LedgerLine[]; ack(): void } | null>
  close(): Promise<void>
}

/** What one kind of fact does here. */
export interface FactHandler<S> {
  readonly contract: FactContract
  apply(change: Change<S>, body: unknown): Promise<void>
}

/** Thrown by a handler that needs a fact of another producer first; it is asked again later. */
export class NotYet extends Error {
  override name = 'NotYet'
}

/** Ties a contract to what it does, with the body checked and typed. */
export function on<S, C extends FactContract>(
  contract: C,
  handle: (change: Change<S>, body: BodyOf<C>) => Promise<void>,
): FactHandler<S> {
  const check = checkLeniently(contract.kind, contract.body)
  return {
    contract,
    apply: (change, body) => handle(change, check(body) as BodyOf<C>),
  }
}

export interface Follower<S> {
  readonly db: Kysely<S>
  readonly ledger: Ledger<S>
  readonly source: FactSource
  readonly producer: ServiceName
  readonly handlers: readonly FactHandler<S>[]
  readonly log: Logger
}

/** Follows until `leading` fires. At a time one process follows; a second one would do no harm. */
export async function follow<S>(follower: Follower<S>, leading: AbortSignal): Promise<void> {
  const { db, source, producer, log } = follower
  const reader = source.read(producer)
  try {
    while (!leading.aborted) {
      try {
        const batch = await nextUnlessOver(reader, leading)
        if (leading.aborted) return
        const position = await readPosition(db, producer)
        const first = batch?.lines[0]?.position
        const upTo = first === undefined ? await askHead(source, producer, position) : first - 1
        await catchUp(follower, position, upTo, leading)
        if (batch !== null) await applyLines(follower, batch.lines, leading)
        if (!leading.aborted) batch?.ack()
      } catch (err) {
        log.warn({ err, producer }, 'following will try again')
        await pause(RETRY_MS, leading)
      }
    }
  } finally {
    await reader.close()
  }
}

/** Leaving does not wait for the next message; one that comes too late is delivered again. */
async function nextUnlessOver(reader: FactReader, leading: AbortSignal) {
  const here = new AbortController()
  const over = pause(SILENCE_MS * 2, AbortSignal.any([leading, here.signal])).then(() => null)
  try {
    return await Promise.race([reader.next(SILENCE_MS), over])
  } finally {
    here.abort()
  }
}

async function readPosition<S>(db: Kysely<S>, producer: ServiceName): Promise<number> {
  const { rows } = await sql<{ position: number }>`
    select position from inbox where producer = ${producer}`.execute(db)
  return rows[0]?.position ?? 0
}

/** A head behind what was applied means a ledger restored from an old copy: nothing mends itself. */
async function askHead(
  source: FactSource,
  producer: ServiceName,
  position: number,
): Promise<number> {
  const head = await source.head(producer)
  if (head < position) throw new Error(`${producer}'s ledger ends before what was applied of it`)
  return head
}

/** Asks the producer for what the stream did not bring. */
async function catchUp<S>(
  follower: Follower<S>,
  position: number,
  upTo: number,
  leading: AbortSignal,
): Promise<void> {
  let next = position + 1
  while (next <= upTo && !leading.aborted) {
    const lines = await follower.source.get(follower.producer, next, upTo)
    const last = lines.at(-1)?.position
    if (lines[0]?.position !== next || last === undefined) {
      throw new Error(`${follower.producer} did not give the facts it was asked for`)
    }
    await applyLines(follower, lines, leading)
    next = last + 1
  }
}

/** All lines in one transaction; if that fails because of a line, one by one. */
async function applyLines<S>(
  follower: Follower<S>,
  lines: readonly LedgerLine[],
  leading: AbortSignal,
): Promise<void> {
  try {
    await applyTogether(follower, lines)
  } catch (error) {
    if (isPassing(error)) throw error
    for (const line of lines) {
      if (leading.aborted) return
      await applyOrSetAside(follower, line, leading)
    }
  }
}

async function applyTogether<S>(
  { ledger, producer, handlers }: Follower<S>,
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
  follower: Follower<S>,
  line: LedgerLine,
  leading: AbortSignal,
): Promise<void> {
  for (let tries = 1; !leading.aborted; tries++) {
    try {
      return await applyTogether(follower, [line])
    } catch (error) {
      if (isPassing(error)) throw error
      const triesMax = error instanceof NotYet ? NOT_YET_TRIES_MAX : TRIES_MAX
      if (tries >= triesMax) return await setAside(follower, line, error)
      await pause(BACKOFF_MS[tries - 1] ?? RETRY_MS, leading)
    }
  }
}

async function setAside<S>(
  { ledger, producer, log }: Follower<S>,
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
