-- An alarm is about a device or about a vehicle; of a vehicle it names the place where it rang.

alter table alarm add column about text not null default 'device' check (about in ('device', 'vehicle'));
alter table alarm add column place point;
