-- Who must act (确责): numbered rules with their time of validity, precedents, hours of duty, and the learned suggestion.

-- Numbers are given out one after the other: of rules for the whole city (''), of precedents for each district.
create table responsibility_count (
  kind     text not null check (kind in ('rule', 'precedent', 'model')),
  district text not null,
  taken    integer not null,
  primary key (kind, district)
);

-- A rule is never rewritten: whoever changes it ends it and begins another under a new number.
create table responsibility_rule (
  number     text primary key check (number ~ '^R-[0-9]{4,}$'),
  ordinal    integer not null unique,
  -- Beginning of the categories it covers; '' for all.
  category   text not null,
  -- Prefix of the regions it covers; '' for all.
  region     text not null,
  basis      text not null check (basis in ('owner', 'locality')),
  -- 道路等级: classes of the road beside which it holds; none for any place.
  roads      text[] not null,
  -- Times of the week at which it holds; '' for always.
  hours      text not null,
  unit_code  text not null,
  note       text,
  valid_from timestamptz not null,
  valid_to   timestamptz check (valid_to >= valid_from),
  -- The rule in whose place this one came.
  replaces   text,
  made_at    timestamptz not null,
  made_by    text not null,
  ended_by   text
);
create index responsibility_rule_region on responsibility_rule (region text_pattern_ops);
create index responsibility_rule_unit on responsibility_rule (unit_code);

-- What was decided in a like situation: by 会商, by a confirmed return (不属于本单位), or by an administrator.
create table responsibility_precedent (
  number         text not null check (number ~ '^P-[0-9]{6}-[0-9]{3,}$'),
  district       text not null,
  verdict        text not null check (verdict in ('ours', 'not-ours')),
  category       text not null,
  region         text not null,
  component_code text,
  unit_code      text not null,
  origin         text not null check (origin in ('confer', 'return', 'hand')),
  -- The proceeding and the case from which it comes.
  source         text,
  case_number    text,
  note           text,
  decided_at     timestamptz not null,
  decided_by     text not null,
  withdrawn_at   timestamptz,
  withdrawn_by   text,
  withdrawn_note text,
  primary key (number, district)
);
-- Heard twice, a proceeding makes one precedent of each kind.
create unique index responsibility_precedent_source on responsibility_precedent (source, verdict, unit_code, district) where source is not null;

-- 值守: when a unit can be reached, and who stands in for it at other times.
create table responsibility_duty (
  unit_code   text primary key,
  hours       text not null,
  deputy_code text,
  note        text
);

-- What was learned from the city's own history; the newest counts.
create table responsibility_model (
  version    integer primary key,
  trained_at timestamptz not null,
  samples    integer not null,
  -- Measured on the newest tenth, which was not learned from.
  figures    jsonb not null,
  body       bytea not null
);

-- The list as it stood before rules had numbers.
insert into responsibility_rule (number, ordinal, category, region, basis, roads, hours, unit_code, note, valid_from, made_at, made_by)
select 'R-' || lpad(row_number() over every::text, greatest(4, length(row_number() over every::text)), '0'),
       row_number() over every, category,
       case when region ~ '^[0-9]{2}0000$' then left(region, 2) when region ~ '^[0-9]{4}00$' then left(region, 4) else region end,
       basis, '{}', '', unit_code, note, '2000-01-01T00:00:00Z', now(), 'system'
  from responsibility
window every as (order by category, region, basis, unit_code);

insert into responsibility_count (kind, district, taken)
select 'rule', '', count(*) from responsibility_rule having count(*) > 0;

drop table responsibility;
