-- A further turn of a pass may ask for some fields of some records only.

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

-- Of each of the places these fields only; null for all of them. Not `stable`: it sees what was stored while
-- a lock was waited for.
create function cells_of(of_page uuid, of_pass int, of_turn int) returns json
language plpgsql as $$
begin
  return (select w.cells from wanted_reading w
    where w.page_id = of_page and w.pass = of_pass and w.turn = of_turn);
end $$;

-- What a page was given for. Not `stable`: it sees what `fill_hands` did in the same statement.
create function cells_given(token uuid) returns json language plpgsql as $$
begin
  return (select w.cells from lease l join wanted_reading w using (page_id, pass, turn)
    where l.lease_token = token);
end $$;
