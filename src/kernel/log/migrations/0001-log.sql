-- What happened, in the order in which it may be told. A writer only appends; `seq` is taken just before the commit.
-- Commits do not follow the order of transaction ids, so the log is read in windows of ids below which every
-- transaction has ended, and within a window by `seq`: nothing is skipped, and an act that saw another stands after it.
create sequence event_seq;

create table event (
  epoch    integer     not null,
  xid      xid8        not null default pg_current_xact_id(),
  seq      bigint      not null default nextval('event_seq'),
  name     text        not null,
  district text        not null,
  at       timestamptz not null,
  body     jsonb       not null,
  primary key (epoch, xid, seq)
);

create table event_window (
  number   bigint  not null primary key,
  epoch    integer not null,
  xid_from xid8    not null,
  xid_to   xid8    not null
);

-- One row: how far the log is cut into windows. `epoch` is raised when the database was moved to a cluster with lower ids.
create table log_clock (
  one     boolean not null primary key default true check (one),
  epoch   integer not null,
  number  bigint  not null,
  horizon xid8    not null
);
insert into log_clock (epoch, number, horizon) values (1, 0, '0');

create table listener (
  name     text        not null primary key,
  position text        not null,
  failures integer     not null default 0,
  retry_at timestamptz,
  error    text
);

create sequence audit_seq;

create table audit_entry (
  epoch      integer     not null,
  xid        xid8        not null default pg_current_xact_id(),
  seq        bigint      not null default nextval('audit_seq'),
  at         timestamptz not null,
  act        text        not null,
  subject    text        not null,
  district   text        not null,
  actor_id   text        not null,
  actor_kind text        not null,
  actor_name text        not null,
  address    text        not null,
  request_id text        not null,
  detail     jsonb       not null,
  primary key (epoch, xid, seq)
);
create index audit_entry_seq on audit_entry (seq);
create index audit_entry_actor on audit_entry (actor_id, seq);
create index audit_entry_subject on audit_entry (subject, seq);

-- Each seal's digest is SM3 of the digest before it and the text of its rows.
create table audit_seal (
  number    bigint      not null primary key,
  epoch     integer     not null,
  xid_from  xid8        not null,
  xid_to    xid8        not null,
  entries   integer     not null,
  digest    text        not null,
  sealed_at timestamptz not null
);

create table audit_clock (
  one     boolean not null primary key default true check (one),
  epoch   integer not null,
  number  bigint  not null,
  horizon xid8    not null,
  digest  text    not null
);
insert into audit_clock (epoch, number, horizon, digest) values (1, 0, '0', '');

create table idempotent_answer (
  account  text        not null,
  key      text        not null,
  endpoint text        not null,
  digest   text        not null,
  status   integer     not null,
  body     jsonb       not null,
  at       timestamptz not null,
  primary key (account, key)
);
create index idempotent_answer_at on idempotent_answer (at);
