-- What supervisors see of keying by day and by book is counted as entries come in. What came before is
-- counted here, once: of the first turns only, as entries are.

insert into tally_delta (scope, subject, field, measure, amount)
select scope, '00000000-0000-0000-0000-000000000000', field, measure, count(*)
from (
  select b.campaign_id, b.book_id, e.submitted_at,
    case row_number() over (partition by e.page_id order by e.submitted_at, e.entry_id)
      when 1 then 'begun' else 'keyed-twice' end as measure
  from entry e join page p using (page_id) join book b using (book_id)
  where e.pass is not null and e.turn = 1
) first_turn
cross join lateral (values
  (campaign_id, to_char(submitted_at, 'YYYY-MM-DD')), (book_id, '')) as counted (scope, field)
group by scope, field, measure;

-- Skipped pages of a campaign, the latest first.
create index skip_by_time on skip (skipped_at);
