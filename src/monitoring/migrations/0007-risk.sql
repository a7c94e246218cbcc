-- Risks and hazards of the city (城市安全风险, 隐患), and what is counted of them.

create table risk (
  code         text             not null,
  district     text             not null,
  name         text             not null,
  field        text             not null check (field in ('municipal', 'building', 'traffic', 'crowd')),
  kind         text             not null,
  lng          double precision not null,
  lat          double precision not null,
  cell         text,
  component    text,
  likelihood   smallint         not null check (likelihood between 1 and 5),
  consequence  smallint         not null check (consequence between 1 and 5),
  -- 1 blue to 4 red, by the matrix of that version.
  level        smallint         not null check (level between 1 and 4),
  matrix       integer          not null,
  measures     text             not null,
  owner_unit   text,
  owner_person text             not null,
  review_days  integer          not null check (review_days > 0),
  reviewed_at  timestamptz      not null,
  review_by    timestamptz      not null,
  -- Turned by a job, so that it can be counted.
  overdue      boolean          not null,
  state        text             not null check (state in ('watched', 'ended')),
  steps        integer          not null,
  made_at      timestamptz      not null,
  changed_at   timestamptz      not null,
  changed_by   text             not null,
  primary key (code, district)
);

create index risk_by_level on risk (level desc, code, district) where state = 'watched';
create index risk_by_district on risk (district, level desc, code) where state = 'watched';
create index risk_by_unit on risk (owner_unit, level desc, code);
create index risk_by_review on risk (review_by, code, district) where state = 'watched';
create index risk_by_place on risk using gist (point(lng, lat)) where state = 'watched';

create table risk_device (
  risk     text not null,
  district text not null,
  device   text not null,
  primary key (risk, district, device)
);
create index risk_device_by_device on risk_device (device);

-- Appended, never edited.
create table risk_step (
  risk     text        not null,
  district text        not null,
  ordinal  integer     not null,
  what     text        not null,
  at       timestamptz not null,
  actor    text,
  note     text,
  -- All of it as it stood afterwards.
  body     jsonb       not null,
  primary key (risk, district, ordinal)
);

-- Every version stays; the newest holds. Version 0 is as shipped.
create table risk_matrix (
  version    integer     primary key,
  -- Level by likelihood, then consequence.
  cells      jsonb       not null,
  note       text        not null,
  changed_at timestamptz not null,
  changed_by text        not null
);

-- The last number given, by kind.
create table risk_number (
  district text    not null,
  kind     text    not null,
  last     integer not null,
  primary key (district, kind)
);

-- Risks that are watched, counted as they change.
create table risk_tally (
  district   text     not null,
  owner_unit text     not null,
  field      text     not null,
  level      smallint not null,
  overdue    boolean  not null,
  n          integer  not null,
  primary key (district, owner_unit, field, level, overdue)
);

-- The same by hundredths of a degree, for maps of many; with the sums of where they stand in it, in millionths of it.
create table risk_tile (
  district text     not null,
  field    text     not null,
  level    smallint not null,
  x        integer  not null,
  y        integer  not null,
  n        integer  not null,
  east     bigint   not null,
  north    bigint   not null,
  primary key (district, field, level, x, y)
);

create table hazard (
  code        text             not null,
  district    text             not null,
  risk        text,
  words       text             not null,
  field       text             not null check (field in ('municipal', 'building', 'traffic', 'crowd')),
  -- 1 一般, 2 重大.
  grade       smallint         not null check (grade in (1, 2)),
  source      text             not null check (source in ('inspection', 'citizen', 'alarm')),
  category    text             not null,
  lng         double precision not null,
  lat         double precision not null,
  cell        text,
  component   text,
  files       jsonb            not null,
  -- Who is to rectify it: as found, then as its case was dispatched.
  owner_unit  text,
  found_at    timestamptz      not null,
  found_by    text             not null,
  case_number text,
  -- The case that goes on in its place where it was merged; else its own. What that tells:
  follows     text,
  stage       text             not null check (stage in ('to-rectify', 'rectifying', 'to-check', 'cleared', 'dropped')),
  late        boolean          not null,
  due_at      timestamptz,
  ended_at    timestamptz,
  primary key (code, district)
);

create index hazard_by_time on hazard (found_at desc, code desc);
create index hazard_by_stage on hazard (stage, found_at desc, code desc);
create index hazard_open on hazard (found_at desc, code desc) where ended_at is null;
create index hazard_by_case on hazard (case_number) where case_number is not null;
create index hazard_by_followed on hazard (follows) where follows is not null;
create index hazard_by_risk on hazard (risk, district, found_at desc) where risk is not null;
create index hazard_by_unit on hazard (owner_unit, found_at desc);
create index hazard_by_place on hazard using gist (point(lng, lat)) where ended_at is null;

create table hazard_tally (
  district   text     not null,
  owner_unit text     not null,
  field      text     not null,
  grade      smallint not null,
  stage      text     not null,
  late       boolean  not null,
  n          integer  not null,
  primary key (district, owner_unit, field, grade, stage, late)
);
