-- Pages that supervisors took out of what is keyed of their books. They are compared and settled like any
-- other, so that putting one back needs nothing more; they are left out wherever a book is read or released.
create table aside_page (
  page_id uuid primary key references page,
  -- Why; of a page in whose place another one stands: replaced.
  reason text not null
);
