-- As before, and what the lease and the passes ask for. The person's row is locked so that other rows may
-- go on to refer to it: what reconcile wants is stored page by page, and would wait in a circle.

drop function look_up_submission(uuid, uuid, uuid, uuid);
create function look_up_submission(submitter uuid, entry uuid, of_page uuid, token uuid)
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
  select c.campaign_id, c.form, c.paired, l.pass, l.turn, p.single_pass into leased
    from lease l join page p using (page_id) join book b using (book_id)
    join campaign c using (campaign_id)
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

-- Which records a later turn of a pass asks for; null for all of them.
create function places_of(of_page uuid, of_pass int, of_turn int) returns smallint[]
language sql stable as $$
  select w.places from wanted_reading w
    where w.page_id = of_page and w.pass = of_pass and w.turn = of_turn
$$;
