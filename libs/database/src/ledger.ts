import { type BodyOf, type FactContract, Problem } from '@songnhap/contracts'
import { checkStrictly } from '@songnhap/contracts/check'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Logger } from 'pino'
import { isContention } from './database-errors.ts'
import { type Count, NOBODY } from './tally.ts'

const CONTENTION_TRIES_MAX = 5
/** A fact must fit into one message on the bus, or the relay would stand still before it. */
const FACT_BYTES_MAX = 512 * 1024

/** One transaction, what it says and counts, and what is to be told once it has committed. */
export interface Change<S> {
  readonly trx: Transaction<S>
  /** Records a fact: it commits with the change or not at all. */
  say<C extends FactContract>(contract: C, body: BodyOf<C>): void
  /** Adds to counts, with the change that they count. */
  count(counts: readonly Count[]): void
  /** Runs after the commit; for words on the bus that nobody relies on. What it throws is logged. */
  afterCommit(tell: () => void): void
}

interface Fact {
  readonly kind: string
  /** As JSON text. */
  readonly body: string
}

export interface Ledger<S> {
  /** Does the work in one transaction; repeats it when it collided with another one. */
  change<T>(work: (change: Change<S>) => Promise<T>): Promise<T>
}

/** `poke` wakes the relay, in whichever process it is, after a commit that said something. */
export function openLedger<S>(db: Kysely<S>, poke: () => void, log?: Logger): Ledger<S> {
  return {
    async change(work) {
      for (let tries = 1; ; tries++) {
        try {
          const { value, afterwards } = await changeOnce(db, poke, work)
          tellAll(afterwards, log)
          return value
        } catch (error) {
          if (!isContention(error) || tries >= CONTENTION_TRIES_MAX) throw error
        }
      }
    },
  }
}

async function changeOnce<S, T>(
  db: Kysely<S>,
  poke: () => void,
  work: (change: Change<S>) => Promise<T>,
): Promise<{ value: T; afterwards: (() => void)[] }> {
  const facts: Fact[] = []
  const counts: Count[] = []
  const afterwards: (() => void)[] = []
  const value = await db.transaction().execute(async (trx) => {
    const done = await work({
      trx,
      say: (contract, body) => {
        facts.push({ kind: contract.kind, body: encodeFact(contract, body) })
      },
      count: (more) => {
        counts.push(...more.filter(({ amount }) => amount !== 0))
      },
      afterCommit: (tell) => {
        afterwards.push(tell)
      },
    })
    if (facts.length > 0 || counts.length > 0) await storeSaidAndCounted(trx, facts, counts)
    return done
  })
  if (facts.length > 0) afterwards.unshift(poke)
  return { value, afterwards }
}

/** The change has committed: whoever cannot be told neither undoes it nor keeps others from hearing. */
function tellAll(afterwards: readonly (() => void)[], log?: Logger): void {
  for (const tell of afterwards) {
    try {
      tell()
    } catch (err) {
      log?.error({ err }, 'somebody could not be told of a change')
    }
  }
}

/** In one statement, because each way to the database and back costs more than what is done there. */
async function storeSaidAndCounted<S>(
  trx: Transaction<S>,
  facts: readonly Fact[],
  counts: readonly Count[],
): Promise<void> {
  await sql`
    with said as (
      insert into fact (kind, body)
      select kind, body::json from unnest(
        ${facts.map(({ kind }) => kind)}::text[], ${facts.map(({ body }) => body)}::text[]
      ) as f (kind, body)
      returning fact_id
    ), waiting as (
      insert into outbox (fact_id) select fact_id from said
    )
    insert into tally_delta (scope, subject, field, measure, amount)
    select scope, subject, field, measure, sum(amount) from unnest(
      ${counts.map((c) => c.scope)}::uuid[], ${counts.map((c) => c.subject ?? NOBODY)}::uuid[],
      ${counts.map((c) => c.field ?? '')}::text[], ${counts.map((c) => c.measure)}::text[],
      ${counts.map((c) => c.amount)}::bigint[]
    ) as c (scope, subject, field, measure, amount)
    group by scope, subject, field, measure`.execute(trx)
}

function encodeFact(contract: FactContract, body: unknown): string {
  const text = JSON.stringify(checkFact(contract)(body))
  if (Buffer.byteLength(text) > FACT_BYTES_MAX) throw new Problem('TOO_LARGE', [contract.kind])
  return text
}

const checks = new Map<string, (body: unknown) => unknown>()

function checkFact(contract: FactContract): (body: unknown) => unknown {
  let check = checks.get(contract.kind)
  if (check === undefined) {
    check = checkStrictly(contract.kind, contract.body)
    checks.set(contract.kind, check)
  }
  return check
}
