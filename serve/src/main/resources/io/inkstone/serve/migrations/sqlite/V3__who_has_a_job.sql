-- As the other database has it, where several servers share the queue; here there is one, and these stay empty.
alter table job add column server text;
alter table job add column tries integer not null default 0;
alter table job add column steps_done integer;
alter table job add column steps integer;
alter table training add column host text not null default '';
