-- Public warnings (公众预警): the messages of CAP 1.2 that an alarm has given, as they were given. A later one refers to the earlier; none is changed.

create table public_warning (
  id         uuid        not null,
  district   text        not null,
  alarm      uuid        not null,
  -- Of the messages of its alarm, from 1.
  ordinal    integer     not null,
  kind       text        not null check (kind in ('Alert', 'Update', 'Cancel')),
  -- 1 blue to 4 red; of a Cancel the one that ended.
  level      smallint    not null check (level between 1 and 4),
  sent_at    timestamptz not null,
  began_at   timestamptz not null,
  expires_at timestamptz not null,
  sender     text        not null,
  status     text        not null,
  -- "sender,identifier,sent" of the messages that this one replaces.
  refers     text[]      not null,
  -- Its words in both languages and its area.
  body       jsonb       not null,
  primary key (id, district)
);

create unique index public_warning_of_alarm on public_warning (alarm, ordinal, district);
create index public_warning_by_time on public_warning (sent_at desc, id desc);
