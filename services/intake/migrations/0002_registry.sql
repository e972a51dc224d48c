-- What campaigns are keyed by: drafts of forms, code lists, administrative units.

create table form_draft (
  name text not null,
  version int not null,
  definition json not null,
  saved_at timestamptz not null default clock_timestamp(),
  primary key (name, version)
);

create table code_list (
  name text not null,
  -- The day from which this edition holds.
  date date not null,
  label json not null,
  entries json not null,
  imported_at timestamptz not null default clock_timestamp(),
  primary key (name, date)
);
create trigger code_list_append_only before update or delete or truncate on code_list
  for each statement execute function refuse_change();

-- What somebody is about to import; gone once it is applied, or after a day.
create table unit_import (
  import_id uuid primary key,
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  source text not null,
  opened_at timestamptz not null default clock_timestamp(),
  -- What applying it did; null before.
  applied json
);

create table unit_import_row (
  import_id uuid not null references unit_import on delete cascade,
  line int not null,
  unit json not null,
  primary key (import_id, line)
);

-- A day of which it is known which units there were. Days between two of these are as the earlier one.
create table unit_state (
  valid_from date primary key,
  -- Where nothing is known from that day on, until a later state is imported.
  valid_to date check (valid_to > valid_from),
  source text not null,
  imported_at timestamptz not null default clock_timestamp()
);
create trigger unit_state_append_only before update or delete or truncate on unit_state
  for each statement execute function refuse_change();

-- A unit as long as nothing about it changed. Codes are given again to other units.
create table unit_version (
  unit_id uuid primary key,
  code text not null,
  level text not null,
  type text,
  name text not null,
  -- With tone marks in one place and in small letters; then without the type; then without marks.
  name_key text not null,
  bare_key text not null,
  folded_key text not null,
  parent_id uuid references unit_version,
  valid_from date not null,
  -- The first day on which it did not hold any more.
  valid_to date check (valid_to > valid_from),
  unique (code, valid_from)
);
create index unit_by_name on unit_version (name_key);
create index unit_by_bare_name on unit_version (bare_key);
create index unit_by_folded_name on unit_version (folded_key);
create index unit_of_parent on unit_version (parent_id);
create index unit_by_end on unit_version (valid_to);

-- Nothing about a version changes but that it ends, once.
create function refuse_unit_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.valid_to is null and new.valid_to is not null
      and (to_jsonb(new) - 'valid_to') = (to_jsonb(old) - 'valid_to') then
      return new;
    end if;
  end if;
  raise exception 'a version of a unit only ends, once' using errcode = 'SN001';
end $$;
create trigger unit_version_only_ends before update or delete on unit_version
  for each row execute function refuse_unit_change();
create trigger unit_version_kept before truncate on unit_version
  for each statement execute function refuse_change();

-- Which units a unit was made of.
create table unit_succession (
  from_id uuid not null references unit_version,
  to_id uuid not null references unit_version,
  part text not null check (part in ('whole', 'part')),
  primary key (from_id, to_id)
);
create index unit_succession_to on unit_succession (to_id);
create trigger unit_succession_append_only before update or delete or truncate on unit_succession
  for each statement execute function refuse_change();
