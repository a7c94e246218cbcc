-- Whose turn it is to run what runs again and again. A holder that is killed loses its lease by time.
create table job_turn (
  name         text        not null primary key,
  next_at      timestamptz not null,
  holder       text,
  leased_until timestamptz
);
