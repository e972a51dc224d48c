-- Where pairs are declared, a page that is wanted again goes to anybody who is not barred, in a pair there or
-- not: with one pair alone, or two that both had it, there would be nobody to key it.

create or replace function draw_page(me int, current_book uuid, passed_over uuid[]) returns uuid
language plpgsql as $$
declare
  found uuid;
  lane_no int;
  only_pairs boolean;
  campaign uuid;
  allowed int[];
  beside int;
  start_by int;
  start_draw int;
begin
  -- In the book strictly by place, untouched or not: which page comes next must not tell whether
  -- somebody was there before. A book is small, so passing over one's own rows costs little.
  if current_book is not null then
    select c.paired, c.campaign_id into only_pairs, campaign
      from book b join campaign c using (campaign_id) where b.book_id = current_book;
    allowed := partners_of(me, campaign);
    select page_id into found from open_page
      where free > 0 and book_id = current_book and page_id <> all (passed_over)
        and (barred is null or me <> all (barred))
        and case when only_pairs and barred is null then other_by = any (allowed)
              else other_by <> me end
      order by sequence limit 1 for update skip locked;
    if found is not null then return found; end if;
  end if;

  for lane_no, only_pairs, campaign in
    select c.lane, c.paired, c.campaign_id from campaign c order by c.lane
  loop
    if only_pairs then
      -- Pages of a partner's, untouched ones and, as null, those wanted again, in random order: which
      -- of them come is no hint.
      allowed := partners_of(me, campaign) || null::int;
      for beside in select other from unnest(allowed) o (other) order by random()
      loop
        if beside is null then
          select page_id into found from open_page
            where free > 0 and lane = lane_no and barred is not null and me <> all (barred)
              and other_by <> me and page_id <> all (passed_over)
            order by draw, sequence limit 1 for update skip locked;
        else
          select page_id into found from open_page
            where free > 0 and lane = lane_no and other_by = beside and page_id <> all (passed_over)
              and (barred is null or me <> all (barred))
            order by draw, sequence limit 1 for update skip locked;
        end if;
        if found is not null then return found; end if;
      end loop;
      continue;
    end if;

    -- Half of the draws begin among untouched pages, half at a random colleague's.
    start_by := case when random() < 0.5 then 0
      else (select floor(random() * (max(person_no) + 1))::int from person) end;
    start_draw := floor(random() * 2147483647)::int;
    if start_by = me then start_by := me + 1; start_draw := 0; end if;

    if start_by < me then
      select page_id into found from open_page
        where free > 0 and lane = lane_no and (other_by, draw) >= (start_by, start_draw)
          and other_by < me and page_id <> all (passed_over)
          and (barred is null or me <> all (barred))
        order by other_by, draw, sequence limit 1 for update skip locked;
      if found is not null then return found; end if;
      select page_id into found from open_page
        where free > 0 and lane = lane_no and other_by > me and page_id <> all (passed_over)
          and (barred is null or me <> all (barred))
        order by other_by, draw, sequence limit 1 for update skip locked;
      if found is not null then return found; end if;
      select page_id into found from open_page
        where free > 0 and lane = lane_no and (other_by, draw) < (start_by, start_draw)
          and page_id <> all (passed_over)
          and (barred is null or me <> all (barred))
        order by other_by, draw, sequence limit 1 for update skip locked;
    else
      select page_id into found from open_page
        where free > 0 and lane = lane_no and (other_by, draw) >= (start_by, start_draw)
          and page_id <> all (passed_over)
          and (barred is null or me <> all (barred))
        order by other_by, draw, sequence limit 1 for update skip locked;
      if found is not null then return found; end if;
      select page_id into found from open_page
        where free > 0 and lane = lane_no and other_by < me and page_id <> all (passed_over)
          and (barred is null or me <> all (barred))
        order by other_by, draw, sequence limit 1 for update skip locked;
      if found is not null then return found; end if;
      select page_id into found from open_page
        where free > 0 and lane = lane_no and other_by > me
          and (other_by, draw) < (start_by, start_draw) and page_id <> all (passed_over)
          and (barred is null or me <> all (barred))
        order by other_by, draw, sequence limit 1 for update skip locked;
    end if;
    if found is not null then return found; end if;
  end loop;
  return null;
end $$;

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
      not leased.paired or open.barred is not null or coalesce(open.holder_1, open.holder_2) is null
      or exists (select from declared_pair d where d.campaign_id = leased.campaign_id
        and d.person_no = person.person_no and d.partner_no in (open.holder_1, open.holder_2))),
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
