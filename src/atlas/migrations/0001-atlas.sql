-- Where: the city, its divisions, cells (单元网格), beats (责任网格), components (部件), addresses and base map.
-- Positions are WGS84 degrees, longitude first; geometry is GeoJSON and its box is kept beside it for the search.

create table city (
  code text primary key check (code ~ '^[0-9]{6}$'),
  body jsonb not null
);

create table division (
  code        text primary key check (code ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$'),
  name        text not null,
  name_en     text,
  level       text not null check (level in ('city', 'district', 'street', 'community')),
  parent_code text,
  geometry    jsonb
);
create index division_parent on division (parent_code);

create table beat (
  code        text primary key,
  name        text not null,
  street_code text not null references division (code)
);

create table cell (
  code           text primary key check (code ~ '^[0-9]{15}$'),
  community_code text not null references division (code),
  beat_code      text references beat (code),
  grade          text not null check (grade in ('A', 'B', 'C')),
  geometry       jsonb not null,
  check (left(code, 12) = community_code)
);
create index cell_community on cell (community_code);

create table component (
  code            text not null,
  district        text not null,
  category        text not null,
  name            text,
  state           text not null,
  cell_code       text,
  community_code  text not null,
  owner_unit      text,
  maintainer_unit text,
  position        point not null,
  recorded_on     date,
  changed_on      date,
  source          text,
  note            text,
  primary key (code, district),
  check (left(code, 6) = district)
);
create index component_position on component using gist (position);

create table address (
  code           text not null,
  district       text not null,
  name           text not null,
  alias          text,
  kind           text not null check (kind in ('door', 'place')),
  community_code text not null,
  position       point not null,
  -- Pairs of neighbouring letters of name and alias, by which a place is found from any part of its name.
  pairs          text[] not null,
  primary key (code, district)
);
create index address_position on address using gist (position);
create index address_pairs on address using gin (pairs);

create table map_feature (
  id       text primary key,
  layer    text not null check (layer in ('road', 'building', 'water', 'green')),
  kind     text,
  name     text,
  min_zoom smallint not null,
  extent   box not null,
  geometry jsonb not null,
  pairs    text[] not null
);
create index map_feature_extent on map_feature using gist (extent);
create index map_feature_pairs on map_feature using gin (pairs) where layer = 'road';
