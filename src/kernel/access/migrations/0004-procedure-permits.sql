-- Permits of the procedures (延期, 挂账, 督办, 会商, 回访 …) for the shipped roles; roles that an administrator made are left as they are.

update role set permits = permits || array['case.callback', 'case.merge'] where code = 'operator' and shipped;
update role set permits = permits || array['case.approve', 'case.reopen', 'case.callback', 'case.merge', 'case.confer', 'case.urge'] where code = 'shift-lead' and shipped;
update role set permits = permits || array['case.urge', 'case.confer', 'case.merge'] where code = 'dispatcher' and shipped;
update role set permits = permits || array['case.approve-high', 'case.supervise', 'case.urge'] where code = 'leader' and shipped;
update role set permits = permits || array['case.flow'] where code = 'system-admin' and shipped;

insert into role (code, zh, en, permits, shipped) values
  ('finance', '结算员', 'Settlement clerk', array['case.read', 'case.settle', 'registry.read', 'file.read'], true);
