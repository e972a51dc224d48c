import { SERVICES } from '@songnhap/contracts'
import { openDatabase, verifyLedger } from '@songnhap/database'
import type { Installation } from '@songnhap/local'
import { eventually } from '@songnhap/testkit'
import { sql } from 'kysely'
import type { Test } from 'tap'

/** What the services hold at the end, looked at from below. */
export async function checkLedgers(t: Test, { databaseUrl }: Installation): Promise<void> {
  const heads = new Map<string, number>()
  for (const service of SERVICES) {
    const db = openDatabase<unknown>(databaseUrl, service, undefined, 1)
    const result = await verifyLedger(db)
    t.ok(result.sound, `the hash chain of ${service} is sound`)
    const { rows } = await sql<{ facts: number; outbox: number; dead: number }>`
      select (select count(*) from fact) as facts, (select count(*) from outbox) as outbox,
             (select count(*) from dead_letter) as dead`.execute(db)
    t.match(rows[0], { outbox: 0, dead: 0 }, `${service} has said everything and set nothing aside`)
    heads.set(service, rows[0]?.facts ?? 0)
    await db.destroy()
  }
  for (const [follower, producer] of [
    ['entry', 'intake'],
    ['reconcile', 'intake'],
    ['reconcile', 'entry'],
  ] as const) {
    const db = openDatabase<unknown>(databaseUrl, follower, undefined, 1)
    const position = () =>
      sql<{ position: number }>`select position from inbox where producer = ${producer}`.execute(db)
    const { rows } = await eventually(
      position,
      ({ rows }) => rows[0]?.position === heads.get(producer),
    )
    t.equal(rows[0]?.position, heads.get(producer), `${follower} applied all that ${producer} said`)
    await db.destroy()
  }
}

/**
 * Every entry that is stored is a reading of reconcile's, letter by letter; both passes of every page are
 * there, and each time that it was keyed, by somebody else.
 */
export async function checkReadings(t: Test, { databaseUrl }: Installation): Promise<void> {
  const entry = openDatabase<unknown>(databaseUrl, 'entry', undefined, 1)
  const { rows } = await sql<{ differing: number; unpaired: number }>`
    select
      (select count(*) from entry.entry e full join reconcile.reading r using (entry_id)
       where e.records::text is distinct from r.records::text
         or e.page_id is distinct from r.page_id) as differing,
      (select count(*) from (
        select page_id from reconcile.page left join reconcile.reading r
          using (page_id) where r.pass is not null or r.entry_id is null
        group by page_id
        having count(distinct r.pass) <> 2
          or count(distinct r.person_id) <> count(*) filter (where r.pass is not null)) p) as unpaired`.execute(
    entry,
  )
  t.same(rows, [{ differing: 0, unpaired: 0 }], 'what was keyed is what was compared')
  await entry.destroy()
}
