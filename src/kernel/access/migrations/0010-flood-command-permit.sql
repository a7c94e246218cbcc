-- Who commands in floods: calls people up to flood points, and gives orders to them and to pump trucks.

update role set permits = permits || array['monitoring.command']
 where code in ('shift-lead', 'dispatcher') and shipped and not permits @> array['monitoring.command'];
