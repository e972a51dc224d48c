import type { DeadLetter, LedgerLine, ServiceName } from '@songnhap/contracts'
import { type Kysely, sql, type Transaction } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { isPassing, sqlStateOf } from './database-errors.ts'
import type { FactHandler } from './fact-handler.ts'
import type { Ledger } from './ledger.ts'

const LIST_MAX = 200

/** Keeps a fact that could not be applied. Its reason names no value: an error's text could. */
export async function storeDeadLetter<S>(
  trx: Transaction<S>,
  producer: ServiceName,
  line: LedgerLine,
  error: unknown,
): Promise<void> {
  await sql`
    insert into dead_letter (dead_letter_id, producer, position, kind, at, body, reason)
    values (${uuidv7()}, ${producer}, ${line.position}, ${line.kind}, ${line.at},
            ${JSON.stringify(line.body)}::json, ${reasonOf(error)})
    on conflict do nothing`.execute(trx)
}

/** Those not replayed yet, oldest first. */
export async function listDeadLetters<S>(
  db: Kysely<S>,
  service: ServiceName,
): Promise<DeadLetter[]> {
  const { rows } = await sql<Omit<DeadLetter, 'failedAt' | 'service'> & { failedAt: Date }>`
    select dead_letter_id as "deadLetterId", producer, position, kind, reason,
           failed_at as "failedAt"
    from dead_letter where replayed_at is null order by failed_at limit ${LIST_MAX}`.execute(db)
  return rows.map((row) => ({ ...row, service, failedAt: row.failedAt.toISOString() }))
}

/** Applies a dead letter once more. What failed again stays, with its new reason. */
export async function replayDeadLetter<S>(
  ledger: Ledger<S>,
  handlersOf: (producer: string) => readonly FactHandler<S>[],
  deadLetterId: string,
): Promise<{ applied: boolean; reason?: string }> {
  try {
    return await ledger.change(async (change) => {
      const { rows } = await sql<{ producer: string; kind: string; body: unknown }>`
        select producer, kind, body from dead_letter
        where dead_letter_id = ${deadLetterId} and replayed_at is null for update`.execute(
        change.trx,
      )
      const letter = rows[0]
      if (letter === undefined) return { applied: false, reason: 'no such open dead letter' }
      const handler = handlersOf(letter.producer).find((h) => h.contract.kind === letter.kind)
      await handler?.apply(change, letter.body)
      await sql`
        update dead_letter set replayed_at = clock_timestamp()
        where dead_letter_id = ${deadLetterId}`.execute(change.trx)
      return { applied: true }
    })
  } catch (error) {
    if (isPassing(error)) throw error
    const reason = reasonOf(error)
    await ledger.change(async ({ trx }) => {
      await sql`
        update dead_letter set reason = ${reason}
        where dead_letter_id = ${deadLetterId} and replayed_at is null`.execute(trx)
    })
    return { applied: false, reason }
  }
}

function reasonOf(error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error
  const state = sqlStateOf(error)
  return state === undefined ? name : `${name} ${state}`
}
