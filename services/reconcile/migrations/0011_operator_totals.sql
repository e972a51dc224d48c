-- The counts of operators without the day: what is asked most is asked of all days, which become many.

create table operator_total (like operator_count);
alter table operator_total drop column day;
alter table operator_total add primary key (campaign_id, typist, form_version, field);
create index operator_total_of_typist on operator_total (typist);

insert into operator_total
select campaign_id, typist, form_version, field, sum(pages), sum(records), sum(left_out), sum(made_up), sum(slips),
  sum(readings), sum(marks), sum(carried), sum(timed_records), sum(active_ms), sum(keys), sum(erased), sum(wrong),
  sum(major), sum(audited), sum(unjudged)
from operator_count group by campaign_id, typist, form_version, field;
