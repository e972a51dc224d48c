/**
 * Following another service's ledger: each fact is applied once, in order, whatever the bus does.
 * The position applied is stored in the same transaction as the effect. JetStream is the fast
 * road; after a gap, a silence or an emptied stream the producer itself is asked.
 */
import type { LedgerLine, ServiceName } from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import { type Applier, applyLines } from './apply-lines.ts'
import { pause } from './lead.ts'

const SILENCE_MS = 2_000
const RETRY_MS = 500

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

export interface Follower<S> extends Applier<S> {
  readonly source: FactSource
}

/** Follows until `leading` fires. At a time one process follows; a second one would do no harm. */
export async function follow<S>(follower: Follower<S>, leading: AbortSignal): Promise<void> {
  const { db, source, producer, log } = follower
  const reader = source.read(producer)
  let known = 0
  try {
    while (!leading.aborted) {
      try {
        const batch = await hearNext(follower, reader, leading)
        if (leading.aborted) return
        const position = await readPosition(db, producer)
        const last = batch?.lines.at(-1)?.position ?? 0
        // Positions are given before they are published, so the producer knows every one.
        if (last > known) known = await askHead(source, producer, position)
        if (last > known) {
          log.error({ producer, last }, 'the stream holds facts that their producer never said')
          batch?.ack()
          continue
        }
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

/** A stream that cannot be read is a silence: the producer is asked instead. */
async function hearNext<S>(
  { producer, log }: Follower<S>,
  reader: FactReader,
  leading: AbortSignal,
) {
  try {
    return await nextUnlessOver(reader, leading)
  } catch (err) {
    log.warn({ err, producer }, 'the stream of facts cannot be read')
    await pause(RETRY_MS, leading)
    return null
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
