-- The blind audit of settled books: what was drawn, who keyed it once more, what a panel decided, what
-- was released. All only ever added to, but for `frozen_book` and the seats that are still open.

-- Errors in 10,000 fields of a class that are not to be exceeded; the last one set counts.
create table audit_target (
  campaign_id uuid not null references campaign,
  class text not null check (class in ('identity-critical', 'critical', 'ordinary')),
  target float8 not null check (target > 0 and target <= 10000),
  set_by uuid not null,
  set_at timestamptz not null default clock_timestamp(),
  primary key (campaign_id, class, set_at)
);
create trigger audit_target_append_only before update or delete or truncate on audit_target
  for each statement execute function refuse_change();

create table audit (
  audit_id uuid primary key,
  book_id uuid not null references book,
  campaign_id uuid not null references campaign,
  kind text not null check (kind in ('sample', 'rework')),
  look smallint not null check (look > 0),
  frozen_by uuid not null,
  frozen_at timestamptz(3) not null,
  secret text not null,
  -- What could be drawn: these records, each with the fields of the form.
  records uuid[] not null,
  fields json not null,
  frame_sha256 text not null,
  pages int not null,
  -- By class: fields, drawn, target.
  strata json not null
);
create index audit_of_book on audit (book_id, look);
create unique index audit_look on audit (book_id, look) where kind = 'sample';
create index audit_of_campaign on audit (campaign_id);
create trigger audit_append_only before update or delete or truncate on audit
  for each statement execute function refuse_change();

-- The book is frozen as long as this row is there.
create table frozen_book (
  book_id uuid primary key references book,
  audit_id uuid not null references audit
);

create table audit_end (
  audit_id uuid primary key references audit,
  -- False: broken off, because the book changed.
  finished boolean not null,
  figures json not null,
  ended_at timestamptz(3) not null default clock_timestamp()
);
create trigger audit_end_append_only before update or delete or truncate on audit_end
  for each statement execute function refuse_change();

-- A page of which something was drawn. It is keyed as a further turn of the first pass.
create table audit_page (
  page_id uuid not null references page,
  turn smallint not null check (turn > 1),
  audit_id uuid not null references audit,
  places json not null,
  cells json not null,
  primary key (page_id, turn)
);
create index audit_page_of_audit on audit_page (audit_id);
create trigger audit_page_append_only before update or delete or truncate on audit_page
  for each statement execute function refuse_change();

create table audit_item (
  item_id uuid primary key,
  audit_id uuid not null references audit,
  page_id uuid not null,
  turn smallint not null,
  record_id uuid not null,
  record smallint not null,
  field text not null,
  class text not null,
  draw_key text not null,
  -- How the value was settled that is looked at.
  how text not null check (how in ('agreed', 'ruled', 'single')),
  -- The order drawn for the panel: true shows the audit's reading first. The second seat sees the other one.
  swapped boolean not null,
  foreign key (page_id, turn) references audit_page,
  unique (audit_id, record_id, field)
);
create index audit_item_of_page on audit_item (page_id, turn);
create trigger audit_item_append_only before update or delete or truncate on audit_item
  for each statement execute function refuse_change();

create table audit_reading (
  page_id uuid not null,
  turn smallint not null,
  entry_id uuid not null unique,
  person_id uuid not null,
  records json not null,
  primary key (page_id, turn),
  foreign key (page_id, turn) references audit_page
);
create trigger audit_reading_append_only before update or delete or truncate on audit_reading
  for each statement execute function refuse_change();

create function refuse_own_audit() returns trigger language plpgsql as $$
begin
  if exists (select from reading r
      where r.page_id = new.page_id and r.person_id = new.person_id and r.pass is not null) then
    raise exception 'nobody audits a page that he or she has typed' using errcode = 'SN002';
  end if;
  return new;
end $$;
create trigger audit_by_a_third_person before insert on audit_reading
  for each row execute function refuse_own_audit();

create table panel_ruling (
  ruling_id uuid primary key,
  submission_id uuid not null,
  item_id uuid not null references audit_item,
  page_id uuid not null references page,
  turn smallint not null,
  seat smallint not null check (seat between 1 and 3),
  arbiter_id uuid not null,
  verdict text not null,
  value json,
  note text,
  ruled_at timestamptz not null default clock_timestamp(),
  unique (item_id, seat)
);
create index panel_ruling_of_page on panel_ruling (page_id, turn);
create index panel_ruling_of_submission on panel_ruling (submission_id);
create trigger panel_ruling_append_only before update or delete or truncate on panel_ruling
  for each statement execute function refuse_change();

-- Two people, neither of whom has had the page: the database refuses anybody else.
create function refuse_biased_panel() returns trigger language plpgsql as $$
begin
  perform from page where page_id = new.page_id for update;
  if exists (select from seen where page_id = new.page_id and person_id = new.arbiter_id)
    or exists (select from ruling where page_id = new.page_id and arbiter_id = new.arbiter_id)
    or exists (select from panel_ruling p where p.page_id = new.page_id
      and p.arbiter_id = new.arbiter_id and (p.turn, p.seat) <> (new.turn, new.seat)) then
    raise exception 'a panel is made of people who have not had the page' using errcode = 'SN002';
  end if;
  return new;
end $$;
create trigger panel_of_others before insert on panel_ruling
  for each row execute function refuse_biased_panel();

-- What became of what was drawn. `same`: keyed alike. `stands`: the panel confirmed it. `wrong`: the
-- content is what stands there, and settles the field at this place of the page.
create table audit_result (
  item_id uuid primary key references audit_item,
  page_id uuid not null,
  outcome text not null check (outcome in ('same', 'stands', 'wrong')),
  content json,
  first_turn smallint, second_turn smallint,
  first_row smallint, second_row smallint,
  field text not null,
  decided_at timestamptz not null default clock_timestamp(),
  check ((outcome = 'wrong') = (content is not null and first_turn is not null))
);
create index audit_result_wrong on audit_result (page_id) where outcome = 'wrong';
create trigger audit_result_append_only before update or delete or truncate on audit_result
  for each statement execute function refuse_change();

-- The seats of a panel are arbitrations of the page like any other, each in one person's hands.
alter table open_arbitration
  -- 0: the page's own arbitration. 1 and 2: the panel. 3: a supervisor, where they disagree.
  add column seat smallint not null default 0 check (seat between 0 and 3),
  -- Of a seat: which keying of the first pass the audit's is.
  add column turn smallint not null default 1;
alter table open_arbitration drop constraint open_arbitration_pkey;
alter table open_arbitration add primary key (page_id, seat);
alter table arbitration_lease
  add column seat smallint not null default 0,
  add column turn smallint not null default 1;
create index arbitration_lease_of_page on arbitration_lease (page_id, person_id);

create table override (
  override_id uuid primary key,
  audit_id uuid not null references audit,
  asked_by uuid not null,
  reason text not null,
  asked_at timestamptz(3) not null default clock_timestamp()
);
create trigger override_append_only before update or delete or truncate on override
  for each statement execute function refuse_change();

create table release (
  audit_id uuid primary key references audit,
  book_id uuid not null references book,
  released_by uuid not null,
  released_at timestamptz(3) not null default clock_timestamp(),
  override_id uuid references override,
  -- The gate's answer at that moment, and everything else that the certificate says.
  certificate json not null
);
create index release_of_book on release (book_id, released_at);
create trigger release_append_only before update or delete or truncate on release
  for each statement execute function refuse_change();

create function refuse_own_override() returns trigger language plpgsql as $$
begin
  if exists (select from override where override_id = new.override_id and asked_by = new.released_by)
  then
    raise exception 'an override needs a second supervisor' using errcode = 'SN002';
  end if;
  return new;
end $$;
create trigger override_by_two before insert on release
  for each row execute function refuse_own_override();

-- For going through a book.
create index page_of_book on page (book_id, page_id);
