-- Jobs that were accepted, pictures that were drawn, trainings that were begun, and the servers that share them.
-- Times are milliseconds since 1970, those of servers by this database's clock.
create table server (
  id text primary key,
  seen bigint not null
);

-- server: who has the job; tries: how often it was taken; steps: while it is drawn.
create table job (
  id text primary key,
  model text not null,
  request text not null,
  kind text not null default 'generation',
  state text not null,
  error text,
  created bigint not null,
  ended bigint,
  place double precision not null default 0,
  server text,
  tries integer not null default 0,
  steps_done integer,
  steps integer
);

create index job_by_state on job (state, place, id);
create index job_by_time on job (created);

create table picture (
  id text primary key,
  job text,
  place integer not null,
  model text not null,
  words text not null,
  seed bigint not null,
  width integer not null,
  height integer not null,
  created bigint not null
);

create index picture_by_time on picture (created);
create index picture_by_job on picture (job, place);

create table training (
  run text primary key,
  pid bigint not null,
  began bigint not null,
  exit_code integer,
  host text not null default ''
);
