-- Supervisors take pages out of what is keyed of their books, and put them back. The last word counts.
create table page_decision (
  decision_no bigint generated always as identity primary key,
  page_id uuid not null references page,
  kind text not null check (kind in ('set-aside', 'replaced', 'restored')),
  person_id uuid not null,
  reason text,
  note text,
  decided_at timestamptz(3) not null default clock_timestamp()
);
create index page_decision_of_page on page_decision (page_id, decision_no desc);
create trigger page_decision_append_only before update or delete or truncate on page_decision
  for each statement execute function refuse_change();

-- A page is never changed: a better image is a page of its own at the same place, with the next scan.
alter table page add column scan smallint not null default 1 check (scan > 0);
alter table page drop constraint page_book_id_sequence_key;
alter table page add unique (book_id, sequence, scan);

-- What replaces a page says which, and who wants that.
alter table file add column replaces uuid references page;
alter table file add column replaced_by uuid;
alter table file add column replacing_note text;
alter table file add check ((replaces is null) = (replaced_by is null));
