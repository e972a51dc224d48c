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
  file_name text not null,
  received_at timestamptz not null default clock_timestamp(),
  unique (book_id, sequence),
  -- The same scan twice in a campaign is one page.
  unique (campaign_id, image_sha256)
);
create index page_of_campaign on page (campaign_id, page_id);
create trigger page_append_only before update or delete or truncate on page
  for each statement execute function refuse_change();
