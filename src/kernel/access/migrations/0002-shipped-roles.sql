-- The roles that come with the program, and what is kept apart. Data: an administrator may change the roles and add others.

insert into role (code, zh, en, permits, shipped) values
  ('operator', '受理员', 'Operator',
   array['case.read', 'case.report', 'case.accept', 'case.reporter', 'atlas.read', 'registry.read', 'gather.read', 'file.read'], true),
  ('shift-lead', '值班长', 'Shift lead',
   array['case.read', 'case.report', 'case.accept', 'case.reporter', 'case.establish', 'case.close', 'case.void',
         'atlas.read', 'registry.read', 'gather.read', 'file.read'], true),
  ('dispatcher', '派遣员', 'Dispatcher',
   array['case.read', 'case.dispatch', 'atlas.read', 'registry.read', 'gather.read', 'file.read'], true),
  ('collector', '监督员', 'Collector',
   array['collector.work', 'case.report', 'case.verify', 'case.check', 'case.self-dispose', 'atlas.read', 'registry.read', 'file.read'], true),
  ('handler', '处置员', 'Handler',
   array['case.read', 'case.dispose', 'atlas.read', 'registry.read', 'file.read'], true),
  ('leader', '领导', 'Leader',
   array['case.read', 'gather.read', 'atlas.read', 'registry.read', 'file.read'], true),
  ('system-admin', '系统管理员', 'System administrator',
   array['access.read', 'access.accounts', 'atlas.read', 'registry.read', 'registry.edit', 'case.import'], true),
  ('security-admin', '安全管理员', 'Security administrator',
   array['access.read', 'access.grants', 'registry.read'], true),
  ('audit-admin', '审计管理员', 'Audit administrator',
   array['access.read', 'access.audit'], true);

insert into permit_apart (one, other, zh, en) values
  ('access.accounts', 'access.grants', '三权分立：系统管理员与安全管理员不能是同一人',
   'The system and the security administrator are never the same person'),
  ('access.accounts', 'access.audit', '三权分立：系统管理员与审计管理员不能是同一人',
   'The system and the audit administrator are never the same person'),
  ('access.grants', 'access.audit', '三权分立：安全管理员与审计管理员不能是同一人',
   'The security and the audit administrator are never the same person'),
  ('case.dispose', 'case.check', '管评分离：处置者不能核查', 'Who disposes never checks'),
  ('case.dispose', 'case.close', '管评分离：处置者不能结案', 'Who disposes never closes');
