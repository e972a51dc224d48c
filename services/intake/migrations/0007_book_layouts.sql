-- By which layouts of its campaign's form the pages of a book are shown; null: by the first one, empty: by none.
alter table book add column layouts text[];
