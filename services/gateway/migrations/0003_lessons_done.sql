-- How far a person has come in the lessons of the first day; null until they were offered. Here and not
-- in the browser, which forgets a person who signs out with everything sent.
alter table account add column lessons_done int check (lessons_done between 0 and 20);
