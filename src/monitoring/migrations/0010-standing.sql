-- How many devices of a product are in service in a district, and how many of them are silent: counted anew every minute, so that no screen counts.
create table device_standing (
  product  text        not null,
  district text        not null,
  devices  integer     not null,
  silent   integer     not null,
  at       timestamptz not null,
  primary key (product, district)
);
