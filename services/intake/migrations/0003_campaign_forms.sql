-- A campaign may go on with another version of its form. What it was opened with stays known: the same
-- opening sent again is no other one.

alter table campaign add column opened_version int;
update campaign set opened_version = form_version;
alter table campaign alter column opened_version set not null;
