-- Two more places in which a report may end: merged into another case of the same incident, and answered at once.
alter table case_tally
  add column merged       integer not null default 0,
  add column answered     integer not null default 0,
  add column now_merged   integer not null default 0,
  add column now_answered integer not null default 0;

alter table case_cube
  add column merged   integer not null default 0,
  add column answered integer not null default 0;
