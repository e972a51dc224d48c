-- Settled pages whose every value two supervisors confirmed: shown again now and then, as ordinary pages, to
-- people who never met them. What they key is judged, and takes part in nothing.

-- One supervisor stands for every value of a page as this settling has them.
create table known_page_confirmation (
  page_id uuid not null references page,
  revision smallint not null,
  person_id uuid not null,
  confirmed_at timestamptz not null default clock_timestamp(),
  primary key (page_id, revision, person_id)
);
create trigger known_page_confirmation_append_only before update or delete or truncate
  on known_page_confirmation for each statement execute function refuse_change();

create table known_page (
  page_id uuid primary key references page,
  campaign_id uuid not null references campaign,
  revision smallint not null,
  first_by uuid not null,
  second_by uuid not null,
  named_at timestamptz not null default clock_timestamp(),
  -- The database itself wants two people.
  check (first_by <> second_by),
  foreign key (page_id, revision, first_by) references known_page_confirmation,
  foreign key (page_id, revision, second_by) references known_page_confirmation
);
create index known_page_of_campaign on known_page (campaign_id, named_at);
create trigger known_page_append_only before update or delete or truncate on known_page
  for each statement execute function refuse_change();

create table known_page_end (
  page_id uuid primary key references known_page,
  reason text not null check (reason in ('supervisor', 'settled-anew')),
  -- Null: nobody did it by hand.
  ended_by uuid,
  ended_at timestamptz not null default clock_timestamp()
);
create trigger known_page_end_append_only before update or delete or truncate on known_page_end
  for each statement execute function refuse_change();

-- What somebody keyed of a known page, and how it was judged by the values that were confirmed.
create table known_answer (
  entry_id uuid primary key,
  page_id uuid not null references known_page,
  person_id uuid not null,
  campaign_id uuid not null,
  form_version int not null,
  -- The day of keying, as the service's clock has it.
  day date not null,
  records json not null,
  judged int not null,
  wrong int not null,
  major int not null,
  left_out int not null,
  made_up int not null,
  -- Never twice to one person.
  unique (page_id, person_id)
);
create index known_answer_of_campaign on known_answer (campaign_id, person_id);
create trigger known_answer_append_only before update or delete or truncate on known_answer
  for each statement execute function refuse_change();
