-- The day by whose end everything of a campaign should be settled.
alter table campaign add column deadline date;
