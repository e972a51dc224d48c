/**
 * A ledger line is the JSON text that travels: position, kind, moment, and the body as stored. Its
 * hash covers the line before it and these very bytes, so a receiver can check what it got and
 * `verifyLedger` can check what is stored.
 */
import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'

const VERIFY_STEP = 1_000

export interface StoredLine {
  readonly position: number
  readonly kind: string
  readonly at: Date
  /** The fact's body as JSON text, byte for byte as stored. */
  readonly body: string
}

/** What the first line's hash stands on. */
export const FIRST_HASH: Buffer = Buffer.alloc(32)

export function lineText({ position, kind, at, body }: StoredLine): string {
  return `{"position":${position},"kind":${JSON.stringify(kind)},"at":"${at.toISOString()}","body":${body}}`
}

export function chainHash(previous: Buffer, line: string): Buffer {
  return createHash('sha256').update(previous).update(line).digest()
}

/** The last position given out; 0 for an empty ledger. */
export async function readHead<S>(db: Kysely<S>): Promise<number> {
  const { rows } = await sql<{ position: number | null }>`
    select max(position) as position from ledger`.execute(db)
  return rows[0]?.position ?? 0
}

/** Lines `from` … `to`, at most `limit` of them. */
export async function readLines<S>(
  db: Kysely<S>,
  from: number,
  to: number,
  limit: number,
): Promise<StoredLine[]> {
  const { rows } = await sql<StoredLine>`
    select l.position, f.kind, f.at, f.body::text as body
    from ledger l join fact f using (fact_id)
    where l.position between ${from} and ${to} order by l.position limit ${limit}`.execute(db)
  return rows
}

/** Walks the whole chain. Says at which position the stored facts stop being what was hashed. */
export async function verifyLedger<S>(
  db: Kysely<S>,
): Promise<{ sound: true; positions: number } | { sound: false; position: number }> {
  let hash: Buffer = FIRST_HASH
  let position = 0
  for (;;) {
    const { rows } = await sql<StoredLine & { hash: Buffer }>`
      select l.position, l.hash, f.kind, f.at, f.body::text as body
      from ledger l join fact f using (fact_id)
      where l.position > ${position} order by l.position limit ${VERIFY_STEP}`.execute(db)
    if (rows.length === 0) return await verifyEnd(db, position)
    for (const row of rows) {
      hash = chainHash(hash, lineText(row))
      if (row.position !== position + 1 || !hash.equals(row.hash)) {
        return { sound: false, position: position + 1 }
      }
      position = row.position
    }
  }
}

/** Lines cut off at the end break no chain, but they were published. */
async function verifyEnd<S>(db: Kysely<S>, end: number) {
  const { rows } = await sql<{ published: number }>`select published from relay`.execute(db)
  return (rows[0]?.published ?? 0) > end
    ? ({ sound: false, position: end + 1 } as const)
    : ({ sound: true, positions: end } as const)
}
