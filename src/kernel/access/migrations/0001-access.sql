-- Who may enter, and what each may do there.

create table account (
  id                   uuid primary key,
  account              text not null check (account <> ''),
  name                 text not null,
  region               text not null default '',
  password_hash        text,
  must_change_password boolean not null default false,
  state                text not null default 'active' check (state in ('active', 'disabled')),
  created_at           timestamptz not null,
  password_at          timestamptz,
  signed_in_at         timestamptz,
  signed_in_from       text
);
-- Capitals and small letters are the same account.
create unique index account_by_name on account (lower(account));
create index account_by_region on account (region text_pattern_ops, id);

create table role (
  code    text primary key,
  zh      text not null,
  en      text not null,
  permits text[] not null,
  shipped boolean not null default false
);

create table access_grant (
  account_id uuid not null references account (id) on delete cascade,
  role       text not null references role (code),
  region     text not null,
  unit       text not null,
  category   text not null,
  primary key (account_id, role, region, unit, category)
);
create index access_grant_by_role on access_grant (role);

-- Permits that one account, one role or one key never holds together.
create table permit_apart (
  one   text not null,
  other text not null,
  zh    text not null,
  en    text not null,
  primary key (one, other)
);

create table session (
  id           uuid primary key,
  token_digest text not null unique,
  account_id   uuid not null references account (id) on delete cascade,
  started_at   timestamptz not null,
  seen_at      timestamptz not null,
  address      text not null,
  agent        text not null,
  -- The sign-in before this one, so that its owner may notice a stranger's.
  last_at      timestamptz,
  last_address text
);
create index session_by_account on session (account_id);
create index session_by_seen_at on session (seen_at);

create table api_key (
  id         uuid primary key,
  name       text not null,
  digest     text not null unique,
  tail       text not null,
  permits    text[] not null,
  region     text not null,
  unit       text not null,
  category   text not null,
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz,
  used_at    timestamptz,
  revoked_at timestamptz
);

create table setup_link (
  token_digest text primary key,
  made_at      timestamptz not null,
  expires_at   timestamptz not null
);

-- Failed sign-ins by the digest of the name that was typed, whether there is such an account or not:
-- a stranger learns nothing from a lock. A digest, because people type passwords into the wrong field.
create table sign_in_failure (
  name_digest  text primary key,
  failures     integer not null,
  failed_at    timestamptz not null,
  locked_until timestamptz
);
