-- Who attends to alarms, and who sets the rules that raise them.

update role set permits = permits || array['monitoring.attend']
 where code in ('operator', 'shift-lead', 'dispatcher', 'handler') and shipped and not permits @> array['monitoring.attend'];
update role set permits = permits || array['monitoring.attend', 'monitoring.rule']
 where code = 'system-admin' and shipped and not permits @> array['monitoring.rule'];
