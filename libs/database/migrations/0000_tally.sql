-- Counts for supervisors, as append-only deltas that one process folds into totals: an update of one
-- row by every transaction would make them queue, and nobody ever counts entries.

create table tally_delta (
  scope uuid not null,
  subject uuid not null,
  field text not null,
  measure text not null,
  amount bigint not null
);
alter table tally_delta set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

create table tally (
  scope uuid not null,
  subject uuid not null,
  field text not null,
  measure text not null,
  amount bigint not null,
  primary key (scope, measure, subject, field)
);
