-- Products, devices, and what these report.

create table product (
  code       text primary key,
  zh         text        not null,
  en         text        not null,
  -- [{"no", "code", "zh", "en", "unit", "min", "max", "precision", "period"}]; a number (`no`) is never given to another metric.
  metrics    jsonb       not null,
  changed_at timestamptz not null,
  changed_by text        not null
);

-- Every process holds them all in memory, so they are few beside what they report.
create table device (
  code       text primary key,
  -- Of this deployment, in the order in which devices came; its readings are known by it.
  number     integer     not null unique,
  product    text        not null references product (code),
  name       text        not null,
  district   text        not null,
  cell       text,
  position   point,
  owner_unit text,
  -- The component that it watches.
  component  text,
  -- The device through which it reports.
  gateway    text references device (code),
  state      text        not null check (state in ('in_service', 'stopped', 'retired')),
  -- Of the key; none: it cannot report by itself.
  digest     text,
  key_tail   text,
  made_at    timestamptz not null,
  changed_at timestamptz not null,
  changed_by text        not null
);

create index device_by_gateway on device (gateway) where gateway is not null;

-- 48 bytes a row and 24 of its index entry. `series`: the number of the device and that of the metric (series.ts).
create table reading (
  at     timestamptz      not null,
  value  double precision not null,
  series integer          not null,
  -- 1: it came behind a later one.
  flags  smallint         not null
) partition by range (at);

create index reading_by_series on reading (series, at);

create table reading_latest (
  series integer          primary key,
  at     timestamptz      not null,
  value  double precision not null,
  flags  smallint         not null
) with (fillfactor = 70);

-- Of series that report more often than once a minute.
create table reading_minute (
  series integer          not null,
  at     timestamptz      not null,
  n      integer          not null,
  sum    double precision not null,
  low    double precision not null,
  high   double precision not null,
  primary key (series, at)
) partition by range (at);

create table reading_hour (
  series integer          not null,
  at     timestamptz      not null,
  n      integer          not null,
  sum    double precision not null,
  low    double precision not null,
  high   double precision not null,
  primary key (series, at)
) with (fillfactor = 70);

-- Days of the city, from midnight to midnight.
create table reading_day (
  series integer          not null,
  at     timestamptz      not null,
  n      integer          not null,
  sum    double precision not null,
  low    double precision not null,
  high   double precision not null,
  primary key (series, at)
) with (fillfactor = 70);

-- What came and was not taken, with the reason.
create table reading_quarantine (
  id          uuid        primary key,
  -- Of the device; of the city where the device is unknown.
  district    text        not null,
  way         text        not null,
  reason      text        not null,
  -- The device as it was named.
  device      text        not null,
  -- What came, cut to a bound.
  payload     text        not null,
  came_at     timestamptz not null,
  -- Set when it was replayed, and what became of it then: '' for taken, or the reason.
  replayed_at timestamptz,
  replayed_by text,
  outcome     text
);

create index reading_quarantine_by_reason on reading_quarantine (reason, id);
create index reading_quarantine_by_device on reading_quarantine (device, id);

-- What came in each minute: of each way, and of each reason for which something was not taken ('' for taken).
create table reading_intake (
  at          timestamptz not null,
  way         text        not null,
  reason      text        not null,
  n           bigint      not null,
  -- From the time of a reading to its coming.
  lag_ms      bigint      not null,
  most_lag_ms bigint      not null,
  primary key (at, way, reason)
);
