/** Rule N5 of docs/spec/blindness.md: what the database refuses, also to many at the same moment. */
import { randomUUID } from 'node:crypto'
import { eventually, newPeople, recordOf, stateOf } from '@songnhap/testkit'
import { sql } from 'kysely'
import { t } from 'tap'
import { type House, openHouse, want } from './open-house.ts'

const CLAIMS = 50
const CHECK_VIOLATION = '23514'
const UNIQUE_VIOLATION = '23505'

t.test('N5: 50 claims at once by four people never give one person both passes', async (t) => {
  const house = await openHouse(t)
  const { pages } = await house.open(3)
  const people = newPeople(4)
  const claims = Array.from({ length: CLAIMS }, async (_, index) => {
    const personId = people[index % people.length] ?? ''
    for (const page of await house.take(personId, 1 + (index % pages.length))) {
      // Some of the claims race with what the others key.
      if (index % 3 === 0) await house.submit(personId, page)
    }
  })
  await Promise.all(claims)
  t.same(await peopleTwice(house), [], 'as the tables have it')
  const taken = await Promise.all(people.map((personId) => house.take(personId, pages.length)))
  for (const held of taken) {
    const pageIds = held.map(({ pageId }) => pageId)
    t.equal(new Set(pageIds).size, pageIds.length, 'nobody holds a page twice')
  }
})

t.test('N5: nor while pages are wanted again at the same moments', async (t) => {
  const house = await openHouse(t)
  const { pages } = await house.open(4)
  const people = newPeople(6)
  const turns = [2, 3, 4]
  // As a follower does: one after the other.
  const wanting = async () => {
    for (const turn of turns) {
      for (const { pageId } of pages) {
        for (const pass of [1, 2] as const) await want(house, pageId, { pass, turn })
      }
    }
  }
  const keying = people.map(async (personId) => {
    for (let time = 0; time < 8; time += 1) {
      for (const page of await house.take(personId, 2)) await house.submit(personId, page)
    }
  })
  await Promise.all([wanting(), ...keying])
  for (const newcomer of newPeople(2 * (1 + turns.length))) {
    for (const page of await house.take(newcomer, pages.length)) await house.submit(newcomer, page)
  }
  t.same(await peopleTwice(house), [])
  for (const { pageId } of pages) {
    const filling = (await house.entriesOf(pageId)).filter(({ pass }) => pass !== null)
    t.equal(filling.length, 2 * (1 + turns.length), 'each turn of each pass was keyed')
  }
  t.same(await house.db.selectFrom('open_page').select('page_id').execute(), [])
})

t.test(
  'A2, A6: a lease that ends while its page is being looked up is simply not there',
  async (t) => {
    const house = await openHouse(t)
    await house.open(1)
    const [an = ''] = newPeople(1)
    t.equal((await house.take(an, 2)).length, 1, 'and waits for a second page')
    const taking = await house.db.transaction().execute(async (trx) => {
      await sql`select from waiting for update`.execute(trx)
      const asked = house.take(an, 1)
      // By now the page was found in hand: next, the one who waits no longer is struck off.
      const stuck = sql`select from pg_stat_activity where wait_event_type = 'Lock'`
      await eventually(
        () => stuck.execute(house.db),
        ({ rows }) => rows.length > 0,
      )
      await house.endLeases()
      return { asked }
    })
    t.same(await taking.asked, [])
    t.equal((await house.take(an)).length, 1, 'free again')
  },
)

t.test('N5: the database refuses 50 claims that go past the code', async (t) => {
  const house = await openHouse(t)
  const { pages } = await house.open(1)
  const pageId = pages[0]?.pageId ?? ''
  const [an = ''] = newPeople(1)
  await house.takeOne(an)
  const no = await numberOf(house.db, an)
  const claims = Array.from({ length: CLAIMS }, () =>
    stateOf(
      sql`update open_page set holder_2 = ${no}, token_2 = ${randomUUID()},
        until_2 = clock_timestamp() + interval '1 hour' where page_id = ${pageId}`.execute(
        house.db,
      ),
    ),
  )
  t.same(new Set(await Promise.all(claims)), new Set([CHECK_VIOLATION]))
})

t.test('N5: of 50 claims of both passes by one person one stands, over connections', async (t) => {
  const house = await openHouse(t)
  const { pages } = await house.open(1)
  const pageId = pages[0]?.pageId ?? ''
  const [an = ''] = newPeople(1)
  await house.takeOne(an)
  await house.endLeases()
  const no = await numberOf(house.db, an)
  const claims = Array.from({ length: CLAIMS }, (_, index) => {
    const pass = 1 + (index % 2)
    return stateOf(
      sql`update open_page set ${sql.ref(`holder_${pass}`)} = ${no}
        where page_id = ${pageId}`.execute(house.db),
    )
  })
  const outcomes = await Promise.all(claims)
  t.same(new Set(outcomes), new Set(['done', CHECK_VIOLATION]))
  t.same(await peopleTwice(house), [])

  const { lease_token } = await house.db
    .selectFrom('lease')
    .select('lease_token')
    .where('person_no', '=', no)
    .executeTakeFirstOrThrow()
  const entries = Array.from({ length: CLAIMS }, (_, index) =>
    stateOf(
      house.db
        .insertInto('entry')
        .values({
          entry_id: randomUUID(),
          page_id: pageId,
          person_no: no,
          lease_token,
          pass: 1 + (index % 2),
          records: JSON.stringify([recordOf()]),
        })
        .execute(),
    ),
  )
  const stored = (await Promise.all(entries)).filter((state) => state !== UNIQUE_VIOLATION)
  t.same(stored, ['done'], 'and of 50 entries for both passes one is stored')
})

/** Pages of which one person has or made both passes. */
async function peopleTwice({ db }: House): Promise<unknown[]> {
  const { rows } = await sql`
    select page_id from open_page where holder_1 = holder_2
    union all
    select page_id from entry where pass is not null
    group by page_id, person_no having count(*) > 1`.execute(db)
  return rows
}

async function numberOf(db: House['db'], personId: string): Promise<number> {
  const { person_no } = await db
    .selectFrom('person')
    .select('person_no')
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow()
  return person_no
}
