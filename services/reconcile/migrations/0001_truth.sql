-- What is true: two readings of a page, their comparison, the questions to an arbiter, the rulings,
-- the settled records. All of these are only ever added to.

create table campaign (
  campaign_id uuid primary key,
  form json not null
);

create table book (
  book_id uuid primary key,
  campaign_id uuid not null references campaign,
  title text not null
);

create table page (
  page_id uuid primary key,
  campaign_id uuid not null references campaign,
  book_id uuid not null references book,
  sequence int not null,
  image_sha256 text not null
);

create table reading (
  entry_id uuid primary key,
  page_id uuid not null references page,
  person_id uuid not null,
  -- Null: a spare reading, which is kept and takes no part.
  pass smallint check (pass in (1, 2)),
  records json not null,
  unique (page_id, pass)
);
create unique index reading_two_people on reading (page_id, person_id) where pass is not null;
create trigger reading_append_only before update or delete or truncate on reading
  for each statement execute function refuse_change();

-- Everybody who ever had the page in hand: none of them may rule on it.
create table seen (
  page_id uuid not null references page,
  person_id uuid not null,
  primary key (page_id, person_id)
);
create trigger seen_append_only before update or delete or truncate on seen
  for each statement execute function refuse_change();

create table comparison (
  page_id uuid primary key references page,
  rule_version text not null,
  first_entry_id uuid not null references reading,
  second_entry_id uuid not null references reading,
  fields int not null,
  records int not null,
  -- Every field that is not identical, with its class, rule and reason.
  differences json not null,
  compared_at timestamptz not null default clock_timestamp()
);
create trigger comparison_append_only before update or delete or truncate on comparison
  for each statement execute function refuse_change();

create table question (
  question_id uuid primary key,
  page_id uuid not null references comparison (page_id),
  record int not null,
  -- Null: is this record there at all?
  field text,
  -- The order drawn for the arbiter: true shows the reading of the second pass first.
  swapped boolean not null,
  unique nulls not distinct (page_id, record, field)
);
create trigger question_append_only before update or delete or truncate on question
  for each statement execute function refuse_change();

-- Work still open; the row goes when the page is settled.
create table open_arbitration (
  page_id uuid primary key references comparison (page_id),
  campaign_id uuid not null,
  -- True once an arbiter has passed a question on.
  escalated boolean not null default false,
  since timestamptz not null default clock_timestamp(),
  holder uuid, token uuid, until timestamptz,
  check ((holder is null) = (token is null) and (token is null) = (until is null))
);
create index open_arbitration_in_turn on open_arbitration (escalated, since) where token is null;
create index open_arbitration_held on open_arbitration (holder) where token is not null;
create index open_arbitration_due on open_arbitration (until) where until is not null;

create table arbitration_lease (
  lease_token uuid primary key,
  page_id uuid not null references page,
  person_id uuid not null,
  escalated boolean not null,
  leased_at timestamptz not null default clock_timestamp()
);
create trigger arbitration_lease_append_only before update or delete or truncate
  on arbitration_lease for each statement execute function refuse_change();

create table ruling_submission (
  submission_id uuid primary key,
  person_id uuid not null,
  page_id uuid not null references page,
  -- The answer that was given, for whoever sends it again.
  open int not null
);
create trigger ruling_submission_append_only before update or delete or truncate
  on ruling_submission for each statement execute function refuse_change();

create table ruling (
  ruling_id uuid primary key,
  submission_id uuid not null,
  question_id uuid not null references question,
  page_id uuid not null references page,
  arbiter_id uuid not null,
  escalated boolean not null,
  verdict text not null,
  value json,
  note text,
  ruled_at timestamptz not null default clock_timestamp(),
  -- One ruling a question, and one more if it was passed on.
  unique (question_id, escalated)
);
create index ruling_of_page on ruling (page_id);
create index ruling_of_submission on ruling (submission_id);
create trigger ruling_append_only before update or delete or truncate on ruling
  for each statement execute function refuse_change();

-- The database itself refuses an arbiter who had the page in hand.
create function refuse_own_page() returns trigger language plpgsql as $$
begin
  if exists (select from seen where page_id = new.page_id and person_id = new.arbiter_id) then
    raise exception 'an arbiter does not rule on a page that he or she has typed'
      using errcode = 'SN002';
  end if;
  return new;
end $$;
create trigger ruling_by_a_third_person before insert on ruling
  for each row execute function refuse_own_page();

create table settled_record (
  record_id uuid primary key,
  page_id uuid not null references page,
  campaign_id uuid not null,
  record int not null,
  rule_version text not null,
  values json not null,
  settled_at timestamptz not null default clock_timestamp(),
  unique (page_id, record)
);
create index settled_record_of_campaign on settled_record (campaign_id, record_id);
create trigger settled_record_append_only before update or delete or truncate on settled_record
  for each statement execute function refuse_change();

create table settled_page (
  page_id uuid primary key references page,
  campaign_id uuid not null,
  records int not null,
  settled_at timestamptz not null default clock_timestamp()
);
create trigger settled_page_append_only before update or delete or truncate on settled_page
  for each statement execute function refuse_change();

create table waiting (
  person_id uuid not null,
  escalated boolean not null,
  capacity int not null,
  since timestamptz not null default clock_timestamp(),
  until timestamptz not null,
  primary key (person_id, escalated)
);
