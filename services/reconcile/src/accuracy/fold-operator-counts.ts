import { type Errand, errand } from '@songnhap/database'
import { type Kysely, sql } from 'kysely'
import type { Logger } from 'pino'
import type { DB } from '../schema.gen.ts'
import { COUNTED } from './count-judgement.ts'

const FOLD_EVERY_MS = 1_000
const FOLD_MAX = 10_000

const COLUMNS = sql.raw(COUNTED.join(', '))
const SUMS = sql.raw(COUNTED.map((name) => `sum(${name})`).join(', '))
const added = (name: string) => `${name} = c.${name} + excluded.${name}`
const ADDED = sql.raw(COUNTED.map(added).join(', '))

/** Folds what was counted of operators, by day and of all days. Two processes at once fold different rows. */
export function foldOperatorCounts(db: Kysely<DB>, log: Logger): Errand {
  return errand('fold operator counts', FOLD_EVERY_MS, log, async () => {
    await sql`
      with taken as (
        delete from operator_delta where ctid = any (array(
          select ctid from operator_delta limit ${FOLD_MAX} for update skip locked))
        returning *
      ), totalled as (
        insert into operator_total as c (campaign_id, typist, form_version, field, ${COLUMNS})
        select campaign_id, typist, form_version, field, ${SUMS} from taken
        group by campaign_id, typist, form_version, field
        order by campaign_id, typist, form_version, field
        on conflict (campaign_id, typist, form_version, field) do update set ${ADDED}
      )
      insert into operator_count as c (campaign_id, typist, day, form_version, field, ${COLUMNS})
      select campaign_id, typist, day, form_version, field, ${SUMS} from taken
      group by campaign_id, typist, day, form_version, field
      order by campaign_id, typist, day, form_version, field
      on conflict (campaign_id, typist, day, form_version, field) do update set ${ADDED}`.execute(
      db,
    )
  })
}
