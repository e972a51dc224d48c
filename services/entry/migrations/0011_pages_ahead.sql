-- How many pages a typist may hold beside the one being typed; null: as many as are asked for.
alter table campaign add column pages_ahead smallint check (pages_ahead between 1 and 19);

-- How many pages may be held by whoever is in this book; null: no bound of its campaign.
create function room_in(book uuid) returns int
language sql stable as $$
  select c.pages_ahead + 1 from book b join campaign c using (campaign_id) where b.book_id = book
$$;

-- As before, and to no more than the campaign of the book allows.
drop function fill_hands(int, int, float8, uuid[]);
create function fill_hands(me int, capacity int, lease_seconds float8, tokens uuid[])
returns table (
  page_id uuid, book_title text, sequence int, form_name text, form_version int,
  lease_token uuid, expires_at timestamptz,
  -- Null: all of the page's records.
  places smallint[],
  -- Without the form's single fields.
  core_only boolean,
  -- Null: the campaign leaves it to whoever asks.
  pages_ahead smallint,
  -- Nothing more may be held.
  is_full boolean
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
  room int;
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

  -- With empty hands one may come into any campaign, and its first page says how many.
  room := case when held = '{}' then capacity else least(capacity, room_in(current_book)) end;

  if cardinality(held) < room then
    select coalesce(array_agg(s.page_id), '{}') into skipped
      from skip s join open_page using (page_id) where s.person_no = me;
    select coalesce(array_agg(e.page_id), '{}') into spare
      from entry e join open_page using (page_id) where e.person_no = me and e.pass is null;
    while cardinality(held) < room loop
      -- A page of which this person left a spare reading comes last, but it comes: in a small team
      -- there may be nobody else for it.
      claimed := claim_page(me, current_book, skipped || spare);
      if claimed is null and cardinality(spare) > 0 then
        claimed := claim_page(me, current_book, skipped);
      end if;
      exit when claimed is null;
      current_book := lease_page(claimed, me, tokens[cardinality(held) + 1], lease_seconds);
      held := held || claimed;
      room := least(capacity, room_in(current_book));
    end loop;
  end if;

  if held <> remembered or current_book is distinct from last_book then
    update person set holding = held, book_id = current_book where person_no = me;
  end if;
  if cardinality(held) >= room then delete from waiting where person_no = me; end if;
  return query select o.page_id, b.title, o.sequence, c.form_name, c.form_version,
      case when mine.pass = 1 then o.token_1 else o.token_2 end,
      case when mine.pass = 1 then o.until_1 else o.until_2 end,
      case when mine.turn > 1 then (select w.places from wanted_reading w
        where w.page_id = o.page_id and w.pass = mine.pass and w.turn = mine.turn) end,
      o.single_pass is not null and o.single_pass <> mine.pass,
      c.pages_ahead, cardinality(held) >= room
    from open_page o join book b using (book_id) join campaign c using (campaign_id)
    cross join lateral (select
      case when o.holder_1 = me then 1 else 2 end as pass,
      case when o.holder_1 = me then o.turn_1 else o.turn_2 end as turn) mine
    where o.page_id = any (held) order by array_position(held, o.page_id);
end $$;
