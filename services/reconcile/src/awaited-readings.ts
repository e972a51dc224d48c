import { sql } from 'kysely'

/** Pages of which a reading was wanted, or a third entry, that has not come; a row for each such reading. */
export const AWAITED_READINGS = sql`(
  select w.page_id from wanted_reading w where not exists (
    select from reading r where r.page_id = w.page_id and r.pass = w.pass and r.turn = w.turn)
  union all
  select a.page_id from audit_page a where a.audit_id is null and not exists (
    select from audit_reading r where r.page_id = a.page_id and r.turn = a.turn))`
