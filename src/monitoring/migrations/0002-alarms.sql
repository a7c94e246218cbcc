-- Rules, and the alarms that they raise.

-- Every version stays; the one without an end holds.
create table alarm_rule (
  code       text        not null,
  version    integer     not null,
  body       jsonb       not null,
  changed_at timestamptz not null,
  changed_by text        not null,
  ended_at   timestamptz,
  primary key (code, version)
);

create unique index alarm_rule_now on alarm_rule (code) where ended_at is null;

-- What a rule remembers of a device that lies beyond a level but does not ring yet, or rings and lies back already.
create table alarm_watch (
  rule   text    not null,
  device integer not null,
  -- {"since": [ms or null of blue, yellow, orange, red], "backSince": ms or null}
  state  jsonb   not null,
  primary key (rule, device)
);

create table alarm (
  id              uuid             not null,
  district        text             not null,
  rule            text             not null,
  version         integer          not null,
  device          text             not null,
  -- 1 blue, 2 yellow, 3 orange, 4 red: now, and at its worst.
  level           smallint         not null check (level between 0 and 4),
  peak            smallint         not null check (peak between 1 and 4),
  -- What was measured when it last changed, and the worst of it.
  value           double precision not null,
  worst           double precision not null,
  began_at        timestamptz      not null,
  raised_at       timestamptz      not null,
  changed_at      timestamptz      not null,
  acknowledged_at timestamptz,
  acknowledged_by text,
  shelved_until   timestamptz,
  shelved_by      text,
  shelve_reason   text,
  cleared_at      timestamptz,
  -- How often it has come back soon after it was over.
  flaps           integer          not null,
  -- The alarm of the gateway that explains this one.
  parent          uuid,
  -- Many of one rule at once are one storm, named by the first of them.
  storm           uuid,
  case_number     text,
  steps           integer          not null,
  primary key (id, district)
);

-- One rule rings once for one device.
create unique index alarm_open on alarm (rule, device, district) where cleared_at is null;
create index alarm_now on alarm (district, level desc, raised_at desc) where cleared_at is null;
create index alarm_by_time on alarm (district, raised_at desc);
create index alarm_by_device on alarm (device, district, raised_at desc);
create index alarm_by_case on alarm (case_number, district) where case_number is not null;

create table alarm_step (
  alarm    uuid        not null,
  district text        not null,
  ordinal  integer     not null,
  what     text        not null,
  at       timestamptz not null,
  level    smallint    not null,
  value    double precision,
  -- The name of who did it by hand.
  actor    text,
  note     text,
  primary key (alarm, district, ordinal)
);
