-- What happened beside the usual way of a case (程序, 返工, 催办 …), by the day, the unit that had the case and the step.
create table act_count (
  district text collate "C" not null,
  day      date    not null,
  unit     text collate "C" not null,
  step     text collate "C" not null,
  acts     integer not null,
  primary key (district, day, unit, step)
);

-- 申诉成立: overdue by fact, and left out of the rates.
alter table case_fact add column excused jsonb not null default '[]';
alter table case_tally add column excused integer not null default 0;
