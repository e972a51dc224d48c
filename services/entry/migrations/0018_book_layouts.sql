-- By which layouts of its form the pages of a book are shown; null: by the first one, empty: by none.
alter table book add column layouts text[];

-- Not `stable`: it sees what `fill_hands` did in the same statement.
create function layouts_of(page uuid) returns text[] language plpgsql as $$
begin
  return (select b.layouts from page p join book b using (book_id) where p.page_id = page);
end $$;
