-- Gives a person, whose row is locked, new pages until he or she holds so many, in one call and not in
-- eight a page. Returns all that is held, the longest-held first. Whoever's hands are full waits no
-- longer. A new lease takes one of the tokens and lasts from now on.

create function fill_hands(me int, capacity int, lease_seconds float8, tokens uuid[])
returns table (
  page_id uuid, book_title text, sequence int, form_name text, form_version int,
  lease_token uuid, expires_at timestamptz
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
      case when o.holder_1 = me then o.token_1 else o.token_2 end,
      case when o.holder_1 = me then o.until_1 else o.until_2 end
    from open_page o join book b using (book_id) join campaign c using (campaign_id)
    where o.page_id = any (held) order by array_position(held, o.page_id);
end $$;

-- The free pass of a page that is locked becomes this person's. Returns the page's book.
create function lease_page(claimed uuid, me int, token uuid, lease_seconds float8) returns uuid
language plpgsql as $$
declare
  until timestamptz := clock_timestamp() + make_interval(secs => lease_seconds);
  open record;
begin
  select book_id, free into open from open_page where page_id = claimed;
  if open.free & 1 = 1 then
    update open_page set holder_1 = me, token_1 = token, until_1 = until where page_id = claimed;
  elsif open.free & 2 = 2 then
    update open_page set holder_2 = me, token_2 = token, until_2 = until where page_id = claimed;
  else
    raise exception 'a claimed page has no free pass';
  end if;
  insert into lease (lease_token, page_id, person_no, pass)
    values (token, claimed, me, case when open.free & 1 = 1 then 1 else 2 end);
  return open.book_id;
end $$;

-- Without it a person's whole work was read for each page given.
create index entry_spare on entry (person_no, page_id) where pass is null;
