-- Who sees devices and their readings, and who keeps them. What reports by a key of its own is granted `monitoring.ingest` there.

update role set permits = permits || array['monitoring.read']
 where code in ('operator', 'shift-lead', 'dispatcher', 'leader', 'unit-leader', 'handler', 'system-admin') and shipped
   and not permits @> array['monitoring.read'];
update role set permits = permits || array['monitoring.edit']
 where code = 'system-admin' and shipped and not permits @> array['monitoring.edit'];
