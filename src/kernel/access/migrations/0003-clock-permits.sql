-- Who keeps the working calendar, and who takes emergency orders.

update role set permits = permits || array['registry.calendar'] where code = 'system-admin' and shipped and not permits @> array['registry.calendar'];
update role set permits = permits || array['case.respond'] where code in ('collector', 'handler') and shipped and not permits @> array['case.respond'];
