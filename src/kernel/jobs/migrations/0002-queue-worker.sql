-- Who works on the queue. What a worker held that is seen no more goes back into it.
create table queue_worker (
  id      text        not null primary key,
  seen_at timestamptz not null
);
