-- What another version of the calendar made of the limits that were running: how far each district is, and which cases moved.

create table case_calendar_run (
  version    integer     not null,
  district   text collate "C" not null,
  up_to      text collate "C" not null,
  started_at timestamptz not null,
  ended_at   timestamptz,
  seen       integer     not null,
  moved      integer     not null,
  primary key (version, district)
);

create index case_calendar_run_open on case_calendar_run (district, version) where ended_at is null;

create table case_calendar_move (
  version     integer     not null,
  district    text collate "C" not null,
  number      text collate "C" not null,
  clock       text        not null,
  due_before  timestamptz not null,
  due_after   timestamptz not null,
  lamp_before text        not null,
  lamp_after  text        not null,
  moved_at    timestamptz not null,
  primary key (version, number, district)
);
