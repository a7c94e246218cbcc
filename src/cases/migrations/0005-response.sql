-- 应急处置: somebody sent to a case against the clocks of 135, 103060 or the like. `…_how` says whether a mark was measured by the device
-- or said by a person; `claims` keeps what was said where the device measured something else.

create table case_response (
  id              uuid        not null,
  district        text collate "C" not null,
  number          text collate "C" not null,
  profile         text        not null,
  responder_id    text        not null,
  responder_name  text        not null,
  -- Where it lies for scopes, as the case lay when it was ordered.
  region          text collate "C" not null,
  unit_path       text collate "C" not null,
  category        text collate "C" not null,
  lng             float8      not null,
  lat             float8      not null,
  geofence_metres integer     not null check (geofence_metres > 0),
  ordered_at      timestamptz not null,
  ordered_by      text        not null,
  ordered_by_name text        not null,
  note            text,
  -- From where the responder set out.
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
  -- The last position: how far from the case, and how quickly it came nearer, in metres a second.
  seen_at         timestamptz,
  seen_metres     float8,
  nearing         float8,
  ended_at        timestamptz,
  result          text check (result in ('finished', 'cancelled', 'closed')),
  primary key (id, district)
);

create unique index case_response_running on case_response (responder_id, number, district) where ended_at is null;
create index case_response_case on case_response (number, district, ordered_at);
create index case_response_ordered on case_response (district, ordered_at, id);
create index case_response_open on case_response (district, ordered_at) where ended_at is null;
