-- Flows as a city changes them: which is in use for new cases and from when, drafts, mappings by which open cases move, trial runs.

alter table flow_version
  add column published_by text,
  add column note         text;

-- For new cases reported in `district` from `since` on; '' is the whole city. Without a code the district goes with the city again.
create table flow_use (
  district    text collate "C" not null,
  since       timestamptz not null,
  code        text,
  version     integer,
  chosen_at   timestamptz not null,
  chosen_by   text        not null,
  primary key (district, since),
  check ((code is null) = (version is null))
);

insert into flow_use
select '', loaded_at, code, version, loaded_at, 'city' from flow_version
on conflict do nothing;

create table flow_draft (
  code       text        not null,
  base       text        not null,
  revision   integer     not null,
  body       jsonb       not null,
  begun_at   timestamptz not null,
  begun_by   text        not null,
  saved_at   timestamptz not null,
  saved_by   text        not null,
  primary key (code)
);

create table flow_mapping (
  id        uuid        not null,
  name      text        not null,
  from_flow text        not null,
  to_flow   text        not null,
  states    jsonb       not null,
  begun_at  timestamptz not null,
  begun_by  text        not null,
  primary key (id)
);

-- How far the open cases of a district have been moved by a mapping.
create table flow_move (
  mapping    uuid        not null,
  district   text collate "C" not null,
  up_to      text collate "C" not null,
  seen       integer     not null,
  moved      integer     not null,
  stayed     integer     not null,
  ended_at   timestamptz,
  primary key (mapping, district)
);

create table trial_run (
  id         uuid        not null,
  name       text        not null,
  plan       jsonb       not null,
  state      text        not null check (state in ('waiting', 'running', 'done', 'cancelled', 'failed')),
  begun_at   timestamptz not null,
  begun_by   text        not null,
  ended_at   timestamptz,
  seen       integer     not null,
  total      integer     not null,
  note       text,
  result     jsonb,
  primary key (id)
);
