import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'

const FIELDS_A_PAGE = 42
const OTHERS = 4

interface Counts {
  readonly pages: number
  readonly differing: number
  readonly wrong: number
}

/**
 * As if two people had settled many pages together that hardly differ, and each of them pages with others
 * that differ as usual: counted, since keying them takes long.
 */
export async function countSuspectPair(
  db: Kysely<unknown>,
  campaignId: string,
  pair: readonly string[],
): Promise<void> {
  for (const one of pair) {
    for (let other = 0; other < OTHERS; other += 1) {
      const usual = { pages: 20, differing: 68, wrong: 34 }
      await count(db, campaignId, [one, randomUUID()], usual)
    }
  }
  await count(db, campaignId, pair, { pages: 60, differing: 0, wrong: 0 })
}

async function count(
  db: Kysely<unknown>,
  campaignId: string,
  pair: readonly string[],
  { pages, differing, wrong }: Counts,
): Promise<void> {
  const [first = '', second = ''] = pair.toSorted()
  const squared = Math.round(pages * (differing / pages) ** 2)
  await sql`
    insert into reconcile.pair_delta values (${campaignId}, ${first}, ${second}, ${pages},
      ${FIELDS_A_PAGE * pages}, ${differing}, 0, ${wrong}, ${wrong}, 0, 0, 0, ${squared},
      ${FIELDS_A_PAGE * differing}, ${FIELDS_A_PAGE ** 2 * pages})`.execute(db)
}
