-- Who writes and reads reports of floods, and who issues them.

update role set permits = permits || array['monitoring.report']
 where code in ('operator', 'shift-lead', 'dispatcher', 'leader') and shipped and not permits @> array['monitoring.report'];
update role set permits = permits || array['monitoring.report-issue']
 where code in ('shift-lead', 'leader') and shipped and not permits @> array['monitoring.report-issue'];
