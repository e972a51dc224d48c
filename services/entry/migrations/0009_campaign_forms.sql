-- A campaign may go on with another version of its form. A page is keyed by the version that it was given
-- with, however long that takes: what was right when it was typed is not refused when it comes.

create table campaign_form (
  campaign_id uuid not null references campaign,
  form_version int not null,
  form json not null,
  primary key (campaign_id, form_version)
);
create trigger campaign_form_append_only before update or delete or truncate on campaign_form
  for each statement execute function refuse_change();
insert into campaign_form select campaign_id, form_version, form from campaign;
-- `form_version` stays, and says which one pages are given with from now on.
alter table campaign drop column form;

alter table lease add column form_version int;
drop trigger lease_append_only on lease;
update lease l set form_version = c.form_version
  from page p join book b using (book_id) join campaign c using (campaign_id)
  where p.page_id = l.page_id;
create trigger lease_append_only before update or delete or truncate on lease
  for each statement execute function refuse_change();
alter table lease alter column form_version set not null;

-- As before, but for the version of the form, which is kept with the lease.

create or replace function lease_page(claimed uuid, me int, token uuid, lease_seconds float8)
returns uuid
language plpgsql as $$
declare
  until timestamptz := clock_timestamp() + make_interval(secs => lease_seconds);
  open record;
  taken int;
begin
  select book_id, free, single_pass, turn_1, turn_2 into open from open_page where page_id = claimed;
  taken := case when open.free & 1 = 1 then 1 when open.free & 2 = 2 then 2 end;
  if taken is null then raise exception 'a claimed page has no free pass'; end if;
  if open.free = 3 and open.single_pass is not null then
    taken := choose_pass(claimed, me, open.turn_1, open.turn_2);
  end if;
  if taken = 1 then
    update open_page set holder_1 = me, token_1 = token, until_1 = until where page_id = claimed;
  else
    update open_page set holder_2 = me, token_2 = token, until_2 = until where page_id = claimed;
  end if;
  insert into lease (lease_token, page_id, person_no, pass, turn, form_version)
    select token, claimed, me, taken, case when taken = 1 then open.turn_1 else open.turn_2 end,
      c.form_version
    from book b join campaign c using (campaign_id) where b.book_id = open.book_id;
  return open.book_id;
end $$;

-- With which version of its form a page was given. Not `stable`: it sees what `fill_hands` did in the same
-- statement.
create function version_given(token uuid) returns int language plpgsql as $$
begin
  return (select l.form_version from lease l where l.lease_token = token);
end $$;

-- As before, but for the form, which is the one that the page was given with.

create or replace function look_up_submission(submitter uuid, entry uuid, of_page uuid, token uuid)
returns table (
  person_no int, campaign_id uuid, form json,
  -- What is stored under the entry's id; null for nothing.
  stored_page uuid, stored_by int, stored_records json,
  -- Null in all when the page is no longer open.
  page_id uuid, holder_1 int, token_1 uuid, until_1 timestamptz,
  holder_2 int, token_2 uuid, until_2 timestamptz,
  -- Whether this person may key the page, beside whoever has its other pass.
  may_key boolean,
  seen_by uuid[],
  -- What the lease was for.
  lease_pass int, lease_turn int, lease_places smallint[],
  -- Which pass keys the form's single fields; null where it has none.
  single_pass int,
  -- Which turns the passes of the open page are at, and the places of records that these ask for.
  turn_1 int, places_1 smallint[], turn_2 int, places_2 smallint[],
  -- Whether a further turn of a pass is wanted once this one is keyed.
  more_wanted boolean
)
language plpgsql as $$
#variable_conflict use_column
declare
  person record;
  leased record;
  stored record;
  open record;
begin
  select p.person_no into person from person p where p.person_id = submitter
    for no key update;
  -- Only who once held a lease on the page may hand in an entry for it; the lease may have ended.
  select c.campaign_id, f.form, c.paired, l.pass, l.turn, p.single_pass into leased
    from lease l join page p using (page_id) join book b using (book_id)
    join campaign c using (campaign_id)
    join campaign_form f on f.campaign_id = c.campaign_id and f.form_version = l.form_version
    where l.lease_token = token and l.person_no = person.person_no and l.page_id = of_page;
  if leased is null then return; end if;
  select e.page_id, e.person_no, e.records into stored from entry e where e.entry_id = entry;
  select o.page_id, o.holder_1, o.token_1, o.until_1, o.holder_2, o.token_2, o.until_2,
      o.turn_1, o.turn_2, o.barred into open
    from open_page o where o.page_id = of_page for update;
  return query select person.person_no, leased.campaign_id, leased.form,
    stored.page_id, stored.person_no, stored.records,
    open.page_id, open.holder_1, open.token_1, open.until_1, open.holder_2, open.token_2, open.until_2,
    (open.barred is null or person.person_no <> all (open.barred)) and (
      not leased.paired or coalesce(open.holder_1, open.holder_2) is null or exists (
        select from declared_pair d where d.campaign_id = leased.campaign_id
          and d.person_no = person.person_no
          and (open.barred is not null or d.partner_no in (open.holder_1, open.holder_2)))),
    array(select distinct p.person_id from lease l join person p using (person_no)
      where l.page_id = of_page),
    leased.pass::int, leased.turn::int,
    case when leased.turn > 1 then places_of(of_page, leased.pass, leased.turn) end,
    leased.single_pass::int,
    open.turn_1::int,
    case when open.turn_1 > 1 then places_of(of_page, 1, open.turn_1) end,
    open.turn_2::int,
    case when open.turn_2 > 1 then places_of(of_page, 2, open.turn_2) end,
    open.barred is not null and exists (select from wanted_reading w where w.page_id = of_page
      and w.turn > case w.pass when 1 then open.turn_1 else open.turn_2 end);
end $$;
