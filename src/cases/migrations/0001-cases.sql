-- Cases (案卷). Codes are compared bytewise, so that a prefix is a range of an index on every database.

create table flow_version (
  code      text        not null,
  version   integer     not null,
  body      jsonb       not null,
  loaded_at timestamptz not null,
  primary key (code, version)
);

-- Numbers are reserved in blocks, so that reports never wait for each other.
create table case_number_block (
  district text    not null,
  day      text    not null,
  taken    integer not null,
  primary key (district, day)
);

-- The current row: exactly the fold of the case's steps, plus the lamp, which time alone turns.
create table case_file (
  number          text collate "C" not null,
  district        text collate "C" not null,
  flow            text        not null,
  state           text        not null,
  stage           smallint    not null,
  ordinal         integer     not null,
  outcome         text        not null,
  source          text        not null,
  category        text collate "C" not null,
  description     text        not null,
  lng             float8,
  lat             float8,
  street          text collate "C",
  community       text collate "C",
  cell            text,
  beat            text,
  grade           text,
  address         text,
  component_code  text,
  photo           text,
  attributes      jsonb       not null,
  reporter_id     text        not null,
  condition_id    text,
  unit_code       text,
  unit_path       text collate "C",
  unit_name       text,
  collector_id    text,
  collector_name  text,
  disposed_by     text[]      not null,
  reason          text,
  returns         integer     not null,
  reworks         integer     not null,
  rating          smallint,
  reported_at     timestamptz not null,
  accepted_at     timestamptz,
  established_at  timestamptz,
  dispatched_at   timestamptz,
  disposed_at     timestamptz,
  checked_at      timestamptz,
  ended_at        timestamptz,
  dispose_due_at  timestamptz,
  disposed_late   boolean,
  clock           text,
  clock_from      timestamptz,
  clock_amount    float8,
  clock_unit      text,
  due_at          timestamptz,
  yellow_at       timestamptz,
  lamp            text        not null,
  next_turn_at    timestamptz,
  urgency         smallint generated always as (case lamp when 'red' then 0 when 'yellow' then 1 when 'green' then 2 else 3 end) stored,
  primary key (number, district),
  check (number like district || '%'),
  check (lamp in ('green', 'yellow', 'red', 'grey')),
  check ((lng is null) = (lat is null))
);

create index case_file_reported on case_file (district, reported_at, number);
create index case_file_category on case_file (district, category, reported_at);
create index case_file_unit on case_file (district, unit_path, reported_at) where unit_path is not null;
create index case_file_open on case_file (district, state, urgency, due_at, number) where ended_at is null;
create index case_file_open_unit on case_file (district, unit_path, state, urgency, due_at, number)
  where ended_at is null and unit_path is not null;
create index case_file_turn on case_file (district, next_turn_at) where next_turn_at is not null;

-- History: appended, never edited. `changes` holds every column of case_file that the step changed.
create table case_step (
  number     text collate "C" not null,
  ordinal    integer     not null,
  district   text collate "C" not null,
  step       text        not null,
  from_state text,
  to_state   text        not null,
  actor_id   text        not null,
  actor_name text        not null,
  post       text,
  address    text,
  lng        float8,
  lat        float8,
  taken_at   timestamptz not null,
  note       text,
  reason     text,
  files      jsonb       not null,
  changes    jsonb       not null,
  primary key (number, ordinal, district)
);

-- 核实 before filing, 核查 after disposal: work on site for one collector.
create table case_task (
  id             uuid        not null,
  district       text collate "C" not null,
  number         text collate "C" not null,
  kind           text        not null check (kind in ('verify', 'check')),
  collector_id   text        not null,
  collector_name text        not null,
  given_at       timestamptz not null,
  due_at         timestamptz,
  ended_at       timestamptz,
  passed         boolean,
  primary key (id, district)
);

create index case_task_open on case_task (district, collector_id, due_at) where ended_at is null;
create index case_task_case on case_task (number, district);

-- Personal data of those who report, apart from everything that is shown, searched or counted.
create table case_reporter (
  number     text collate "C" not null,
  district   text collate "C" not null,
  query_word text        not null,
  name       text,
  phone      text,
  email      text,
  account_id text,
  primary key (number, district)
);

-- Words of a case for full-text search, apart so that a step never touches the inverted index.
create table case_search (
  number   text collate "C" not null,
  district text collate "C" not null,
  words    text[]      not null,
  primary key (number, district)
);

create index case_search_words on case_search using gin (words);

-- Where a case came from: the same report of the same system is one case.
create table case_origin (
  system   text        not null,
  key      text        not null,
  district text collate "C" not null,
  number   text collate "C" not null,
  batch    uuid,
  primary key (system, key, district)
);

create index case_origin_batch on case_origin (batch, district) where batch is not null;
