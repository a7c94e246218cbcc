-- Calendars edited in the web: who made a version and why. Those that came with a city pack have neither.

alter table calendar add column recorded_by text;
alter table calendar add column recorded_by_name text;
alter table calendar add column note text;
