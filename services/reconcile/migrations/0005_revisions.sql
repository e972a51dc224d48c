-- A settled page may be opened again, when other rules find that what both typists wrote needs a person
-- after all. What was settled stays; what is settled then is the next revision of the same records.

alter table settled_record add column revision smallint not null default 1;
alter table settled_record drop constraint settled_record_pkey;
alter table settled_record drop constraint settled_record_page_id_record_key;
alter table settled_record add primary key (record_id, revision);
alter table settled_record add constraint settled_record_once unique (page_id, record, revision);
drop index settled_record_of_campaign;
create index settled_record_of_campaign on settled_record (campaign_id, record_id, revision);

alter table settled_page
  add column revision smallint not null default 1,
  -- What was counted for and against its typists, by the rules of then: taken back when the page is
  -- settled again. Null: settled by an earlier release.
  add column judged json;
alter table settled_page drop constraint settled_page_pkey;
alter table settled_page add primary key (page_id, revision);

-- For going through a campaign page by page.
create index page_of_campaign on page (campaign_id, page_id);
