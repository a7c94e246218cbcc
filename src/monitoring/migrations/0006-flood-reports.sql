-- 雨前、雨中、雨后快报: figures as they stood, and the texts of an author. What is issued is never changed.

create table flood_report (
  id             uuid        primary key,
  kind           text        not null check (kind in ('before', 'during', 'after')),
  -- Prefix of the codes of the places that it is about.
  region         text collate "C" not null,
  year           integer     not null,
  -- 第 N 期 of its kind, region and year; none: a draft.
  number         integer,
  -- The moment of the figures.
  at             timestamptz not null,
  -- Of the shape of the figures.
  form           integer     not null,
  figures        jsonb       not null,
  -- {"title", "lead", "close"}
  texts          jsonb       not null,
  revision       integer     not null,
  made_at        timestamptz not null,
  made_by        text        not null,
  made_by_name   text        not null,
  issued_at      timestamptz,
  issued_by      text,
  issued_by_name text,
  -- SHA-256 of what was issued.
  digest         text,
  unique (kind, region, year, number),
  check ((issued_at is null) = (number is null) and (issued_at is null) = (digest is null) and (issued_at is null) = (issued_by is null))
);

create index flood_report_by_time on flood_report (at desc, id desc);
