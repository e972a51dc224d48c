/**
 * The relay: gives facts their dense positions and their place in the hash chain, commits that,
 * and only then publishes. Assign, commit, publish, mark; never publish first: a fact published
 * before its position is committed could, after a crash, find that position given to a fact that
 * committed late with a lower id. Why this is safe: docs/decisions/0003.
 */
import { type Kysely, sql } from 'kysely'
import type { Logger } from 'pino'
import { pause } from './lead.ts'
import { chainHash, FIRST_HASH, lineText, type StoredLine } from './ledger-lines.ts'

const POLL_MS = 1_000
const RETRY_MS = 500
const ASSIGN_MAX = 256
const FACTS_A_MESSAGE_MAX = 16
const MESSAGE_BYTES_MAX = 512 * 1024

/** Where published facts go. `publish` resolves once the stream has them. */
export interface FactPublisher {
  publish(lines: readonly string[], first: number, last: number): Promise<void>
  /** Calls `wake` after each commit that said something, in whatever process. Returns how to stop. */
  onPoke(wake: () => void): () => void
}

export async function relay<S>(
  db: Kysely<S>,
  publisher: FactPublisher,
  log: Logger,
  leading: AbortSignal,
): Promise<void> {
  let wake = () => {}
  const stopListening = publisher.onPoke(() => wake())
  try {
    while (!leading.aborted) {
      const poked = new Promise<void>((resolve) => {
        wake = resolve
      })
      try {
        if ((await relayOnce(db, publisher)) === 0) await firstOf(poked, POLL_MS, leading)
      } catch (err) {
        log.warn({ err }, 'the relay will try again')
        await pause(RETRY_MS, leading)
      }
    }
  } finally {
    stopListening()
  }
}

/** One turn; says how much there was to do. */
export async function relayOnce<S>(db: Kysely<S>, publisher: FactPublisher): Promise<number> {
  const assigned = await assignPositions(db)
  return assigned + (await publishNext(db, publisher))
}

/** A fact without a position, and the last line of the ledger, if there is one. */
interface WaitingFact {
  readonly fact_id: number
  readonly kind: string
  readonly at: Date
  readonly body: string
  readonly position: number | null
  readonly hash: Buffer | null
}

/**
 * Gives the oldest waiting facts the next positions, in one statement. A second leader that reads
 * the same head draws the same positions: the primary key lets one of the two commit.
 */
export async function assignPositions<S>(db: Kysely<S>): Promise<number> {
  const waiting = await sql<WaitingFact>`
    select f.fact_id, f.kind, f.at, f.body::text as body, head.position, head.hash
    from (select fact_id from outbox order by fact_id limit ${ASSIGN_MAX}) o
    cross join lateral (
      select fact_id, kind, at, body from fact where fact_id = o.fact_id offset 0) f
    left join (select position, hash from ledger order by position desc limit 1) head on true
    order by f.fact_id`.execute(db)
  const [oldest] = waiting.rows
  if (oldest === undefined) return 0

  let position = oldest.position ?? 0
  let hash = oldest.hash ?? FIRST_HASH
  const positions: number[] = []
  const hashes: Buffer[] = []
  for (const row of waiting.rows) {
    position += 1
    hash = chainHash(hash, lineText({ ...row, position }))
    positions.push(position)
    hashes.push(hash)
  }
  const factIds = waiting.rows.map((row) => row.fact_id)
  await sql`
    with given as (
      select * from unnest(${positions}::bigint[], ${factIds}::bigint[], ${hashes}::bytea[])
        as g (position, fact_id, hash)
    ), sent as (
      delete from outbox using given where outbox.fact_id = given.fact_id
    )
    insert into ledger (position, fact_id, hash) select position, fact_id, hash from given`.execute(
    db,
  )
  return factIds.length
}

async function publishNext<S>(db: Kysely<S>, publisher: FactPublisher): Promise<number> {
  const { rows: lines } = await sql<StoredLine>`
    select l.position, f.kind, f.at, f.body::text as body
    from ledger l join fact f using (fact_id)
    where l.position > (select published from relay)
    order by l.position limit ${ASSIGN_MAX}`.execute(db)
  let next = lines[0]?.position ?? 0
  for (const message of intoMessages(lines.map(lineText))) {
    await publisher.publish(message, next, next + message.length - 1)
    next += message.length
  }
  const last = lines.at(-1)?.position
  if (last !== undefined) {
    await sql`update relay set published = ${last} where published < ${last}`.execute(db)
  }
  return lines.length
}

/** Cuts lines into messages of bounded count and size. A line alone fits: `say` saw to that. */
export function intoMessages(lines: readonly string[]): string[][] {
  const messages: string[][] = []
  let bytes = 0
  for (const line of lines) {
    const size = Buffer.byteLength(line) + 1
    const current = messages.at(-1)
    const fits = current !== undefined && current.length < FACTS_A_MESSAGE_MAX
    if (fits && bytes + size <= MESSAGE_BYTES_MAX) {
      current.push(line)
      bytes += size
    } else {
      messages.push([line])
      bytes = size
    }
  }
  return messages
}

async function firstOf(poked: Promise<void>, pollMs: number, leading: AbortSignal): Promise<void> {
  const woken = new AbortController()
  await Promise.race([
    poked.then(() => woken.abort()),
    pause(pollMs, AbortSignal.any([leading, woken.signal])),
  ])
}
