-- One incident, one case: cases by the place and time of their report, and storms.

-- Squares of 0.0005 degrees (some 55 m): what is near is looked up, never scanned. `incident/spots.ts` names them alike.
create index case_file_spot on case_file (district, (floor((lat + 90) / 0.0005) * 1000000 + floor((lng + 180) / 0.0005)), reported_at)
  where lng is not null;

-- 同源事件: proposed by the watch, settled by people.
create table storm (
  id        uuid        not null,
  district  text collate "C" not null,
  state     text        not null check (state in ('open', 'over', 'dismissed')),
  family    text        not null,
  aspects   text[]      not null,
  lng       float8      not null,
  lat       float8      not null,
  metres    float8      not null,
  wide      boolean     not null,
  since     timestamptz not null,
  last_at   timestamptz not null,
  usual     float8      not null,
  chance    float8      not null,
  reports   integer     not null,
  root      text collate "C",
  opened_at timestamptz not null,
  ended_at  timestamptz,
  ended_by  text,
  note      text,
  primary key (id, district)
);

create index storm_open on storm (district, last_at) where state = 'open';
create index storm_since on storm (district, opened_at, id);

create table storm_member (
  storm       uuid        not null,
  district    text collate "C" not null,
  number      text collate "C" not null,
  reported_at timestamptz not null,
  primary key (storm, number, district)
);

create index storm_member_case on storm_member (number, district);
