-- Fields on which two agreed, and which a third person keys all the same: doubtful ones, and some drawn by chance.

-- Which share of what two people agree on is asked of a third one. Of campaigns that were set before, none.
alter table third_setting
  add column agreed_share float8 not null default 0 check (agreed_share between 0 and .2);
alter table third_setting alter column agreed_share drop default;

create table agreed_asked (
  page_id uuid not null references page,
  first_row smallint not null,
  second_row smallint not null,
  field text not null,
  -- As estimated when the page was compared.
  risk float8 not null check (risk between 0 and 1),
  is_doubtful boolean not null,
  -- With which probability it was drawn, whatever the risk. Null: it was not.
  chance float8 check (chance > 0 and chance <= 1),
  -- Whether what the two agreed on is wrong, as the page was settled last. Null: it was not, or nobody can say.
  is_wrong boolean,
  primary key (page_id, first_row, second_row, field),
  check (is_doubtful or chance is not null)
);
create trigger agreed_asked_kept before delete or truncate on agreed_asked
  for each statement execute function refuse_change();

-- True: the two had agreed, and what is shown is their reading and the third person's.
alter table question add column agreed boolean not null default false;
