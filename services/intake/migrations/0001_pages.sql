-- Pages come in: campaigns, the forms they are keyed by, books, page images.

create table form (
  name text not null,
  version int not null,
  definition json not null,
  primary key (name, version)
);
create trigger form_append_only before update or delete or truncate on form
  for each statement execute function refuse_change();

create table campaign (
  campaign_id uuid primary key,
  name text not null,
  form_name text not null,
  form_version int not null,
  -- Person ids, two and two; empty for random pairs.
  pairs json not null,
  opened_at timestamptz not null default clock_timestamp(),
  foreign key (form_name, form_version) references form
);

create table book (
  book_id uuid primary key,
  campaign_id uuid not null references campaign,
  title text not null,
  pages int not null default 0,
  opened_at timestamptz not null default clock_timestamp()
);
create index book_of_campaign on book (campaign_id);

-- What was uploaded. Its pages are what is keyed.
create table file (
  file_id uuid primary key,
  campaign_id uuid not null references campaign,
  book_id uuid not null references book,
  -- Order of arrival. What was in a ZIP stands where the ZIP stands, from 1; all others have entry 0.
  place bigint not null,
  entry int not null default 0,
  inside uuid references file,
  -- Empty for what could not even be unpacked.
  sha256 text not null,
  name text not null,
  state text not null
    check (state in ('waiting', 'reading', 'received', 'unpacked', 'duplicate', 'refused')),
  -- How many are in it, once that is known; files where it is a ZIP.
  pages int,
  -- How many of its pages are in the book or refused; they are taken in order.
  pages_done int not null default 0,
  duplicate_of uuid references file,
  problem json,
  unique (place, entry)
);
create sequence file_place;
-- One file of these bytes in a campaign. One that was refused may come again.
create unique index file_once on file (campaign_id, sha256)
  where state not in ('duplicate', 'refused');
create index file_of_book on file (book_id, place, entry);
create index file_to_read on file (book_id, place, entry) where state in ('waiting', 'reading');
create index file_by_bytes on file (sha256);

create table refused_page (
  file_id uuid references file,
  page_in_file int,
  problem json not null,
  primary key (file_id, page_in_file)
);

create table image (
  sha256 text primary key,
  format text not null,
  width int not null,
  height int not null,
  bytes bigint not null
);

create table page (
  page_id uuid primary key,
  campaign_id uuid not null references campaign,
  book_id uuid not null references book,
  sequence int not null,
  image_sha256 text not null references image,
  file_id uuid not null references file,
  file_sha256 text not null,
  page_in_file int not null,
  received_at timestamptz not null default clock_timestamp(),
  unique (book_id, sequence),
  -- The same file twice in a campaign brings its pages once. Two pages of it may look the same.
  unique (campaign_id, file_sha256, page_in_file)
);
create index page_of_campaign on page (campaign_id, page_id);
create trigger page_append_only before update or delete or truncate on page
  for each statement execute function refuse_change();
