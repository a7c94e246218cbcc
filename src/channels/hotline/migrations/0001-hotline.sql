-- 接听受理: calls and the callers behind them, the knowledge base, orders of other systems. A telephone number belongs to no
-- district: what hangs on one has the city's own code for its home.

-- The key by which telephone numbers are digested, itself enciphered: who has only this database learns no number.
create table phone_key (
  one    boolean primary key default true check (one),
  sealed text not null
);

create table caller (
  hash      text collate "C" not null,
  district  text collate "C" not null,
  sealed    text not null,
  masked    text not null,
  calls     integer not null,
  nuisances integer not null,
  first_at  timestamptz not null,
  last_at   timestamptz not null,
  primary key (hash, district)
);

-- The cases that a number has reported or joined, through whatever channel.
create table caller_case (
  hash     text collate "C" not null,
  district text collate "C" not null,
  number   text collate "C" not null,
  how      text not null check (how in ('reported', 'joined')),
  at       timestamptz not null,
  primary key (hash, number, district)
);
create index caller_case_latest on caller_case (district, hash, at desc);

create table call (
  id            uuid not null,
  district      text collate "C" not null,
  -- The exchange that told of it, and its own name for the call.
  bridge        text collate "C",
  theirs        text collate "C",
  hash          text collate "C",
  masked        text,
  state         text collate "C" not null check (state in ('ringing', 'talking', 'ended')),
  rang_at       timestamptz not null,
  answered_at   timestamptz,
  ended_at      timestamptz,
  operator_id   text collate "C",
  operator_name text,
  result        text collate "C" check (result in ('case', 'joined', 'answered', 'nuisance', 'silent', 'other', 'abandoned')),
  number        text collate "C",
  article_id    uuid,
  note          text,
  primary key (id, district),
  check ((state = 'ended') = (ended_at is not null)),
  check ((state = 'ended') = (result is not null))
);
create unique index call_theirs on call (bridge, theirs, district) where theirs is not null;
create index call_newest on call (district, rang_at desc, id desc);
create index call_open on call (district, rang_at) where ended_at is null;
create index call_of_caller on call (district, hash, rang_at desc) where hash is not null;

-- Figures of the desk by the day on which it rang; what rings has no operator yet.
create table call_tally (
  day         date not null,
  district    text collate "C" not null,
  operator_id text collate "C" not null,
  rang        integer not null,
  answered    integer not null,
  in_time     integer not null,
  wait_ms     bigint  not null,
  talk_ms     bigint  not null,
  results     jsonb   not null,
  primary key (day, district, operator_id)
);

-- ── 知识库

create table article_version (
  id             uuid not null,
  version        integer not null check (version > 0),
  state          text not null check (state in ('draft', 'review', 'published', 'withdrawn', 'replaced')),
  question       text not null,
  answer         text not null,
  category       text,
  region         text not null,
  keywords       text[] not null,
  valid_from     date,
  valid_to       date,
  source         text not null,
  author_id      text not null,
  author_name    text not null,
  written_at     timestamptz not null,
  reviewer_id    text,
  reviewer_name  text,
  reviewed_at    timestamptz,
  -- Why it was sent back or withdrawn.
  remark         text,
  primary key (id, version),
  -- 二人审核: whoever wrote it does not let it out.
  check (state not in ('published', 'replaced') or reviewer_id <> author_id)
);
create unique index article_published on article_version (id) where state = 'published';
create unique index article_open on article_version (id) where state in ('draft', 'review');
create index article_newest on article_version (written_at desc, id desc);

-- Words of published answers: pairs of neighbouring characters, with what each weighs.
create table article_word (
  word       text collate "C" not null,
  article_id uuid not null,
  weight     real not null,
  primary key (word, article_id)
);
create index article_word_article on article_word (article_id);

create table article_tally (
  article_id uuid primary key,
  used       integer not null,
  useless    integer not null,
  used_at    timestamptz
);

-- ── 外部工单

create table order_system (
  code    text collate "C" primary key check (code ~ '^[a-z0-9-]{2,32}$'),
  name    text not null,
  source  text not null,
  datum   text not null check (datum in ('wgs84', 'gcj02', 'bd09')),
  -- More in ten minutes than this wait to be sifted.
  most    integer not null check (most > 0),
  -- The key that first spoke for it; no other may.
  machine text,
  active  boolean not null
);

create table order_category (
  system   text collate "C" not null references order_system (code),
  theirs   text collate "C" not null,
  name     text not null,
  category text,
  seen     integer not null,
  seen_at  timestamptz,
  primary key (system, theirs)
);

create table outside_order (
  system      text collate "C" not null,
  theirs      text collate "C" not null,
  district    text collate "C" not null,
  number      text collate "C" not null,
  received_at timestamptz not null,
  body        jsonb not null,
  primary key (system, theirs, district)
);
create index outside_order_newest on outside_order (district, received_at desc);

-- ── What the shipped roles may do here.

update role set permits = permits || array['hotline.desk', 'hotline.calls', 'knowledge.edit'] where shipped and code = 'operator';
update role set permits = permits || array['hotline.desk', 'hotline.calls', 'hotline.manage', 'knowledge.edit', 'knowledge.review'] where shipped and code = 'shift-lead';
update role set permits = permits || array['hotline.calls'] where shipped and code = 'leader';
