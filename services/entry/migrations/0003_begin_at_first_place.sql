-- A draw lands among untouched pages or among those of a colleague, so the page that it lands on told
-- whose pages stand before it: who was given place 2 of a new book, and place 1 after it, knew that
-- somebody had been at place 1. So a draw only says into which book one goes; there one begins at the
-- first place.
alter function claim_page(int, uuid, uuid[]) rename to draw_page;

create function claim_page(me int, current_book uuid, passed_over uuid[]) returns uuid
language plpgsql as $$
declare
  drawn uuid;
  its_book uuid;
begin
  drawn := draw_page(me, current_book, passed_over);
  select book_id into its_book from open_page where page_id = drawn;
  if drawn is null or its_book = current_book then return drawn; end if;
  return draw_page(me, its_book, passed_over);
end $$;
