-- A further turn of a pass may ask for some fields of some records only. Each function is as before but
-- for that.

alter table wanted_reading
  -- Of each of the places, the names of the fields; null for all of them.
  add column cells json,
  add check (cells is null or json_array_length(cells) = cardinality(places));

drop function want_reading(uuid, int, int, int[], int[]);
create function want_reading(of_page uuid, of_pass int, of_turn int, of_places int[], of_cells json, not_by int[])
returns table (campaign_id uuid, is_new boolean) language plpgsql as $$
#variable_conflict use_column
declare
  campaign uuid;
  reached int;
begin
  select b.campaign_id into campaign from page p join book b using (book_id)
    where p.page_id = of_page;
  if campaign is null then return; end if;
  insert into wanted_reading (page_id, pass, turn, places, cells)
    values (of_page, of_pass, of_turn, of_places, of_cells) on conflict do nothing;
  if not found then return query select campaign, false; return; end if;

  select case of_pass when 1 then o.turn_1 else o.turn_2 end into reached
    from open_page o where o.page_id = of_page for update;
  if reached is null then
    select max(e.turn) into reached from entry e where e.page_id = of_page and e.pass = of_pass;
  end if;
  if reached is null or of_turn <= reached then
    raise exception 'this turn of the pass cannot be wanted: it was keyed';
  end if;
  insert into barred (page_id, person_no) select of_page, unnest(not_by) on conflict do nothing;
  -- Whoever has seen a reading meanwhile does not go on keying.
  update open_page set holder_1 = null, token_1 = null, until_1 = null
    where page_id = of_page and token_1 is not null and holder_1 = any (not_by);
  update open_page set holder_2 = null, token_2 = null, until_2 = null
    where page_id = of_page and token_2 is not null and holder_2 = any (not_by);
  perform begin_turns(of_page);
  return query select campaign, true;
end $$;

drop function fill_hands(int, int, float8, uuid[]);
create function fill_hands(me int, capacity int, lease_seconds float8, tokens uuid[])
returns table (
  page_id uuid, book_title text, sequence int, form_name text, form_version int,
  lease_token uuid, expires_at timestamptz,
  -- Null: all of the page's records.
  places smallint[],
  -- Without the form's single fields.
  core_only boolean,
  -- Of each of the places only these fields.
  cells json
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
      wanted.places,
      wanted.cells is null and o.single_pass is not null and o.single_pass <> mine.pass,
      wanted.cells
    from open_page o join book b using (book_id) join campaign c using (campaign_id)
    cross join lateral (select
      case when o.holder_1 = me then 1 else 2 end as pass,
      case when o.holder_1 = me then o.turn_1 else o.turn_2 end as turn) mine
    left join wanted_reading wanted on mine.turn > 1 and wanted.page_id = o.page_id
      and wanted.pass = mine.pass and wanted.turn = mine.turn
    where o.page_id = any (held) order by array_position(held, o.page_id);
end $$;

create function cells_of(of_page uuid, of_pass int, of_turn int) returns json
language sql stable as $$
  select w.cells from wanted_reading w
    where w.page_id = of_page and w.pass = of_pass and w.turn = of_turn
$$;

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
  lease_pass int, lease_turn int, lease_places smallint[], lease_cells json,
  -- Which pass keys the form's single fields; null where it has none.
  single_pass int,
  -- Which turns the passes of the open page are at, and the places of records that these ask for.
  turn_1 int, places_1 smallint[], cells_1 json, turn_2 int, places_2 smallint[], cells_2 json,
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
    case when leased.turn > 1 then cells_of(of_page, leased.pass, leased.turn) end,
    leased.single_pass::int,
    open.turn_1::int,
    case when open.turn_1 > 1 then places_of(of_page, 1, open.turn_1) end,
    case when open.turn_1 > 1 then cells_of(of_page, 1, open.turn_1) end,
    open.turn_2::int,
    case when open.turn_2 > 1 then places_of(of_page, 2, open.turn_2) end,
    case when open.turn_2 > 1 then cells_of(of_page, 2, open.turn_2) end,
    open.barred is not null and exists (select from wanted_reading w where w.page_id = of_page
      and w.turn > case w.pass when 1 then open.turn_1 else open.turn_2 end);
end $$;
