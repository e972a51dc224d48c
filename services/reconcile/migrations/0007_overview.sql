-- What supervisors see of settling by day and by book is counted as pages are settled. What came before is
-- counted here, once.

insert into tally_delta (scope, subject, field, measure, amount)
select p.book_id, '00000000-0000-0000-0000-000000000000', '', 'pages-settled', count(distinct page_id)
from settled_page s join page p using (page_id)
-- Opened again and not settled since.
where not exists (select from open_arbitration o where o.page_id = s.page_id)
group by p.book_id;

-- How long rulings took, once a submission: what waits for arbiters is told in hours by it.
create table ruling_time (
  submission_id uuid primary key references ruling_submission,
  campaign_id uuid not null,
  page_id uuid not null references page,
  person_id uuid not null,
  seconds real not null check (seconds >= 0),
  ruled_at timestamptz not null default clock_timestamp()
);
create index ruling_time_of_campaign on ruling_time (campaign_id, ruled_at);
create index ruling_time_of_person on ruling_time (person_id, ruled_at);
create trigger ruling_time_append_only before update or delete or truncate on ruling_time
  for each statement execute function refuse_change();
