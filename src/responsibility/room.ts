import type { Room } from '../kernel/index.ts'
import { rulesSound } from './check.ts'
import { dutyFile } from './pack/duty.ts'
import { responsibilityFile } from './pack/responsibility.ts'
import { routes } from './routes.ts'
import { tables } from './tables.ts'

export const responsibility = {
  name: 'responsibility',
  title: { zh: '确责', en: 'Responsibility' },
  permits: {
    'responsibility.read': { zh: '查看确责规则与先例', en: 'See the rules and precedents of responsibility' },
    'responsibility.edit': { zh: '维护确责规则与先例', en: 'Keep the rules and precedents of responsibility' },
  },
  tables,
  migrations: new URL('./migrations/', import.meta.url),
  routes,
  pack: [responsibilityFile, dutyFile],
  checks: [rulesSound],
} satisfies Room
