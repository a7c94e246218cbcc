-- Who keeps the register of risks, and who reports hazards.

update role set permits = permits || array['monitoring.hazard']
 where code in ('operator', 'shift-lead', 'dispatcher', 'handler', 'system-admin') and shipped and not permits @> array['monitoring.hazard'];
update role set permits = permits || array['monitoring.risk']
 where code in ('shift-lead', 'handler', 'system-admin') and shipped and not permits @> array['monitoring.risk'];
