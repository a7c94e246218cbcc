-- Vehicles with a terminal of JT/T 808, and where they were.

create table vehicle (
  code        text primary key,
  -- Of this deployment, in the order in which vehicles came; its positions are known by it.
  number      integer     not null unique,
  plate       text        not null unique,
  -- Of the terminal, without the zeros that stand before it on the wire.
  phone       text        not null unique,
  kind        text        not null,
  name        text        not null,
  district    text        not null,
  owner_unit  text,
  driver      text        not null,
  state       text        not null check (state in ('in_service', 'stopped', 'retired')),
  -- Maker and number of the terminal that registered for it; none: the next one may.
  terminal    text,
  -- Of the code by which that terminal proves who it is.
  digest      text,
  made_at     timestamptz not null,
  changed_at  timestamptz not null,
  changed_by  text        not null
);

-- 64 bytes a row and 24 of its index entry. Degrees in millionths, speed in tenths of km/h; words of bits as they came.
create table vehicle_position (
  at       timestamptz not null,
  vehicle  integer     not null,
  lng      integer     not null,
  lat      integer     not null,
  status   integer     not null,
  alarm    integer     not null,
  speed    smallint    not null,
  bearing  smallint    not null,
  altitude smallint    not null
) partition by range (at);

create unique index vehicle_position_by_vehicle on vehicle_position (vehicle, at);

create table vehicle_latest (
  vehicle  integer     primary key,
  at       timestamptz not null,
  status   integer     not null,
  alarm    integer     not null,
  speed    smallint    not null,
  bearing  smallint    not null,
  altitude smallint    not null,
  -- The newest position with a fix: it may be older.
  fixed_at timestamptz,
  lng      integer,
  lat      integer
) with (fillfactor = 70);

-- Pictures, sound and films that a terminal told of (0x0800).
create table vehicle_media (
  vehicle  integer     not null,
  at       timestamptz not null,
  media_id bigint      not null,
  type     smallint    not null,
  format   smallint    not null,
  event    smallint    not null,
  channel  smallint    not null,
  primary key (vehicle, at, media_id)
);
