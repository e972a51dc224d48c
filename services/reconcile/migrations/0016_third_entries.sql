-- A third person keys the fields on which two differ, by the same turns of cells as an audit is keyed.

-- Null: asked for when the page was compared, and for no audit.
alter table audit_page alter column audit_id drop not null;
alter table audit_page
  -- Of a third entry: the records of the places, as rows of both entries.
  add column rows json,
  add check ((audit_id is null) = (rows is not null));
create unique index third_of_page on audit_page (page_id) where audit_id is null;

-- Of three readings, where the third person's is shown among the two others. Null: there are two.
alter table question add column third_at smallint check (third_at between 0 and 2);

alter table audit_item drop constraint audit_item_how_check;
alter table audit_item add check (how in ('agreed', 'majority', 'ruled', 'single'));

-- Whether third entries are asked for in a campaign; the last one set counts.
create table third_setting (
  campaign_id uuid not null references campaign,
  is_on boolean not null,
  set_by uuid not null,
  set_at timestamptz not null default clock_timestamp(),
  primary key (campaign_id, set_at)
);
create trigger third_setting_append_only before update or delete or truncate on third_setting
  for each statement execute function refuse_change();

-- Majorities of codes that are not probable enough, as counted when the third entry came: for an arbiter.
create table third_doubt (
  page_id uuid not null references page,
  first_row smallint not null,
  second_row smallint not null,
  field text not null,
  primary key (page_id, first_row, second_row, field)
);
create trigger third_doubt_append_only before update or delete or truncate on third_doubt
  for each statement execute function refuse_change();
