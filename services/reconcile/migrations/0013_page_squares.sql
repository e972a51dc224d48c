-- How a typist's errors come together on pages: sums over pages of judged x judged, wrong x wrong and
-- judged x wrong. Of pages judged before, none: their limits are as of independent fields.

alter table operator_delta
  add column judged_squares bigint not null default 0,
  add column wrong_squares bigint not null default 0,
  add column judged_by_wrong bigint not null default 0;
alter table operator_count
  add column judged_squares bigint not null default 0,
  add column wrong_squares bigint not null default 0,
  add column judged_by_wrong bigint not null default 0;
alter table operator_total
  add column judged_squares bigint not null default 0,
  add column wrong_squares bigint not null default 0,
  add column judged_by_wrong bigint not null default 0;
