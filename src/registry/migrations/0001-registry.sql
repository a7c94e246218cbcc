-- Who and what: units (单位), people, the catalogues (部件与事项目录), filing conditions, responsibility, calendars, dictionaries.

create table unit (
  code        text primary key check (code ~ '^[A-Za-z0-9-]+$'),
  path        text not null unique,
  parent_code text,
  level       smallint not null check (level between 1 and 4),
  kind        text not null,
  name        text not null,
  name_en     text,
  -- 统一社会信用代码
  credit_code text,
  -- As the pack names it: the code of a division; the prefix of its regions is computed from it.
  region_code text,
  phone       text
);

create table person (
  -- The id of the account.
  id        uuid primary key,
  account   text not null unique,
  name      text not null,
  phone     text,
  unit_code text not null references unit (code),
  beat_code text
);
create index person_unit on person (unit_code);
create index person_beat on person (beat_code);

-- Only those who have ever been on duty; rewritten at each position, and so apart from the person.
create table person_duty (
  person_id   uuid primary key,
  on_duty     boolean not null,
  since       timestamptz not null,
  position    point,
  position_at timestamptz
);
create index person_on_duty on person_duty (person_id) where on_duty;

create table category (
  id            text primary key,
  version       text not null,
  kind          text not null check (kind in ('component', 'matter')),
  code          text not null,
  name          text not null,
  name_en       text,
  major_name    text not null,
  major_name_en text,
  geometry      text check (geometry in ('point', 'line', 'polygon')),
  component     text,
  legacy        text,
  -- Shipped with the program, and so left out when the city is exported.
  standard      boolean not null,
  source        text,
  unique (version, kind, code)
);

create table filing_condition (
  id           text primary key,
  category     text not null references category (id),
  ordinal      smallint not null,
  condition    text not null,
  condition_en text,
  closing      text not null,
  closing_en   text,
  limit_a      double precision not null check (limit_a > 0),
  unit_a       text not null check (unit_a in ('urgent_hour', 'work_hour', 'work_day')),
  limit_b      double precision not null check (limit_b > 0),
  unit_b       text not null check (unit_b in ('urgent_hour', 'work_hour', 'work_day')),
  limit_c      double precision not null check (limit_c > 0),
  unit_c       text not null check (unit_c in ('urgent_hour', 'work_hour', 'work_day')),
  standard     boolean not null,
  source       text,
  unique (category, ordinal)
);

-- Who answers for a subtree of categories in a subtree of regions: 属主 (owner) by trade, 属地 (locality) by place.
create table responsibility (
  category  text not null,
  region    text not null,
  basis     text not null check (basis in ('owner', 'locality')),
  unit_code text not null references unit (code),
  note      text,
  primary key (category, region, basis, unit_code)
);

create table calendar (
  version     integer primary key,
  recorded_at timestamptz not null,
  body        jsonb not null
);

create table dictionary (
  name     text not null,
  code     text not null,
  ordinal  smallint not null,
  word     text not null,
  word_en  text,
  standard boolean not null,
  primary key (name, code)
);
