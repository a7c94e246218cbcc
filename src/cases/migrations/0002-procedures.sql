-- Procedures beside the way of a case (程序), and the parts that units have in it (协办, 下派).

alter table case_file
  add column extensions      integer     not null default 0,
  add column suspensions     integer     not null default 0,
  add column shirks          integer     not null default 0,
  add column urges           integer     not null default 0,
  add column orders          integer     not null default 0,
  add column media_orders    integer     not null default 0,
  add column reopens         integer     not null default 0,
  add column excused         text[]      not null default '{}',
  add column asked           text[]      not null default '{}',
  add column helpers         text[]      not null default '{}',
  add column came_from       text,
  add column suspended_until timestamptz,
  add column inner_due_at    timestamptz,
  add column merged_into     text collate "C",
  add column reports         integer     not null default 1,
  add column clock_left_ms   float8;

-- Suspended cases wake by themselves.
create index case_file_wake on case_file (district, suspended_until) where suspended_until is not null and ended_at is null;
create index case_file_merged on case_file (district, merged_into) where merged_into is not null;

create table case_proceeding (
  id             uuid        not null,
  district       text collate "C" not null,
  number         text collate "C" not null,
  kind           text        not null,
  ordinal        integer     not null,
  state          text        not null,
  result         text check (result in ('granted', 'refused', 'withdrawn', 'done')),
  awaits         text,
  unit_code      text,
  unit_path      text collate "C",
  unit_name      text,
  participants   text[]      not null,
  region         text collate "C" not null,
  category       text collate "C" not null,
  opened_at      timestamptz not null,
  opened_by      text        not null,
  opened_by_name text        not null,
  reason         text,
  note           text,
  until_at       timestamptz,
  due_at         timestamptz,
  ended_at       timestamptz,
  ended_by_name  text,
  end_note       text,
  cost           float8 check (cost >= 0),
  outside        text,
  opened_ordinal integer     not null,
  ended_ordinal  integer,
  primary key (id, district)
);

create index case_proceeding_case on case_proceeding (number, district, opened_at);
create index case_proceeding_awaits on case_proceeding (district, awaits, due_at, id) where ended_at is null;
create index case_proceeding_kind on case_proceeding (district, kind, opened_at, id);

create table case_part (
  id            uuid        not null,
  district      text collate "C" not null,
  number        text collate "C" not null,
  role          text        not null check (role in ('assist', 'inner')),
  unit_code     text        not null,
  unit_path     text collate "C" not null,
  unit_name     text        not null,
  from_path     text collate "C" not null,
  task          text,
  given_at      timestamptz not null,
  given_by_name text        not null,
  due_at        timestamptz,
  ended_at      timestamptz,
  result        text check (result in ('done', 'returned', 'withdrawn')),
  late          boolean,
  note          text,
  files         jsonb       not null,
  primary key (id, district)
);

create index case_part_case on case_part (number, district, given_at);
create index case_part_open on case_part (district, unit_path, due_at, id) where ended_at is null;
create index case_part_given on case_part (district, given_at, id);
