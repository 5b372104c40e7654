-- Jobs that were accepted, and pictures that were drawn. Times are milliseconds since 1970.
create table job (
  id text primary key,
  model text not null,
  request text not null,
  state text not null,
  error text,
  created integer not null,
  ended integer
);

create index job_by_state on job (state, created);

create table picture (
  id text primary key,
  job text,
  place integer not null,
  model text not null,
  words text not null,
  seed integer not null,
  width integer not null,
  height integer not null,
  created integer not null
);

create index picture_by_time on picture (created);
create index picture_by_job on picture (job, place);
