-- Pages whose answer is known (`known-page.named.v1`) are shown now and then, each to somebody who never met
-- it. A showing is a page of its own, of the same book, place and image: all that is done with a page is done
-- with it, and nothing that happens to the known page itself meets it.

-- The known page that this one shows; null for what is a page.
alter table page add column shows uuid references page;
-- Nobody else may have it, also when it is given back. Such a row is in no lane, so that nobody is led to it
-- and nothing counts it.
alter table open_page add column shown_to int references person;
create index open_page_shown on open_page (shown_to) where shown_to is not null;

create table known_page (
  page_id uuid primary key references page,
  campaign_id uuid not null references campaign,
  book_id uuid not null references book,
  sequence int not null,
  showings smallint not null default 0,
  retired boolean not null default false
);
create index known_page_to_show on known_page (campaign_id, book_id, sequence)
  where not retired and showings < 6;

-- Which part of the pages that are given is to be known ones: to whom keyed less than 500 fields, and to
-- others. The last row holds; where there is none, what `known_shares_of` says.
create table known_share (
  campaign_id uuid not null references campaign,
  newcomers float8 not null check (newcomers between 0 and 0.1),
  others float8 not null check (others between 0 and 0.1),
  set_by uuid not null,
  set_at timestamptz not null default clock_timestamp()
);
create index known_share_of_campaign on known_share (campaign_id, set_at);
create trigger known_share_append_only before update or delete or truncate on known_share
  for each statement execute function refuse_change();

alter table person
  -- Counted up to 500, where one is no newcomer any more.
  add column fields_keyed int not null default 0,
  -- How many known pages are due: the shares of the pages given, less those shown.
  add column known_due float8 not null default 0;
update person p set fields_keyed = 500 from (
    select person_no from entry group by person_no having count(*) >= 100) known
  where p.person_no = known.person_no;

create function known_shares_of(campaign uuid, out newcomers float8, out others float8)
language sql stable as $$
  select newcomers, others from (
    select s.newcomers, s.others, s.set_at from known_share s where s.campaign_id = campaign
    union all select 0.075, 0.015, '-infinity') set_or_usual
  order by set_at desc limit 1
$$;

create function known_share_of(me int, campaign uuid) returns float8 language sql stable as $$
  select case when p.fields_keyed < 500 then s.newcomers else s.others end
  from person p, known_shares_of(campaign) s where p.person_no = me
$$;

-- As before, and now and then a page whose answer is known, instead of the one that was found.
create or replace function claim_page(me int, current_book uuid, passed_over uuid[]) returns uuid
language plpgsql as $$
declare
  drawn uuid;
  its_book uuid;
  its_place int;
begin
  passed_over := passed_over || array(
    select page_id from open_page where shown_to <> me and free > 0);
  drawn := draw_page(me, current_book, passed_over);
  select book_id, sequence into its_book, its_place from open_page where page_id = drawn;
  if drawn is not null and its_book is distinct from current_book then
    drawn := draw_page(me, its_book, passed_over);
    select book_id, sequence into its_book, its_place from open_page where page_id = drawn;
  end if;
  if drawn is null or current_book is null then return drawn; end if;
  return coalesce(show_known_page(me, current_book, its_book, its_place), drawn);
end $$;

-- A showing for this person, or null. The share is kept over many pages, and by chance from page to page. It
-- comes where a page that was given back would come: before the next page of the book, if it stands before
-- that; or, on the way to another book, from any book in which nothing before it is free.
create function show_known_page(me int, current_book uuid, next_book uuid, next_place int) returns uuid
language plpgsql as $$
declare
  campaign uuid;
  due float8;
  known uuid;
  showing uuid;
begin
  select b.campaign_id into campaign from book b where b.book_id = current_book;
  if not exists (select from known_page k
    where k.campaign_id = campaign and not k.retired and k.showings < 6) then return null; end if;
  -- At most three are owed: who could be shown none for long is not shown many at once.
  update person set known_due = least(known_due + known_share_of(me, campaign), 3)
    where person_no = me returning known_due into due;
  if random() >= least(due, 0.5) then return null; end if;

  select k.page_id into known from known_page k
    where k.campaign_id = campaign and not k.retired and k.showings < 6
      and case when next_book = current_book then k.book_id = current_book and k.sequence < next_place
        else not exists (select from open_page o
          where o.book_id = k.book_id and o.free > 0 and o.sequence < k.sequence) end
      and not exists (select from open_page o where o.page_id = k.page_id)
      and not exists (select from barred b where b.page_id = k.page_id and b.person_no = me)
      and not exists (select from lease l where l.page_id = k.page_id and l.person_no = me)
    order by random() limit 1 for update skip locked;
  if known is null then return null; end if;

  showing := id_beside(known);
  insert into page (page_id, book_id, sequence, image_sha256, single_pass, shows)
    select showing, p.book_id, p.sequence, p.image_sha256,
      case when p.single_pass is not null then 1 + get_byte(uuid_send(gen_random_uuid()), 0) % 2 end,
      p.page_id
    from page p where p.page_id = known;
  -- Its other pass was keyed, by somebody beside whom this person may key.
  insert into open_page (page_id, book_id, lane, sequence, draw, single_pass, holder_2, shown_to)
    select showing, p.book_id, 0, p.sequence, b.draw, p.single_pass, coalesce(
        (select d.partner_no from declared_pair d
          where d.campaign_id = campaign and d.person_no = me order by random() limit 1),
        (select e.person_no from entry e where e.page_id = known and e.pass = 2
          order by e.turn desc limit 1)), me
    from page p join book b using (book_id) where p.page_id = showing;
  -- Never again, nor if the known page itself is to be keyed once more.
  insert into barred (page_id, person_no) values (known, me);
  update known_page set showings = showings + 1 where page_id = known;
  update person set known_due = known_due - 1 where person_no = me;
  return showing;
end $$;

-- A new id that looks as old as another one: ids begin with the moment at which they were made.
create function id_beside(id uuid) returns uuid language sql volatile as $$
  select (left(id::text, 15) || substr(gen_random_uuid()::text, 16))::uuid
$$;
