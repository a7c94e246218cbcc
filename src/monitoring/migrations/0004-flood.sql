-- Flood points, rain events, and what each point has taught about its water.

create table flood_point (
  device     text             primary key references device (code),
  scene      text             not null,
  -- The nearest ones, nearest first.
  gauges     text[]           not null,
  -- Blue, yellow, orange, red, in centimetres.
  levels     double precision[] not null check (array_length(levels, 1) = 4),
  changed_at timestamptz      not null,
  changed_by text             not null
);

-- Found in the readings of the gauges; the same again from a recount.
create table rain_event (
  began_at timestamptz primary key,
  -- None: it goes on.
  ended_at timestamptz,
  -- [{"gauge", "total", "most": [5, 60 and 1,440 minutes]}] of all gauges that reported, in millimetres.
  stations jsonb       not null,
  -- The numbers by which it was judged.
  judged   jsonb       not null
);

-- So far rain was counted.
create table rain_mark (
  id         smallint    primary key check (id = 1),
  counted_to timestamptz not null
);

create table flood_fit (
  device     text        primary key references flood_point (device) on delete cascade,
  -- Or why there is none.
  fit        jsonb,
  refused    text,
  -- The end of the newest rain that it knows.
  learned_to timestamptz not null,
  fitted_at  timestamptz not null
);
