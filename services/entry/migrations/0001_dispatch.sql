-- Who types what. Pages still open are one small row each, with both passes as slots in it; the row
-- goes when both passes are keyed. History is in lease and entry.

create table campaign (
  campaign_id uuid primary key,
  -- Campaigns are served in the order in which they were opened.
  lane int generated always as identity unique,
  form json not null,
  form_name text not null,
  form_version int not null,
  -- True: only the pairs in declared_pair key this campaign.
  paired boolean not null
);

create table book (
  book_id uuid primary key,
  campaign_id uuid not null references campaign,
  title text not null,
  -- Drawn once a book: a random draw among pages then lands at a random book.
  draw int not null default floor(random() * 2147483647)::int
);

create table page (
  page_id uuid primary key,
  book_id uuid not null references book,
  sequence int not null,
  image_sha256 text not null
);

-- A small number for each person: ranges of it keep "not me" an index range (see claim_page).
create table person (
  person_no int generated always as identity primary key,
  person_id uuid not null unique,
  -- The book this person is in, and the pages held; what is held is checked when it is read.
  book_id uuid,
  holding uuid[] not null default '{}'
) with (fillfactor = 70);

create table declared_pair (
  campaign_id uuid not null references campaign,
  person_no int not null references person,
  partner_no int not null references person,
  primary key (campaign_id, person_no, partner_no),
  check (person_no <> partner_no)
);

create table open_page (
  page_id uuid primary key references page,
  book_id uuid not null,
  lane int not null,
  sequence int not null,
  draw int not null,
  -- A pass is free (no holder), leased (holder and token) or keyed (holder, no token).
  holder_1 int references person, token_1 uuid, until_1 timestamptz,
  holder_2 int references person, token_2 uuid, until_2 timestamptz,
  -- Bit 1: pass 1 is free, bit 2: pass 2 is free.
  free smallint generated always as
    ((holder_1 is null)::int + 2 * (holder_2 is null)::int) stored,
  -- Who holds or made the one pass that is taken while the other is free; 0 for nobody.
  other_by int generated always as
    (case when holder_1 is null then coalesce(holder_2, 0)
          when holder_2 is null then holder_1 else 0 end) stored,
  due timestamptz generated always as (least(until_1, until_2)) stored,
  -- The database itself keeps one person from both passes of a page.
  check (holder_1 <> holder_2),
  check ((token_1 is null) = (until_1 is null) and (token_1 is null or holder_1 is not null)),
  check ((token_2 is null) = (until_2 is null) and (token_2 is null or holder_2 is not null))
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01,
        autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
create index open_page_in_book on open_page (book_id, sequence) where free > 0;
create index open_page_to_draw on open_page (lane, other_by, draw, sequence) where free > 0;
create index open_page_due on open_page (due) where due is not null;

-- Every lease ever given: who saw a page must not rule on it later.
create table lease (
  lease_token uuid primary key,
  page_id uuid not null references page,
  person_no int not null references person,
  pass smallint not null check (pass in (1, 2)),
  leased_at timestamptz not null default clock_timestamp()
);
create index lease_of_page on lease (page_id);
create trigger lease_append_only before update or delete or truncate on lease
  for each statement execute function refuse_change();

-- What people keyed. `json`: nobody searches inside, and the text stays as it came.
create table entry (
  entry_id uuid primary key,
  page_id uuid not null references page,
  person_no int not null references person,
  lease_token uuid not null references lease,
  -- Null: a spare reading, from somebody whose lease had run out and whose pass was taken.
  pass smallint check (pass in (1, 2)),
  records json not null,
  submitted_at timestamptz(3) not null default clock_timestamp(),
  unique (page_id, pass)
);
create unique index entry_two_people on entry (page_id, person_no) where pass is not null;
create index entry_of_person on entry (person_no, page_id);
create trigger entry_append_only before update or delete or truncate on entry
  for each statement execute function refuse_change();

create table skip (
  person_no int not null references person,
  page_id uuid not null references page,
  reason text not null,
  note text,
  skipped_at timestamptz not null default clock_timestamp(),
  primary key (person_no, page_id)
);
create trigger skip_append_only before update or delete or truncate on skip
  for each statement execute function refuse_change();

-- Who asked for work and got less than asked for. Held by the lock on the person's row. `since`: asked,
-- or last looked at in vain; who cannot be given anything must not stand before those who can.
create table waiting (
  person_no int primary key references person,
  person_id uuid not null,
  capacity int not null,
  since timestamptz not null default clock_timestamp(),
  until timestamptz not null
);
create index waiting_in_turn on waiting (since);
