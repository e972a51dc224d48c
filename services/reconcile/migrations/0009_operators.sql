-- How accurate people are is counted as pages settle, and taken back and counted anew when they settle again.

-- When it was keyed, and what it cost: absent of what an earlier release kept.
alter table reading add column keyed_at timestamptz, add column effort json;

-- A field judged wrong against a typist. What was typed and what was settled stay where they are.
create table charge (
  charge_id uuid primary key,
  campaign_id uuid not null,
  page_id uuid not null references page,
  record_id uuid not null,
  record int not null,
  field text not null,
  field_class text not null,
  major boolean not null,
  typist uuid not null,
  -- Which of the page's two sides has the reading, as which of its rows.
  pass smallint not null check (pass in (1, 2)),
  "row" smallint not null,
  -- Of keying.
  day date not null,
  -- How the value was settled that it was held against, in the revision of the page that said so last.
  how text not null,
  rule text not null,
  revision smallint not null,
  -- False: the page was settled again, and this is no error any more.
  stands boolean not null default true,
  charged_at timestamptz not null default clock_timestamp(),
  unique (page_id, record_id, field, typist)
);
create index charge_of_typist on charge (typist, charge_id) where stands;

-- What one typist keyed of one settled page: for trends, which go by the order of keying.
create table judged_page (
  page_id uuid not null references page,
  typist uuid not null,
  campaign_id uuid not null,
  keyed_at timestamptz not null,
  day date not null,
  form_version int not null,
  records smallint not null,
  -- Fields, one an error; and fields not judged after all.
  wrong text[] not null,
  unjudged text[] not null,
  -- What was counted for and against the typist: taken back when the page is settled again.
  counts json not null,
  -- Letters that stand for others: what is on the paper, what was typed, how often.
  confused json not null,
  primary key (page_id, typist)
);
create index judged_page_of_typist on judged_page (campaign_id, typist, keyed_at desc, page_id);

-- By typist, day of keying and version of the form. Field '': of records as wholes; a judged record judges all
-- fields that two people key, less those counted as unjudged.
create table operator_count (
  campaign_id uuid not null,
  typist uuid not null,
  day date not null,
  form_version int not null,
  field text not null,
  pages int not null,
  records int not null,
  left_out int not null,
  made_up int not null,
  slips int not null,
  readings int not null,
  marks int not null,
  carried int not null,
  timed_records int not null,
  active_ms bigint not null,
  keys int not null,
  erased int not null,
  wrong int not null,
  major int not null,
  -- Of the wrong: what both had alike, and an audit found.
  audited int not null,
  unjudged int not null,
  primary key (campaign_id, typist, day, form_version, field)
);
create index operator_count_of_typist on operator_count (typist);
create table operator_delta (like operator_count);
create index operator_delta_of_campaign on operator_delta (campaign_id);
create index operator_delta_of_typist on operator_delta (typist);
alter table operator_delta set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- What was counted as pages settled before, less row errors, of which nobody kept the kind. Which field of which
-- record was wrong was not kept either, so that there are no charges; nor when it was keyed: the day of settling
-- stands for it.
insert into judged_page
select j.page_id, j.typist, j.campaign_id, j.settled_at, j.settled_at::date, k.form_version, j.records,
  j.wrong, j.unjudged, (
    select json_agg(json_strip_nulls(c.row)) from (
      select json_build_object('field', '', 'pages', 1, 'records', j.records, 'readings', j.records * (
        select count(*) from json_array_elements(f.form -> 'fields') d where d ->> 'entry' is distinct from 'single'))
        as row
      union all
      select json_build_object('field', e.field, 'wrong', nullif(e.wrong, 0), 'unjudged', nullif(e.unjudged, 0),
        'major', case when e.class in ('critical', 'identity-critical') then nullif(e.wrong, 0) end)
      from (
        select u.field, count(*) filter (where u.is_wrong) as wrong, count(*) filter (where not u.is_wrong) as unjudged,
          (select d ->> 'class' from json_array_elements(f.form -> 'fields') d where d ->> 'name' = u.field) as class
        from (
          select unnest(j.wrong) as field, true as is_wrong union all select unnest(j.unjudged), false) u
        group by u.field) e) c),
  '[]'
from (
  select s.page_id, s.campaign_id, s.settled_at, (c ->> 'subject')::uuid as typist,
    coalesce(sum((c ->> 'amount')::int) filter (where c ->> 'measure' = 'judged-records'), 0) as records,
    coalesce(array_agg(c ->> 'field') filter (where c ->> 'measure' = 'wrong'), '{}') as wrong,
    coalesce(array_agg(c ->> 'field') filter (where c ->> 'measure' = 'unjudged'), '{}') as unjudged
  from settled_page s cross join json_array_elements(s.judged) c
  where not exists (select from settled_page l where l.page_id = s.page_id and l.revision > s.revision)
  group by s.page_id, s.campaign_id, s.settled_at, typist) j
  join lateral (
    select form_version from comparison where page_id = j.page_id order by round desc limit 1) k on true
  join campaign_form f on f.campaign_id = j.campaign_id and f.form_version = k.form_version;

insert into operator_count
select campaign_id, typist, day, form_version, field, coalesce(sum(c.pages), 0), coalesce(sum(c.records), 0), 0, 0, 0,
  coalesce(sum(c.readings), 0), 0, 0, 0, 0, 0, 0, coalesce(sum(c.wrong), 0), coalesce(sum(c.major), 0), 0,
  coalesce(sum(c.unjudged), 0)
from judged_page cross join json_to_recordset(counts)
  as c (field text, pages int, records int, readings int, wrong int, major int, unjudged int)
group by campaign_id, typist, day, form_version, field;

delete from tally where measure in ('judged-records', 'row-errors', 'wrong', 'unjudged');
delete from tally_delta where measure in ('judged-records', 'row-errors', 'wrong', 'unjudged');

-- Of arbiters: how long they took is counted as they rule.
insert into tally_delta (scope, subject, field, measure, amount)
select campaign_id, person_id, '', m.measure, m.amount
from (select campaign_id, person_id, (1000 * sum(seconds))::bigint as ms,
        sum((select count(*) from ruling r where r.submission_id = t.submission_id)) as rulings
      from ruling_time t group by campaign_id, person_id) t
  cross join lateral (values ('rulings-timed', t.rulings), ('ruling-ms', t.ms)) m (measure, amount);

-- How often anything was settled: the version of the truth that figures go by.
insert into tally_delta (scope, subject, field, measure, amount)
select campaign_id, '00000000-0000-0000-0000-000000000000', '', 'settlings', count(*)
from settled_page group by campaign_id;
