-- True: the password was chosen by somebody else, and nothing else is open until its person chooses another.
alter table account add column must_change_password boolean not null default false;
