import type pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { SAMPLE_FORM } from './sample-form.ts'

const PEOPLE = 500
const PAGES_A_BOOK = 200
/** So many of a hundred have one pass keyed already. */
const HALF_KEYED_PERCENT = 40

/**
 * A backlog in entry's tables, put there by their owner: a million facts would take an hour. Foreign
 * keys are not checked on the way. Returns the people's ids.
 */
export async function loadOpenPages(database: pg.Pool, pages: number): Promise<string[]> {
  const people = Array.from({ length: PEOPLE }, () => uuidv7())
  const campaignId = uuidv7()
  const connection = await database.connect()
  const load = (text: string, values: unknown[]) => connection.query(text, values)
  try {
    await connection.query('set session_replication_role = replica')
    await load('insert into entry.person (person_id) select * from unnest($1::uuid[])', [people])
    await load(
      `insert into entry.campaign (campaign_id, form, form_name, form_version, paired)
       values ($1, $2, $3, $4, false)`,
      [campaignId, JSON.stringify(SAMPLE_FORM), SAMPLE_FORM.name, SAMPLE_FORM.version],
    )
    await load(
      `insert into entry.book (book_id, campaign_id, title)
       select uuidv7(), $1, 'Quyển ' || n from generate_series(1, $2::int) n`,
      [campaignId, Math.ceil(pages / PAGES_A_BOOK)],
    )
    await load(
      `insert into entry.page (page_id, book_id, sequence, image_sha256)
       select uuidv7(), book_id, s, repeat('0', 64)
       from entry.book cross join generate_series(1, $1::int) s limit $2`,
      [PAGES_A_BOOK, pages],
    )
    await load(
      `insert into entry.open_page (page_id, book_id, lane, sequence, draw, holder_1)
       select page_id, book_id, lane, sequence, draw,
         case when random() * 100 < $1 then 1 + floor(random() * $2)::int end
       from entry.page join entry.book using (book_id) join entry.campaign using (campaign_id)`,
      [HALF_KEYED_PERCENT, PEOPLE],
    )
    await connection.query('set session_replication_role = default')
    await connection.query('vacuum analyze')
  } finally {
    connection.release()
  }
  return people
}
