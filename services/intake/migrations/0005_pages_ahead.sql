-- How many pages a typist may hold beside the one being typed; null: as many as are asked for.
alter table campaign add column pages_ahead smallint check (pages_ahead between 1 and 19);
