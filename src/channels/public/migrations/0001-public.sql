-- Where open cases lie, so that a citizen sees what has been told of nearby. Kept from the event log; holds nobody's data.

create table public_spot (
  number   text collate "C" not null,
  district text collate "C" not null,
  position point            not null,
  primary key (number, district)
);
create index public_spot_position on public_spot using gist (position);

-- A few figures a day for the portal's first page, by the day on which a thing happened.
create table public_tally (
  day            date             not null,
  district       text collate "C" not null,
  reported       integer          not null,
  closed         integer          not null,
  closed_in_time integer          not null,
  primary key (day, district)
);
