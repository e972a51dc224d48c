-- A page is compared once more when an arbiter has said which record is which, when a slip is
-- corrected, when somebody new has keyed what was wanted. Each comparison is a round; the last counts.
-- What was decided stays: a question is about rows of the two readings and not about a place among
-- paired records, so a ruling is found again wherever its rows are paired again.

alter table reading add column turn smallint not null default 1;
alter table reading drop constraint reading_page_id_pass_key;
alter table reading add unique (page_id, pass, turn);

alter table question drop constraint question_page_id_fkey;
alter table open_arbitration drop constraint open_arbitration_page_id_fkey;
alter table question add foreign key (page_id) references page;
alter table open_arbitration add foreign key (page_id) references page;

alter table comparison
  add column round smallint not null default 1,
  -- Slips that an arbiter accepted: which side they are on, and what they are.
  add column corrections json not null default '[]',
  -- One cause for what differs on the whole page. It is asked about, and nothing else in this round.
  add column diagnosis json,
  -- True: another pairing is nearly as good. It is asked about, and nothing else in this round.
  add column undecided boolean not null default false,
  -- True: which record is which comes from a person, or from the round before.
  add column pairs_given boolean not null default false;
alter table comparison drop constraint comparison_pkey;
alter table comparison add primary key (page_id, round);

-- Readings that were asked for: a pass that was sent back, or records that one typist left out.
create table wanted_reading (
  page_id uuid not null references page,
  pass smallint not null check (pass in (1, 2)),
  turn smallint not null check (turn > 1),
  -- The round whose questions made it wanted.
  round smallint not null,
  -- Null: the whole page. Otherwise places on the page, and the other entry's rows of these records.
  places json,
  rows json,
  wanted_at timestamptz not null default clock_timestamp(),
  primary key (page_id, pass, turn),
  check ((places is null) = (rows is null))
);
create trigger wanted_reading_append_only before update or delete or truncate on wanted_reading
  for each statement execute function refuse_change();

alter table question
  add column kind text,
  -- Which keying of each pass; a pass that was sent back has other rows afterwards.
  add column first_turn smallint not null default 1,
  add column second_turn smallint not null default 1,
  -- Rows of the two readings, from 0. Null: that reading does not have the record.
  add column first_row smallint,
  add column second_row smallint,
  -- Of a question about the page: which diagnosis; about the pairing: of which round.
  add column subject text;

drop trigger question_append_only on question;
update question q
set kind = case when q.field is null then 'record' else 'field' end,
    first_row = case
      when k.rows is not null then (k.rows -> (q.record - 1) ->> 0)::smallint
      when q.record <= json_array_length(r1.records) then q.record - 1 end,
    second_row = case
      when k.rows is not null then (k.rows -> (q.record - 1) ->> 1)::smallint
      when q.record <= json_array_length(r2.records) then q.record - 1 end
from comparison k
  join reading r1 on r1.entry_id = k.first_entry_id
  join reading r2 on r2.entry_id = k.second_entry_id
where k.page_id = q.page_id;
create trigger question_append_only before update or delete or truncate on question
  for each statement execute function refuse_change();

alter table question alter column kind set not null;
alter table question add check (kind in ('page', 'alignment', 'record', 'field'));
alter table question drop constraint question_page_id_record_field_key;
alter table question drop column record;
alter table question add constraint question_once unique nulls not distinct
  (page_id, kind, first_turn, second_turn, first_row, second_row, field, subject);

-- With `aligned`: which record is which, in the order in which the entries were shown.
alter table ruling add column pairs json;
