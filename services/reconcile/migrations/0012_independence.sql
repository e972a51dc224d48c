-- Whether two people worked apart: what is counted of each pair as pages settle, and the reviews of pairs that
-- stand out.

-- When the server had it: absent of what an earlier release kept.
alter table reading add column if not exists keyed_at timestamptz;

-- What a settled page counts for its pair, by the last revision: taken back when the page is settled again. Only
-- pages of which both passes are somebody's first keying of the whole page. `first` is the smaller id.
create table pair_page (
  page_id uuid primary key references page,
  campaign_id uuid not null,
  first uuid not null,
  second uuid not null,
  -- Compared, and of these: those that somebody had to decide, and those that differ in form only.
  fields int not null,
  differing int not null,
  variants int not null,
  -- Found wrong of each, of both, and of both alike.
  first_wrong int not null,
  second_wrong int not null,
  both_wrong int not null,
  alike int not null,
  check (first < second)
);
create index pair_page_of_pair on pair_page (campaign_id, first, second);

-- Sums over the pages of a pair.
create table pair_tally (
  campaign_id uuid not null,
  first uuid not null,
  second uuid not null,
  pages int not null,
  fields bigint not null,
  differing bigint not null,
  variants bigint not null,
  first_wrong bigint not null,
  second_wrong bigint not null,
  both_wrong bigint not null,
  alike bigint not null,
  -- Agreed fields that an audit looked at.
  audited bigint not null,
  differing_squared bigint not null,
  differing_by_fields bigint not null,
  fields_squared bigint not null,
  primary key (campaign_id, first, second)
);
create table pair_delta (like pair_tally);
create index pair_delta_of_campaign on pair_delta (campaign_id);
alter table pair_delta set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

create table review (
  review_id uuid primary key,
  campaign_id uuid not null references campaign,
  first uuid not null,
  second uuid not null,
  opened_at timestamptz(3) not null default clock_timestamp(),
  unique (campaign_id, first, second)
);
create trigger review_append_only before update or delete or truncate on review
  for each statement execute function refuse_change();

create table review_event (
  review_id uuid not null references review,
  number int not null check (number > 0),
  kind text not null check (kind in ('opened', 'noted', 'closed')),
  -- Null: the installation itself.
  person_id uuid,
  -- Of `opened`: the figures and signals as they were.
  evidence json,
  outcome text check (outcome in ('explained', 'confirmed')),
  note text,
  at timestamptz(3) not null default clock_timestamp(),
  primary key (review_id, number),
  check ((kind = 'opened') = (evidence is not null)),
  check ((kind = 'opened') = (person_id is null)),
  check ((kind = 'opened') = (note is null)),
  check ((kind = 'closed') = (outcome is not null))
);
create trigger review_event_append_only before update or delete or truncate on review_event
  for each statement execute function refuse_change();
