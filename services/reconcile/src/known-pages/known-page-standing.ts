import { Problem } from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import type { DB } from '../schema.gen.ts'

/** All that decides whether somebody may confirm a page. */
export interface KnownPageStanding {
  readonly pageId: string
  readonly campaignId: string
  readonly bookId: string
  readonly bookTitle: string
  readonly sequence: number
  readonly revision: number
  readonly records: number
  readonly confirmedBy: readonly string[]
  readonly isNamed: boolean
  readonly isRetired: boolean
  /** Something of it is with an arbiter, or wanted again. */
  readonly isOpen: boolean
  /** This person keyed it, or had an arbitration of it. */
  readonly isMet: boolean
}

/** Refused with NOT_FOUND where nothing is settled, and for what is set aside. */
export async function readStanding(
  db: Kysely<DB>,
  pageId: string,
  personId: string,
): Promise<KnownPageStanding> {
  const { rows } = await sql<KnownPageStanding>`
    select p.page_id as "pageId", p.campaign_id as "campaignId", p.book_id as "bookId",
      b.title as "bookTitle", p.sequence, s.revision, s.records,
      array(select person_id::text from known_page_confirmation c
        where c.page_id = p.page_id and c.revision = coalesce(k.revision, s.revision)
        order by confirmed_at) as "confirmedBy",
      k.page_id is not null as "isNamed",
      exists (select from known_page_end e where e.page_id = p.page_id) as "isRetired",
      exists (select from open_arbitration o where o.page_id = p.page_id)
        or exists (select from wanted_reading w where w.page_id = p.page_id and not exists (
          select from reading r where r.page_id = w.page_id and r.pass = w.pass and r.turn = w.turn))
        as "isOpen",
      exists (select from seen n where n.page_id = p.page_id and n.person_id = ${personId})
        or exists (select from arbitration_lease l
          where l.page_id = p.page_id and l.person_id = ${personId}) as "isMet"
    from page p join book b using (book_id)
      join lateral (select revision, records from settled_page s
        where s.page_id = p.page_id order by revision desc limit 1) s on true
      left join known_page k using (page_id)
    where p.page_id = ${pageId} and not exists (
      select from aside_page a where a.page_id = p.page_id)`.execute(db)
  const [standing] = rows
  if (standing === undefined) throw new Problem('NOT_FOUND')
  return standing
}

export function stateOf({
  isNamed,
  isRetired,
  confirmedBy,
}: Pick<KnownPageStanding, 'isNamed' | 'isRetired' | 'confirmedBy'>) {
  if (isRetired) return 'retired'
  if (isNamed) return 'named'
  return confirmedBy.length > 0 ? 'confirmed' : 'none'
}

/** Why this person cannot confirm the page; null: he or she can. */
export function hindranceOf(standing: KnownPageStanding, personId: string) {
  if (standing.isRetired) return 'retired'
  if (standing.isNamed) return 'named'
  if (standing.confirmedBy.includes(personId)) return 'confirmed-before'
  if (standing.isOpen) return 'open'
  if (standing.records === 0) return 'empty'
  return standing.isMet ? 'met' : null
}
