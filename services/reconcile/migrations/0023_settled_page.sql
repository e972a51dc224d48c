-- Since 0009 judgements are counted in judged_page; nothing has read or written these since.
alter table settled_page drop column judged;
