-- What supervisors decide about pages that typists handed back: they are offered again, or set aside.

create table offered_again (
  page_id uuid not null references page,
  person_id uuid not null,
  note text,
  offered_at timestamptz not null default clock_timestamp(),
  primary key (page_id, offered_at)
);
create trigger offered_again_append_only before update or delete or truncate on offered_again
  for each statement execute function refuse_change();

-- Every skip that was said. One may skip a page again that was offered again.
alter table skip rename to skip_said;
alter table skip_said drop constraint skip_pkey;
alter table skip_said add primary key (person_no, page_id, skipped_at);
-- Those that stand: whoever skipped is not given the page.
create view skip as
  select person_no, page_id, reason, note, skipped_at from skip_said s
  where not exists (
    select from offered_again o where o.page_id = s.page_id and o.offered_at > s.skipped_at);

-- Pages of an open state that this person skipped and that were offered again since: for him or her only when
-- there is nothing else.
create function better_for_others(me int) returns uuid[] language sql stable as $$
  select coalesce(array_agg(distinct s.page_id), '{}')
  from skip_said s join open_page using (page_id) join offered_again using (page_id)
  where s.person_no = me
$$;

alter function claim_page(int, uuid, uuid[]) rename to claim_any_page;
create function claim_page(me int, current_book uuid, passed_over uuid[]) returns uuid
language plpgsql as $$
declare
  for_others uuid[] := better_for_others(me);
  found uuid;
begin
  found := claim_any_page(me, current_book, passed_over || for_others);
  if found is not null or for_others = '{}' then return found; end if;
  return claim_any_page(me, current_book, passed_over);
end $$;

-- Pages that are set aside now; what was decided when is in intake.
create table aside_page (
  page_id uuid primary key references page,
  -- Another page stands in its place: it is none of its book's any more.
  replaced boolean not null
);

-- Nothing of a page that is set aside is free. Its passes stay as they are, for when it is put back.
alter table open_page add column aside boolean not null default false;
drop index open_page_in_book;
drop index open_page_to_draw;
alter table open_page drop column free;
alter table open_page add column free smallint generated always as
  (case when aside then 0 else (holder_1 is null)::int + 2 * (holder_2 is null)::int end) stored;
create index open_page_in_book on open_page (book_id, sequence) where free > 0;
create index open_page_to_draw on open_page (lane, other_by, draw, sequence) where free > 0;

-- A page that is opened again, as a reading of it is wanted, may be set aside.
create function keep_aside() returns trigger language plpgsql as $$
begin
  new.aside := exists (select from aside_page a where a.page_id = new.page_id);
  return new;
end $$;
create trigger open_page_kept_aside before insert on open_page
  for each row when (new.holder_1 is not null) execute function keep_aside();
