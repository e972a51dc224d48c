-- At which computer a person works, so that a second one is noticed.
create table desk (
  person_id uuid primary key references account,
  desk_id uuid not null,
  seen_at timestamptz not null
);
