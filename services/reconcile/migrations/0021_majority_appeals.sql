-- An appeal against a majority: nobody ruled, and what is asked is asked for the first time.
alter table recheck alter column ruling_id drop not null;
alter table recheck alter column arbiter_id drop not null;
alter table recheck
  add check ((ruling_id is null) = (arbiter_id is null)),
  add check (ruling_id is not null or reason = 'appeal');
