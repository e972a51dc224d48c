-- The functions that give pages, as before, but for what a page that is wanted again needs: it is passed
-- over for who is barred, and where pairs are declared anybody of any pair may have it.

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
        and case when not only_pairs then other_by <> me
              when barred is not null then allowed <> '{}' and other_by <> me
              else other_by = any (allowed) end
      order by sequence limit 1 for update skip locked;
    if found is not null then return found; end if;
  end if;

  for lane_no, only_pairs, campaign in
    select c.lane, c.paired, c.campaign_id from campaign c order by c.lane
  loop
    if only_pairs then
      -- Pages of a partner's, untouched ones and, as null, those wanted again, in random order: which
      -- of them come is no hint.
      allowed := partners_of(me, campaign);
      if allowed <> '{}' then allowed := allowed || null::int; end if;
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

drop function fill_hands(int, int, float8, uuid[]);
create function fill_hands(me int, capacity int, lease_seconds float8, tokens uuid[])
returns table (
  page_id uuid, book_title text, sequence int, form_name text, form_version int,
  lease_token uuid, expires_at timestamptz,
  -- Null: all of the page's records.
  places smallint[],
  -- Without the form's single fields.
  core_only boolean
)
language plpgsql as $$
#variable_conflict use_column
declare
  remembered uuid[];
  held uuid[];
  last_book uuid;
  current_book uuid;
  skipped uuid[];
  spare uuid[];
  claimed uuid;
begin
  select p.holding, p.book_id into remembered, last_book from person p where p.person_no = me;
  -- Some of the leases may have ended since.
  select coalesce(array_agg(page_id order by place), '{}'),
         coalesce((array_agg(book_id order by place desc))[1], last_book)
    into held, current_book
    from (select o.page_id, o.book_id, array_position(remembered, o.page_id) as place
      from open_page o where o.page_id = any (remembered)
        and ((o.holder_1 = me and o.token_1 is not null)
          or (o.holder_2 = me and o.token_2 is not null))) r;

  if cardinality(held) < capacity then
    select coalesce(array_agg(s.page_id), '{}') into skipped
      from skip s join open_page using (page_id) where s.person_no = me;
    select coalesce(array_agg(e.page_id), '{}') into spare
      from entry e join open_page using (page_id) where e.person_no = me and e.pass is null;
    while cardinality(held) < capacity loop
      -- A page of which this person left a spare reading comes last, but it comes: in a small team
      -- there may be nobody else for it.
      claimed := claim_page(me, current_book, skipped || spare);
      if claimed is null and cardinality(spare) > 0 then
        claimed := claim_page(me, current_book, skipped);
      end if;
      exit when claimed is null;
      current_book := lease_page(claimed, me, tokens[cardinality(held) + 1], lease_seconds);
      held := held || claimed;
    end loop;
  end if;

  if held <> remembered or current_book is distinct from last_book then
    update person set holding = held, book_id = current_book where person_no = me;
  end if;
  if cardinality(held) >= capacity then delete from waiting where person_no = me; end if;
  return query select o.page_id, b.title, o.sequence, c.form_name, c.form_version,
      case when mine.pass = 1 then o.token_1 else o.token_2 end,
      case when mine.pass = 1 then o.until_1 else o.until_2 end,
      case when mine.turn > 1 then (select w.places from wanted_reading w
        where w.page_id = o.page_id and w.pass = mine.pass and w.turn = mine.turn) end,
      o.single_pass is not null and o.single_pass <> mine.pass
    from open_page o join book b using (book_id) join campaign c using (campaign_id)
    cross join lateral (select
      case when o.holder_1 = me then 1 else 2 end as pass,
      case when o.holder_1 = me then o.turn_1 else o.turn_2 end as turn) mine
    where o.page_id = any (held) order by array_position(held, o.page_id);
end $$;

-- A free pass of a page that is locked becomes this person's. Returns the page's book.
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
  insert into lease (lease_token, page_id, person_no, pass, turn) values (token, claimed, me, taken,
    case when taken = 1 then open.turn_1 else open.turn_2 end);
  return open.book_id;
end $$;

-- Where the passes differ in what they key, who comes back gets the same as before, and who is new the
-- pass that nobody had: the other way round, a page that was given back would come back changed, which
-- tells that somebody else took it meanwhile.
create function choose_pass(of_page uuid, me int, turn_1 int, turn_2 int) returns int
language sql stable as $$
  select coalesce(
    (select l.pass from lease l
      where l.page_id = of_page and l.person_no = me
        and l.turn = case l.pass when 1 then turn_1 else turn_2 end
      order by l.leased_at desc limit 1),
    (select p from generate_series(1, 2) p
      where not exists (select from lease l where l.page_id = of_page and l.pass = p
        and l.turn = case p when 1 then turn_1 else turn_2 end)
      order by p limit 1),
    1)
$$;
