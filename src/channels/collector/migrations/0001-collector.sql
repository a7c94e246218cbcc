-- What each collector reported and answered, in the order of time, for their own records and the day's count.

create table collector_act (
  id         uuid             not null,
  district   text collate "C" not null,
  account_id text             not null,
  kind       text             not null check (kind in ('report', 'verify', 'check')),
  number     text collate "C" not null,
  at         timestamptz      not null,
  passed     boolean,
  primary key (id, district)
);
create index collector_act_of on collector_act (district, account_id, at);
