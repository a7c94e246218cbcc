-- Who sets the numbers of the house (参数).

update role set permits = permits || array['registry.settings'] where code = 'system-admin' and shipped and not permits @> array['registry.settings'];
