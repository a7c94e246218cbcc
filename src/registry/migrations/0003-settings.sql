-- Numbers that a city has set otherwise than the program ships them; what stands here holds from the moment it was set.

create table setting (
  code            text collate "C" primary key,
  value           double precision not null,
  set_at          timestamptz      not null,
  set_by          text             not null,
  set_by_name     text             not null
);
