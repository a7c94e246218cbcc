-- Who sees and who keeps the rules of responsibility (确责).

update role set permits = permits || array['responsibility.read']
 where code in ('operator', 'shift-lead', 'dispatcher', 'leader', 'system-admin') and shipped and not permits @> array['responsibility.read'];
update role set permits = permits || array['responsibility.edit']
 where code in ('shift-lead', 'system-admin') and shipped and not permits @> array['responsibility.edit'];
