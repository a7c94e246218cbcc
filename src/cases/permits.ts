import type { Words } from '../kernel/contract.ts'

export const PERMITS = {
  'case.read': { zh: '查看案件', en: 'See cases' },
  'case.report': { zh: '上报', en: 'Report' },
  'case.accept': { zh: '受理、不予立案、派发核实核查', en: 'Accept, decline, send to verify and to check' },
  'case.establish': { zh: '立案', en: 'Establish' },
  'case.dispatch': { zh: '派遣', en: 'Dispatch' },
  'case.dispose': { zh: '处置、回退', en: 'Dispose, return' },
  'case.verify': { zh: '核实', en: 'Verify' },
  'case.check': { zh: '核查', en: 'Check' },
  'case.close': { zh: '结案', en: 'Close' },
  'case.void': { zh: '作废', en: 'Void' },
  'case.self-dispose': { zh: '自行处置', en: 'Dispose on the spot' },
  'case.reporter': { zh: '查看反映人', en: 'See who reported' },
  'case.import': { zh: '导入历史案件', en: 'Import past cases' },
} as const satisfies Record<string, Words>
