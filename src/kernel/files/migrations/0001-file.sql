-- What is known of a stored file; its bytes lie in the store under its SHA-256.
create table file (
  sha256   text        not null primary key,
  name     text        not null,
  type     text        not null,
  bytes    bigint      not null,
  taken_at timestamptz,
  lng      double precision,
  lat      double precision,
  uploader text        not null,
  at       timestamptz not null
);

-- Where the files are used: those who may read files of a region may see them. One photo may serve cases of two districts.
create table file_region (
  sha256 text not null references file (sha256),
  region text not null,
  primary key (sha256, region)
);
