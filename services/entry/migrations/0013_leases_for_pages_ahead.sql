-- Who holds pages for a line that is away cannot renew them meanwhile: a quarter of the usual time more for
-- each page ahead, or the last of them would be somebody else's before it is typed.
create function lease_until(book uuid, usual_seconds float8) returns timestamptz
language sql as $$
  select clock_timestamp() + make_interval(secs => usual_seconds * (1 + coalesce(max(c.pages_ahead), 0) / 4.0))
  from book b join campaign c using (campaign_id) where b.book_id = book
$$;

create or replace function lease_page(claimed uuid, me int, token uuid, lease_seconds float8)
returns uuid
language plpgsql as $$
declare
  until timestamptz;
  open record;
  taken int;
begin
  select book_id, free, single_pass, turn_1, turn_2 into open from open_page where page_id = claimed;
  until := lease_until(open.book_id, lease_seconds);
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
  insert into lease (lease_token, page_id, person_no, pass, turn, form_version)
    select token, claimed, me, taken, case when taken = 1 then open.turn_1 else open.turn_2 end,
      c.form_version
    from book b join campaign c using (campaign_id) where b.book_id = open.book_id;
  return open.book_id;
end $$;
