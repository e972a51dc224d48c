-- All that a decision on an entry needs, in one call: each way to the database and back costs more
-- than what is done there (decision 0011). The person's row is locked first, then the page's; each
-- select sees what was committed before its turn, as it must after a lock.
create function look_up_submission(submitter uuid, entry uuid, of_page uuid, token uuid)
returns table (
  person_no int, campaign_id uuid, form json,
  -- What is stored under the entry's id; null for nothing.
  stored_page uuid, stored_by int, stored_records json,
  -- Null in all when the page is no longer open.
  page_id uuid, holder_1 int, token_1 uuid, until_1 timestamptz,
  holder_2 int, token_2 uuid, until_2 timestamptz,
  -- Whether this person may key the page beside whoever has its other pass.
  may_pair boolean,
  seen_by uuid[]
)
language plpgsql as $$
#variable_conflict use_column
declare
  person record;
  leased record;
  stored record;
  open record;
begin
  select p.person_no into person from person p where p.person_id = submitter for update;
  -- Only who once held a lease on the page may hand in an entry for it; the lease may have ended.
  select c.campaign_id, c.form, c.paired into leased
    from lease l join page p using (page_id) join book b using (book_id)
    join campaign c using (campaign_id)
    where l.lease_token = token and l.person_no = person.person_no and l.page_id = of_page;
  if leased is null then return; end if;
  select e.page_id, e.person_no, e.records into stored from entry e where e.entry_id = entry;
  select o.page_id, o.holder_1, o.token_1, o.until_1, o.holder_2, o.token_2, o.until_2 into open
    from open_page o where o.page_id = of_page for update;
  return query select person.person_no, leased.campaign_id, leased.form,
    stored.page_id, stored.person_no, stored.records,
    open.page_id, open.holder_1, open.token_1, open.until_1, open.holder_2, open.token_2, open.until_2,
    not leased.paired or coalesce(open.holder_1, open.holder_2) is null or exists (
      select from declared_pair d where d.campaign_id = leased.campaign_id
        and d.person_no = person.person_no and d.partner_no in (open.holder_1, open.holder_2)),
    array(select distinct p.person_id from lease l join person p using (person_no)
      where l.page_id = of_page);
end $$;
