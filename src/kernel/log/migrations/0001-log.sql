-- What happened, in the order in which it may be told. A writer only appends, just before its commit.
-- Commits follow neither the order of transaction ids nor that of `seq`. So the log is cut into windows, each being what
-- one snapshot sees and the snapshot before it did not; within a window `seq` gives the order. An act that knew of
-- another was committed after it: it stands in the same window behind it, or in a later one, and nothing is skipped.
create sequence event_seq;

create table event (
  seq      bigint      not null primary key default nextval('event_seq'),
  epoch    integer     not null,
  xid      xid8        not null default pg_current_xact_id(),
  name     text        not null,
  district text        not null,
  at       timestamptz not null,
  body     jsonb       not null
);
create index event_xid on event (epoch, xid);

create table event_window (
  number   bigint      not null primary key,
  epoch    integer     not null,
  since    pg_snapshot not null,
  until    pg_snapshot not null,
  seq_from bigint      not null,
  seq_to   bigint      not null
);

-- One row: up to where the log is cut. `epoch` is raised when the database was moved to a cluster with lower ids.
create table log_clock (
  one    boolean     not null primary key default true check (one),
  epoch  integer     not null,
  number bigint      not null,
  until  pg_snapshot not null
);
insert into log_clock (epoch, number, until) values (1, 0, '1:1:');

create table listener (
  name     text        not null primary key,
  position text        not null,
  failures integer     not null default 0,
  retry_at timestamptz,
  error    text
);

create sequence audit_seq;

create table audit_entry (
  seq        bigint      not null primary key default nextval('audit_seq'),
  epoch      integer     not null,
  xid        xid8        not null default pg_current_xact_id(),
  at         timestamptz not null,
  act        text        not null,
  subject    text        not null,
  district   text        not null,
  actor_id   text        not null,
  actor_kind text        not null,
  actor_name text        not null,
  address    text        not null,
  request_id text        not null,
  detail     jsonb       not null
);
create index audit_entry_xid on audit_entry (epoch, xid);
create index audit_entry_actor on audit_entry (actor_id, seq);
create index audit_entry_subject on audit_entry (subject, seq);

-- The trail is cut as the log is. Each seal's digest is SM3 of the digest before it and the text of its rows.
create table audit_seal (
  number    bigint      not null primary key,
  epoch     integer     not null,
  since     pg_snapshot not null,
  until     pg_snapshot not null,
  entries   integer     not null,
  digest    text        not null,
  sealed_at timestamptz not null
);

create table audit_clock (
  one    boolean     not null primary key default true check (one),
  epoch  integer     not null,
  number bigint      not null,
  until  pg_snapshot not null,
  digest text        not null
);
insert into audit_clock (epoch, number, until, digest) values (1, 0, '1:1:', '');

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
