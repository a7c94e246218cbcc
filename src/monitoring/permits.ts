import type { Words } from '../kernel/contract.ts'

export const PERMITS = {
  'monitoring.read': { zh: '查看设备与读数', en: 'See devices and readings' },
  'monitoring.edit': { zh: '维护产品、设备与密钥，处理隔离区', en: 'Keep products, devices and their keys, and the quarantine' },
  'monitoring.attend': { zh: '确认、搁置告警', en: 'Attend to alarms: acknowledge and shelve them' },
  'monitoring.command': { zh: '防汛指挥：叫应、下达指令、维护责任人', en: 'Command in floods: call up, order, keep the rolls' },
  'monitoring.risk': { zh: '维护风险清单与复评', en: 'Keep the register of risks, and review them' },
  'monitoring.hazard': { zh: '上报隐患', en: 'Report hazards' },
  'monitoring.report': { zh: '编写、查看内涝快报', en: 'Write and read reports of floods' },
  'monitoring.report-issue': { zh: '签发内涝快报', en: 'Issue reports of floods' },
  'monitoring.rule': { zh: '设置告警规则', en: 'Set the rules of alarms' },
  'monitoring.ingest': { zh: '上报读数（接口密钥）', en: 'Report readings, by a key of a machine' },
} as const satisfies Record<string, Words>
