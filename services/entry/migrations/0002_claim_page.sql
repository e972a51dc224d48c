-- Finds and locks one open page for a person: in the book he or she is in, else by a random draw.
-- Pages that the other pass made by this person shuts out are passed over as a range of the index,
-- not row by row: with a million pages all but one's own left, that is 0.5 ms instead of 70.
-- Rejected: a join to the other pass (the planner took a sequential scan), two rows a page
-- (deadlocks), one track of a book a person (few books starve people).

-- Beside whom this person may key in a paired campaign: declared partners, or nobody yet (0).
-- Empty for somebody without a partner.
create function partners_of(me int, campaign uuid) returns int[] language sql stable as $$
  select case when count(*) = 0 then '{}' else array_agg(partner_no) || 0 end
  from declared_pair where campaign_id = campaign and person_no = me
$$;

create function claim_page(me int, current_book uuid, passed_over uuid[]) returns uuid
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
        and case when only_pairs then other_by = any (allowed) else other_by <> me end
      order by sequence limit 1 for update skip locked;
    if found is not null then return found; end if;
  end if;

  for lane_no, only_pairs, campaign in
    select c.lane, c.paired, c.campaign_id from campaign c order by c.lane
  loop
    if only_pairs then
      -- Pages of a partner's and untouched ones in random order: which of them come is no hint.
      for beside in select other from unnest(partners_of(me, campaign)) o (other) order by random()
      loop
        select page_id into found from open_page
          where free > 0 and lane = lane_no and other_by = beside and page_id <> all (passed_over)
          order by draw, sequence limit 1 for update skip locked;
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
        order by other_by, draw, sequence limit 1 for update skip locked;
      if found is not null then return found; end if;
      select page_id into found from open_page
        where free > 0 and lane = lane_no and other_by > me and page_id <> all (passed_over)
        order by other_by, draw, sequence limit 1 for update skip locked;
      if found is not null then return found; end if;
      select page_id into found from open_page
        where free > 0 and lane = lane_no and (other_by, draw) < (start_by, start_draw)
          and page_id <> all (passed_over)
        order by other_by, draw, sequence limit 1 for update skip locked;
    else
      select page_id into found from open_page
        where free > 0 and lane = lane_no and (other_by, draw) >= (start_by, start_draw)
          and page_id <> all (passed_over)
        order by other_by, draw, sequence limit 1 for update skip locked;
      if found is not null then return found; end if;
      select page_id into found from open_page
        where free > 0 and lane = lane_no and other_by < me and page_id <> all (passed_over)
        order by other_by, draw, sequence limit 1 for update skip locked;
      if found is not null then return found; end if;
      select page_id into found from open_page
        where free > 0 and lane = lane_no and other_by > me
          and (other_by, draw) < (start_by, start_draw) and page_id <> all (passed_over)
        order by other_by, draw, sequence limit 1 for update skip locked;
    end if;
    if found is not null then return found; end if;
  end loop;
  return null;
end $$;
