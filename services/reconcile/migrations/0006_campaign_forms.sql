-- A campaign may go on with another version of its form. Each round keeps the version that it compared by;
-- its questions are asked and its page is settled by that one.

create table campaign_form (
  campaign_id uuid not null references campaign,
  form_version int not null,
  form json not null,
  primary key (campaign_id, form_version)
);
create trigger campaign_form_append_only before update or delete or truncate on campaign_form
  for each statement execute function refuse_change();
insert into campaign_form select campaign_id, (form ->> 'version')::int, form from campaign;

-- By which pages are compared that were not compared before.
alter table campaign add column form_version int;
update campaign set form_version = (form ->> 'version')::int;
alter table campaign alter column form_version set not null;
alter table campaign drop column form;

alter table comparison add column form_version int;
drop trigger comparison_append_only on comparison;
update comparison k set form_version = c.form_version
  from page p join campaign c using (campaign_id)
  where p.page_id = k.page_id;
create trigger comparison_append_only before update or delete or truncate on comparison
  for each statement execute function refuse_change();
alter table comparison alter column form_version set not null;
