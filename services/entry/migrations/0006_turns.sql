-- A pass may be keyed again by somebody new (`page.reading-wanted.v1`): its turns count from 1, and a
-- turn may ask for some of the page's records only. A form's single fields are asked of one pass only.

alter table campaign add column single_fields boolean not null default false;

-- Which pass keys the form's single fields; null where it has none. Drawn, and told to nobody.
alter table page add column single_pass smallint check (single_pass in (1, 2));

alter table lease add column turn smallint not null default 1 check (turn > 0);

-- Of a spare reading: the turn of the lease that it was keyed under.
alter table entry add column turn smallint not null default 1 check (turn > 0);
alter table entry drop constraint entry_page_id_pass_key;
alter table entry add constraint entry_once_a_turn unique (page_id, pass, turn);
-- entry_two_people stays: one person fills at most one pass and turn of a page.

create table wanted_reading (
  page_id uuid not null references page,
  pass smallint not null check (pass in (1, 2)),
  turn smallint not null check (turn > 1),
  -- Which records, by their places on the page; null for all of them.
  places smallint[] check (cardinality(places) > 0),
  wanted_at timestamptz not null default clock_timestamp(),
  primary key (page_id, pass, turn)
);
create trigger wanted_reading_append_only before update or delete or truncate on wanted_reading
  for each statement execute function refuse_change();

-- Who is not to key a page that is wanted again: whoever had it in hand before, or saw a reading of it.
create table barred (
  page_id uuid not null references page,
  person_no int not null references person,
  primary key (page_id, person_no)
);
create trigger barred_append_only before update or delete or truncate on barred
  for each statement execute function refuse_change();

create function refuse_barred() returns trigger language plpgsql as $$
begin
  if exists (select from barred b where b.page_id = new.page_id and b.person_no = new.person_no) then
    raise exception 'a page that is keyed again is keyed by somebody new' using errcode = 'SN003';
  end if;
  return new;
end $$;
create trigger entry_by_somebody_new before insert on entry
  for each row when (new.pass is not null) execute function refuse_barred();

alter table open_page
  add column turn_1 smallint not null default 1,
  add column turn_2 smallint not null default 1,
  -- A copy: which page is given need not be looked up elsewhere.
  add column single_pass smallint,
  -- Not null: wanted again, and not by these. A copy of the page's rows in `barred`, so that claiming
  -- reads nothing more of pages that are keyed for the first time. Rejected: asking `barred` by person
  -- at each claim, which grows with every page that was ever wanted again.
  add column barred int[],
  add check (token_1 is null or barred is null or holder_1 <> all (barred)),
  add check (token_2 is null or barred is null or holder_2 <> all (barred));
create index open_page_again on open_page (lane, draw, sequence) where barred is not null;

-- A reading of the page is wanted. Nothing is returned for an unknown page; `is_new` is false when it
-- was said before.
create function want_reading(of_page uuid, of_pass int, of_turn int, of_places int[], not_by int[])
returns table (campaign_id uuid, is_new boolean) language plpgsql as $$
#variable_conflict use_column
declare
  campaign uuid;
  reached int;
begin
  select b.campaign_id into campaign from page p join book b using (book_id)
    where p.page_id = of_page;
  if campaign is null then return; end if;
  insert into wanted_reading (page_id, pass, turn, places)
    values (of_page, of_pass, of_turn, of_places) on conflict do nothing;
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

-- Frees each keyed pass of which a further turn is wanted, the lowest turn first; until the pass is
-- keyed, a wanted turn waits for its own. The page's row is locked, or the page has both passes keyed.
create function begin_turns(of_page uuid) returns void language plpgsql as $$
#variable_conflict use_column
declare
  open record;
  next_1 int;
  next_2 int;
begin
  insert into open_page
      (page_id, book_id, lane, sequence, draw, single_pass, holder_1, turn_1, holder_2, turn_2)
    select p.page_id, p.book_id, c.lane, p.sequence, b.draw, p.single_pass,
      e1.person_no, e1.turn, e2.person_no, e2.turn
    from page p join book b using (book_id) join campaign c using (campaign_id)
    cross join lateral (select person_no, turn from entry
      where page_id = of_page and pass = 1 order by turn desc limit 1) e1
    cross join lateral (select person_no, turn from entry
      where page_id = of_page and pass = 2 order by turn desc limit 1) e2
    where p.page_id = of_page
    on conflict do nothing;
  select holder_1, token_1, turn_1, holder_2, token_2, turn_2 into strict open
    from open_page where page_id = of_page;
  select min(turn) filter (where pass = 1 and turn > open.turn_1),
         min(turn) filter (where pass = 2 and turn > open.turn_2) into next_1, next_2
    from wanted_reading where page_id = of_page;
  if open.holder_1 is null or open.token_1 is not null then next_1 := null; end if;
  if open.holder_2 is null or open.token_2 is not null then next_2 := null; end if;

  if next_1 is not null or next_2 is not null then
    -- Everybody who had the page in hand, but for who has its other pass in hand now and keys it on.
    insert into barred (page_id, person_no)
      select distinct of_page, l.person_no from lease l
      where l.page_id = of_page
        and not (open.token_1 is not null and l.person_no = open.holder_1)
        and not (open.token_2 is not null and l.person_no = open.holder_2)
      on conflict do nothing;
  end if;
  update open_page set
      holder_1 = case when next_1 is null then holder_1 end,
      turn_1 = coalesce(next_1, turn_1),
      holder_2 = case when next_2 is null then holder_2 end,
      turn_2 = coalesce(next_2, turn_2),
      barred = array(select person_no from barred where page_id = of_page)
    where page_id = of_page;
end $$;
