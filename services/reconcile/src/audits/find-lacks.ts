import type { BookLack } from '@songnhap/contracts'
import { sql, type Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'

type Counts = Readonly<Record<BookLack['what'], number>>

/** What has to be done before the book can be frozen; empty when it can. `pages`: so many intake knows of. */
export async function findLacks(
  trx: Transaction<DB>,
  bookId: string,
  pages: number,
): Promise<BookLack[]> {
  const { rows } = await sql<Counts>`
    with here as (
      select p.page_id, exists (select from aside_page a where a.page_id = p.page_id) as aside,
        exists (select from comparison k where k.page_id = p.page_id) as compared,
        exists (select from settled_page s where s.page_id = p.page_id) as settled,
        -- Also of a settled page, where a ruling of it is asked once more.
        (select bool_and(o.escalated) from open_arbitration o
          where o.page_id = p.page_id and o.seat in (0, 4, 5)) as escalated,
        exists (select from wanted_reading w where w.page_id = p.page_id and not exists (
          select from reading r
          where r.page_id = w.page_id and r.pass = w.pass and r.turn = w.turn)) as wanted
      from page p where p.book_id = ${bookId}
    )
    select (count(*) = 0)::int as "no-page",
      greatest(${pages} - (select count(*) from page where book_id = ${bookId}), 0)::int
        as "pages-in-intake",
      (count(*) filter (where not compared))::int as "to-be-keyed",
      (count(*) filter (where compared and escalated is null and (wanted or not settled)))::int
        as "wanted-again",
      (count(*) filter (where escalated = false))::int as "in-arbitration",
      (count(*) filter (where escalated))::int as "passed-on",
      (select count(*) from dead_letter d where d.replayed_at is null
        and (d.body ->> 'bookId' = ${bookId}
          or exists (select from here where page_id::text = d.body ->> 'pageId')))::int
        as "dead-letters"
    from here where not aside`.execute(trx)
  const [counts] = rows
  if (counts === undefined) throw new Error('a count without a row')
  return (Object.keys(IN_WORDS) as BookLack['what'][])
    .map((what) => ({ what, count: counts[what] }))
    .filter(({ count }) => count > 0)
}

const IN_WORDS: Readonly<Record<BookLack['what'], string>> = {
  'no-page': 'the book has no page',
  'pages-in-intake': 'pages were uploaded and are not ready to be keyed yet',
  'to-be-keyed': 'pages are to be keyed by two people (songnhap stuck tells where nobody may)',
  'wanted-again': 'pages are wanted again from somebody new',
  'in-arbitration': 'pages wait for an arbiter',
  'passed-on': 'pages wait for a supervisor, as an arbiter passed them on',
  'dead-letters': 'facts about the book could not be applied (songnhap dead-letters)',
}

/** As a refusal tells it. */
export function lacksInWords(lacks: readonly BookLack[]): string[] {
  return lacks.map(({ what, count }) =>
    what === 'no-page' ? IN_WORDS[what] : `${count} ${IN_WORDS[what]}`,
  )
}
