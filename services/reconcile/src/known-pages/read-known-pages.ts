/** Known-answer pages as supervisors see them. */
import {
  type findKnownPageImage as imageContract,
  KNOWN_PAGES_MAX,
  type KnownPage,
  type KnownPageShown,
  type listKnownPages as listContract,
  Problem,
  type ReplyOf,
  type RequestOf,
  type readKnownPage as readContract,
  type SettledValue,
} from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import { formFrom } from '../forms.ts'
import type { DB } from '../schema.gen.ts'
import { hindranceOf, readStanding, stateOf } from './known-page-standing.ts'

/** Named ones, retired or not, and those that one supervisor confirmed as they are settled now. */
export async function listKnownPages(
  db: Kysely<DB>,
  { campaignId }: RequestOf<typeof listContract>,
): Promise<ReplyOf<typeof listContract>> {
  type Row = Omit<KnownPage, 'state'> & { isNamed: boolean; isRetired: boolean }
  const { rows } = await sql<Row>`
    with listed as (
      select page_id, revision, first_by, second_by, named_at as at from known_page
      where campaign_id = ${campaignId}
      union all
      select c.page_id, c.revision, c.person_id, null, c.confirmed_at
      from known_page_confirmation c join page p using (page_id)
      where p.campaign_id = ${campaignId}
        and c.revision = (select max(revision) from settled_page s where s.page_id = c.page_id)
        and not exists (select from known_page k where k.page_id = c.page_id)
    ), answered as (
      select page_id, count(*)::int as answers, sum(judged)::int as judged, sum(wrong)::int as wrong
      from known_answer where campaign_id = ${campaignId} group by page_id
    )
    select p.page_id as "pageId", p.book_id as "bookId", b.title as "bookTitle", p.sequence,
      l.second_by is not null as "isNamed",
      exists (select from known_page_end e where e.page_id = p.page_id) as "isRetired",
      array_remove(array[l.first_by, l.second_by], null)::text[] as "confirmedBy",
      coalesce(a.answers, 0) as answers, coalesce(a.judged, 0) as judged, coalesce(a.wrong, 0) as wrong
    from listed l join page p using (page_id) join book b using (book_id)
      left join answered a using (page_id)
    order by l.at desc limit ${2 * KNOWN_PAGES_MAX}`.execute(db)
  return {
    pages: rows.map(({ isNamed, isRetired, ...page }) => ({
      ...page,
      state: stateOf({ isNamed, isRetired, confirmedBy: page.confirmedBy }),
    })),
  }
}

export async function readKnownPage(
  db: Kysely<DB>,
  { bookId, sequence, personId }: RequestOf<typeof readContract>,
): Promise<ReplyOf<typeof readContract>> {
  const page = await db
    .selectFrom('page')
    .select('page_id')
    .where('book_id', '=', bookId)
    .where('sequence', '=', sequence)
    // A page that was replaced stands at the same place as the one that replaced it.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('aside_page')
            .select('reason')
            .whereRef('aside_page.page_id', '=', 'page.page_id'),
        ),
      ),
    )
    .executeTakeFirst()
  if (page === undefined) throw new Problem('NOT_FOUND')
  const standing = await readStanding(db, page.page_id, personId)
  const { pageId, bookTitle, revision, confirmedBy } = standing
  const hindrance = hindranceOf(standing, personId)
  return {
    pageId,
    bookId,
    bookTitle,
    sequence,
    state: stateOf(standing),
    confirmedBy: [...confirmedBy].slice(0, 2),
    revision,
    ...(await selectSettled(db, pageId, revision)),
    ...(hindrance === null ? {} : { hindrance }),
  }
}

async function selectSettled(
  db: Kysely<DB>,
  pageId: string,
  revision: number,
): Promise<Pick<KnownPageShown, 'form' | 'fields' | 'records'>> {
  const { rows } = await sql<{ form: unknown; values: Record<string, SettledValue>[] }>`
    select f.form, array(select values from settled_record s
      where s.page_id = k.page_id and s.revision = ${revision} order by record) as values
    from comparison k join page p using (page_id)
      join campaign_form f on f.campaign_id = p.campaign_id and f.form_version = k.form_version
    where k.page_id = ${pageId} order by k.round desc limit 1`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error('a settled page was never compared')
  const { name, version, fields } = formFrom(row.form)
  return {
    form: { name, version },
    fields: fields.map(({ name, label }) => ({ name, label })),
    records: row.values,
  }
}

export async function findKnownPageImage(
  db: Kysely<DB>,
  { pageId }: RequestOf<typeof imageContract>,
): Promise<ReplyOf<typeof imageContract>> {
  const row = await db
    .selectFrom('page')
    .select('image_sha256 as sha256')
    .where('page_id', '=', pageId)
    .where(sql<boolean>`exists (select from settled_page s where s.page_id = page.page_id)`)
    .executeTakeFirst()
  if (row === undefined) throw new Problem('NOT_FOUND')
  return row
}
