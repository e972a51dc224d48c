-- Which record of one entry is which of the other: pairs of places from 0, null where an entry has no
-- such record. Null as a whole: by place, as all pages before this column were compared.
alter table comparison add column rows json;
