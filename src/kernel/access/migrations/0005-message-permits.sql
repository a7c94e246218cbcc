-- Everyone reads their own messages; channels, rules and templates are the system administrator's.

update role set permits = permits || array['messages.read'] where shipped and not permits @> array['messages.read'];
update role set permits = permits || array['messages.manage'] where code = 'system-admin' and shipped and not permits @> array['messages.manage'];

insert into role (code, zh, en, permits, shipped) values
  ('unit-leader', '单位负责人', 'Leader of a unit',
   array['case.read', 'gather.read', 'atlas.read', 'registry.read', 'file.read', 'messages.read', 'messages.unit-leader'], true)
on conflict (code) do nothing;
