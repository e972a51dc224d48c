-- Rulings that are put to a second arbiter once more: drawn ones, and those that a typist appeals against.
-- All only ever added to, but for how many are drawn.

-- One row. What is drawn follows from the secret, which nothing tells; the share is written at each start.
create table recheck_draw (
  only_one boolean primary key default true check (only_one),
  secret text not null,
  share float8 not null check (share >= 0 and share <= 1)
);
insert into recheck_draw values (true, gen_random_uuid() || '.' || gen_random_uuid(), 0);

create table recheck (
  recheck_id uuid primary key,
  page_id uuid not null references page,
  campaign_id uuid not null,
  question_id uuid not null references question,
  ruling_id uuid not null references ruling,
  -- Whose ruling it is.
  arbiter_id uuid not null,
  reason text not null check (reason in ('drawn', 'appeal')),
  -- Of the page, when it was opened.
  revision smallint not null,
  -- The orders for the second arbiter and for the supervisor: true shows the second pass first.
  swapped boolean not null,
  last_swapped boolean not null,
  opened_at timestamptz not null default clock_timestamp(),
  unique (question_id, revision)
);
create index recheck_of_page on recheck (page_id);
create trigger recheck_append_only before update or delete or truncate on recheck
  for each statement execute function refuse_change();

create table recheck_ruling (
  ruling_id uuid primary key,
  submission_id uuid not null,
  recheck_id uuid not null references recheck,
  -- Which question was answered: this one, or the one about all pairs of the page.
  question_id uuid not null,
  page_id uuid not null references page,
  -- 4: the second arbiter. 5: a supervisor, where they differ.
  seat smallint not null check (seat in (4, 5)),
  arbiter_id uuid not null,
  verdict text not null,
  value json,
  note text,
  ruled_at timestamptz not null default clock_timestamp(),
  unique (recheck_id, seat)
);
create index recheck_ruling_of_page on recheck_ruling (page_id);
create index recheck_ruling_of_submission on recheck_ruling (submission_id);
create trigger recheck_ruling_append_only before update or delete or truncate on recheck_ruling
  for each statement execute function refuse_change();

-- Somebody who neither had the page in hand nor said anything about it elsewhere: nobody else is let in.
create function refuse_biased_recheck() returns trigger language plpgsql as $$
begin
  perform from page where page_id = new.page_id for update;
  if exists (select from seen where page_id = new.page_id and person_id = new.arbiter_id)
    or exists (select from ruling where page_id = new.page_id and arbiter_id = new.arbiter_id)
    or exists (select from panel_ruling where page_id = new.page_id and arbiter_id = new.arbiter_id)
    or exists (select from recheck_ruling r where r.page_id = new.page_id
      and r.arbiter_id = new.arbiter_id and r.seat <> new.seat) then
    raise exception 'a ruling is rechecked by people who have not had the page'
      using errcode = 'SN002';
  end if;
  return new;
end $$;
create trigger recheck_by_others before insert on recheck_ruling
  for each row execute function refuse_biased_recheck();

create table recheck_end (
  recheck_id uuid primary key references recheck,
  page_id uuid not null references page,
  -- `lapsed`: the page was opened again before it was decided.
  outcome text not null check (outcome in ('confirmed', 'overturned', 'lapsed')),
  -- Whether the second arbiter said otherwise; null where he or she did not say.
  disagreed boolean,
  -- Overturned: what stands there. Null: both readings are acceptable.
  content json,
  ended_at timestamptz not null default clock_timestamp(),
  check (content is null or outcome = 'overturned')
);
create index recheck_end_overturned on recheck_end (page_id) where outcome = 'overturned';
create trigger recheck_end_append_only before update or delete or truncate on recheck_end
  for each statement execute function refuse_change();

create table appeal (
  appeal_id uuid primary key,
  recheck_id uuid not null references recheck,
  person_id uuid not null,
  campaign_id uuid not null,
  page_id uuid not null references page,
  record smallint not null,
  field text not null,
  appealed_at timestamptz(3) not null default clock_timestamp(),
  unique (recheck_id, person_id)
);
create index appeal_of_person on appeal (person_id, appealed_at);
create index appeal_of_campaign on appeal (campaign_id);
create trigger appeal_append_only before update or delete or truncate on appeal
  for each statement execute function refuse_change();

create table appeal_end (
  appeal_id uuid primary key references appeal,
  outcome text not null check (outcome in ('upheld', 'refused', 'lapsed')),
  ended_at timestamptz(3) not null default clock_timestamp()
);
create trigger appeal_end_append_only before update or delete or truncate on appeal_end
  for each statement execute function refuse_change();

-- 4 and 5: a second arbiter's, and after it a supervisor's.
alter table open_arbitration drop constraint open_arbitration_seat_check;
alter table open_arbitration add check (seat between 0 and 5);

-- For telling whether an arbiter has many rulings.
create index ruling_of_arbiter on ruling (arbiter_id, ruling_id);

-- Which of the two readings an arbiter chose is counted as rulings come in; those before are counted here,
-- once.
insert into tally_delta (scope, subject, field, measure, amount)
select p.campaign_id, r.arbiter_id, '', 'chose-' || r.verdict, count(*)
from ruling r join question q using (question_id) join page p on p.page_id = r.page_id
where q.kind = 'field' and r.verdict in ('first', 'second')
group by p.campaign_id, r.arbiter_id, r.verdict;
