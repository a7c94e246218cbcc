-- What is told to whom: one row for each message to each receiver by each channel, whatever becomes of it.

create table message (
  id        uuid                     not null,
  -- Of the case; of the city for what is about no case.
  district  text collate "C"         not null,
  -- Its place in the log of events, or what else has caused it. With rule, channel and receiver it gives the id, so that nothing is told twice.
  cause     text collate "C"         not null,
  rule      text                     not null,
  channel   text                     not null,
  receiver  text                     not null,
  -- 'step', 'lamp', 'task', 'digest', 'trial'.
  kind      text                     not null,
  -- The step, lamp or kind of task; of a step also its ordinal.
  about     text                     not null,
  ordinal   integer,
  number    text collate "C",
  template  text,
  -- How the receiver is called, and where they are reached by this channel.
  name      text                     not null,
  address   text,
  -- {"zh": {"subject", "body"}, "en": …}; of a push to another system, `payload`.
  words     jsonb,
  payload   jsonb,
  link      text,
  urgent    boolean                  not null,
  -- It is told only as long as the case has not moved on.
  watch     boolean                  not null,
  state     text                     not null
            check (state in ('waiting', 'gathering', 'sending', 'sent', 'dead', 'held', 'stopped', 'gathered')),
  at        timestamptz              not null,
  -- When it is to be sent, at the earliest; while it is being sent, when another may try.
  due_at    timestamptz              not null,
  tries     integer                  not null,
  sent_at   timestamptz,
  read_at   timestamptz,
  -- What the gateway answered, and what went wrong the last time.
  answer    text,
  error     text,
  -- The digest in which it was told.
  digest    uuid,
  primary key (district, id)
);

create index message_due on message (district, channel, due_at) where state in ('waiting', 'sending');
create index message_gathering on message (district, due_at) where state = 'gathering';
create index message_mine on message (receiver, sent_at desc, id desc) where channel = 'app' and state = 'sent';
create index message_unread on message (receiver, sent_at desc) where channel = 'app' and state = 'sent' and read_at is null;
create index message_by_number on message (district, number, id) where number is not null;
create index message_outward on message (district, channel, id) where channel <> 'app';
create index message_undone on message (district, state, id) where state in ('dead', 'held');

-- Rules, templates and settings as a city changed them; those that it did not change come with the program.
create table message_rule (
  code       text primary key,
  body       jsonb       not null,
  changed_at timestamptz not null,
  changed_by text        not null
);

create table message_template (
  code       text primary key,
  body       jsonb       not null,
  changed_at timestamptz not null,
  changed_by text        not null
);

create table message_setting (
  name       text primary key,
  body       jsonb       not null,
  changed_at timestamptz not null,
  changed_by text        not null
);

-- A gateway, a mail server, a robot of a group. What is secret is enciphered.
create table message_channel (
  code       text primary key,
  kind       text        not null check (kind in ('sms', 'email', 'wecom', 'dingtalk')),
  name       text        not null,
  -- Path of the unit whose people it serves; '' for all.
  unit       text        not null,
  enabled    boolean     not null,
  settings   jsonb       not null,
  sealed     text,
  changed_at timestamptz not null,
  changed_by text        not null
);

-- How a person is reached besides the telephone that the registry knows.
create table message_contact (
  account_id uuid primary key,
  email      text,
  wecom      text,
  -- Channels that this person has switched off for what is not urgent.
  muted      text[]      not null,
  changed_at timestamptz not null
);

-- Another system that is told of steps by signed pushes.
create table subscription (
  id         uuid primary key,
  name       text        not null,
  url        text        not null,
  sealed     text        not null,
  -- Steps, 'lamp', 'task'; none named: all of them.
  events     text[]      not null,
  sources    text[]      not null,
  -- Systems whose own reports it is told of (case_origin.system); none named: of every case.
  systems    text[]      not null,
  enabled    boolean     not null,
  made_at    timestamptz not null,
  made_by    text        not null
);
