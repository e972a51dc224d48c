-- The tables that every service's schema begins with: what it said, what it heard.

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed or removed', tg_table_name using errcode = 'SN001';
end $$;

-- Facts, in the order in which transactions drew their ids; ids have holes and become visible out
-- of order. `json`, not `jsonb`: the stored text is what was hashed.
create table fact (
  fact_id bigint generated always as identity primary key,
  kind text not null,
  at timestamptz(3) not null default clock_timestamp(),
  body json not null
);
create trigger fact_append_only before update or delete or truncate on fact
  for each statement execute function refuse_change();

-- Facts that have no position yet. Deleted from as the ledger grows.
create table outbox (fact_id bigint primary key references fact);
alter table outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
  autovacuum_vacuum_cost_delay = 0);

-- Dense positions 1, 2, 3, …, each for ever one fact, chained by hash.
create table ledger (
  position bigint primary key,
  fact_id bigint not null unique references fact,
  hash bytea not null
);
create trigger ledger_append_only before update or delete or truncate on ledger
  for each statement execute function refuse_change();

-- How far the ledger has been published on the bus.
create table relay (
  only_row boolean primary key default true check (only_row),
  published bigint not null default 0
);
insert into relay default values;

-- How far this service has applied each producer's ledger.
create table inbox (producer text primary key, position bigint not null);

-- Facts that could not be applied, until somebody replays them.
create table dead_letter (
  dead_letter_id uuid primary key,
  producer text not null,
  position bigint not null,
  kind text not null,
  at timestamptz(3) not null,
  body json not null,
  reason text not null,
  failed_at timestamptz not null default clock_timestamp(),
  replayed_at timestamptz,
  unique (producer, position)
);
