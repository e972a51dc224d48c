import { sql } from 'kysely'

/** Of a page `p`: nothing of it is open, but for what is asked once more of settled pages. */
export const IS_SETTLED = sql<boolean>`(
  exists (select from settled_page s where s.page_id = p.page_id)
  and not exists (select from open_arbitration o where o.page_id = p.page_id and o.seat = 0))`
