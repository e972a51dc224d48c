-- That nobody both types a page and rules on it holds also for two transactions at the same moment,
-- neither of which sees what the other has not committed. Whoever notes that somebody saw the page
-- holds its row by the foreign key; so a ruling waits for that, and that for a ruling.
create or replace function refuse_own_page() returns trigger language plpgsql as $$
begin
  perform from page where page_id = new.page_id for update;
  if exists (select from seen where page_id = new.page_id and person_id = new.arbiter_id) then
    raise exception 'an arbiter does not rule on a page that he or she has typed'
      using errcode = 'SN002';
  end if;
  return new;
end $$;

create function refuse_own_ruling() returns trigger language plpgsql as $$
begin
  if exists (select from ruling where page_id = new.page_id and arbiter_id = new.person_id) then
    raise exception 'nobody has typed a page that he or she ruled on' using errcode = 'SN002';
  end if;
  return null;
end $$;
-- After the foreign key has taken its lock: triggers fire by name, and its own begins with `RI_`.
create trigger typist_did_not_rule after insert on seen
  for each row execute function refuse_own_ruling();
