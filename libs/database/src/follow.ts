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
  // Kept between batches, as what is expected next; what is applied is decided under the lock.
  let position: number | undefined
  try {
    while (!leading.aborted) {
      try {
        const batch = await hearNext(follower, reader, leading)
        if (leading.aborted) return
        position ??= await readPosition(db, producer)
        const heard = inOrder(batch?.lines ?? [])
        const last = heard.at(-1)?.position
        // Positions are given before they are published, so the producer knows every one.
        if (last === undefined || last > known) known = await askHead(source, producer, position)
        const lines = heard.filter((line) => line.position <= known)
        if (lines.length < heard.length) {
          log.error({ producer, last }, 'the stream holds facts that their producer never said')
        }
        const upTo = batch === null ? known : (lines.at(-1)?.position ?? 0)
        position = await applyUpTo(follower, { position, upTo, lines }, leading)
        if (!leading.aborted) batch?.ack()
      } catch (err) {
        position = undefined
        log.warn({ err, producer }, 'following will try again')
        await pause(RETRY_MS, leading)
      }
    }
  } finally {
    await reader.close()
  }
}

/** Messages that come again come late; of two lines at one position the first stays before the other. */
function inOrder(lines: readonly LedgerLine[]): LedgerLine[] {
  return lines.toSorted((one, other) => one.position - other.position)
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

/** Begins at 0: to be locked, the position must be there. */
async function readPosition<S>(db: Kysely<S>, producer: ServiceName): Promise<number> {
  const { rows } = await sql<{ position: number }>`
    insert into inbox as i (producer, position) values (${producer}, 0)
    on conflict (producer) do update set position = i.position
    returning position`.execute(db)
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

interface Ahead {
  /** The last one applied. */
  readonly position: number
  readonly upTo: number
  /** What the stream brought, in order, with whatever holes and repeats. */
  readonly lines: readonly LedgerLine[]
}

/** Applies what the stream brought, and asks the producer for what it did not bring. */
async function applyUpTo<S>(
  follower: Follower<S>,
  ahead: Ahead,
  leading: AbortSignal,
): Promise<number> {
  let { position } = ahead
  while (position < ahead.upTo && !leading.aborted) {
    const heard = runAfter(position, ahead.lines)
    const run = heard.length > 0 ? heard : await askForGap(follower, { ...ahead, position })
    position = await applyLines(follower, run, leading)
  }
  return position
}

/** The lines at the very next positions, one each. */
function runAfter(position: number, lines: readonly LedgerLine[]): LedgerLine[] {
  const run: LedgerLine[] = []
  for (const line of lines) if (line.position === position + run.length + 1) run.push(line)
  return run
}

async function askForGap<S>(
  { source, producer }: Follower<S>,
  { position, upTo, lines }: Ahead,
): Promise<LedgerLine[]> {
  const behind = lines.find((line) => line.position > position)
  const given = await source.get(producer, position + 1, behind ? behind.position - 1 : upTo)
  const run = runAfter(position, given)
  if (run.length === 0) throw new Error(`${producer} did not give the facts it was asked for`)
  return run
}
