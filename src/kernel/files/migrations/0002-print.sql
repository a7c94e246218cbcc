-- 64 bits in hex by which pictures of the same are found; null where there is no picture, or nothing to see in it.
alter table file add column print text;
