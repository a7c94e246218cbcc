-- 防汛指挥: who answers for a flood point, who was called to it, what was ordered, and the pump trucks.

create table flood_staff (
  point      text        not null,
  account_id uuid        not null,
  -- 'responsible', 'watch', 'crew'.
  role       text        not null check (role in ('responsible', 'watch', 'crew')),
  -- By which they are called at the point; none: by that of the registry.
  phone      text,
  ordinal    integer     not null,
  changed_at timestamptz not null,
  changed_by text        not null,
  primary key (point, account_id)
);

-- Whose phone gets the orders of a truck.
create table flood_truck (
  vehicle    text primary key,
  account_id uuid        not null,
  changed_at timestamptz not null,
  changed_by text        not null
);

-- Somebody called up (叫应) or ordered (指令) to a point. The row is the fold of its steps; marks are as those of `case_response`.
create table flood_assignment (
  id              uuid        not null,
  district        text collate "C" not null,
  kind            text        not null check (kind in ('call', 'order')),
  point           text        not null,
  point_name      text        not null,
  -- None: a truck whose driver has no account.
  account_id      uuid,
  person_name     text,
  role            text,
  unit_code       text,
  vehicle         text,
  vehicle_name    text,
  words           text        not null,
  -- '135' or '103060'; none: without clocks.
  profile         text,
  lng             float8      not null,
  lat             float8      not null,
  geofence_metres integer     not null check (geofence_metres > 0),
  ordered_at      timestamptz not null,
  ordered_by      text        not null,
  ordered_by_name text        not null,
  start_lng       float8,
  start_lat       float8,
  received_at     timestamptz,
  received_how    text check (received_how in ('measured', 'clicked')),
  accepted_at     timestamptz,
  accepted_how    text check (accepted_how in ('measured', 'clicked')),
  left_at         timestamptz,
  left_how        text check (left_how in ('measured', 'clicked')),
  arrived_at      timestamptz,
  arrived_how     text check (arrived_how in ('measured', 'clicked')),
  finished_at     timestamptz,
  finished_how    text check (finished_how in ('measured', 'clicked')),
  claims          jsonb       not null,
  seen_at         timestamptz,
  seen_lng        float8,
  seen_lat        float8,
  seen_metres     float8,
  nearing         float8,
  ended_at        timestamptz,
  result          text check (result in ('finished', 'cancelled', 'released')),
  end_reason      text,
  steps           integer     not null,
  primary key (id, district),
  check (account_id is not null or vehicle is not null)
);

-- Nobody is called twice to where they are called already.
create unique index flood_assignment_called on flood_assignment (point, account_id, district) where kind = 'call' and ended_at is null;
create index flood_assignment_mine on flood_assignment (account_id, district) where ended_at is null;
create index flood_assignment_trucks on flood_assignment (vehicle, district) where ended_at is null and vehicle is not null;
create index flood_assignment_open on flood_assignment (district, ordered_at) where ended_at is null;
create index flood_assignment_by_time on flood_assignment (district, ordered_at, id);

create table flood_assignment_step (
  assignment uuid        not null,
  district   text collate "C" not null,
  ordinal    integer     not null,
  what       text        not null,
  how        text,
  at         timestamptz not null,
  actor_id   text        not null,
  actor_name text        not null,
  note       text,
  primary key (assignment, district, ordinal)
);

-- By which bit the terminal of a pump truck tells that the pump runs: 'status:23', 'signals:8', 'inputs:2', 'item:e1:0'.
alter table vehicle add column pump_signal text;
-- What it told last, and since when it is so.
alter table vehicle_latest add column pump boolean, add column pump_at timestamptz, add column pump_since timestamptz;
