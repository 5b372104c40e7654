-- The order of jobs that wait, what kind of work a job is, and trainings that this server began.
alter table job add column place double precision not null default 0;
update job set place = created;
alter table job add column kind text not null default 'generation';

create table training (
  run text primary key,
  pid bigint not null,
  began bigint not null,
  exit_code integer
);
