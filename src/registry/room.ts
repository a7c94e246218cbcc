import type { Room } from '../kernel/index.ts'
import { calendarFile } from './pack/calendar.ts'
import { categoriesFile, limitsFile } from './pack/categories.ts'
import { dictionaryFile } from './pack/dictionary.ts'
import { peopleFile } from './pack/people.ts'
import { unitsFile } from './pack/units.ts'
import { routes } from './routes.ts'
import { tables } from './tables.ts'

export const registry = {
  name: 'registry',
  title: { zh: '基础资料', en: 'Registry' },
  permits: {
    'registry.read': { zh: '查看单位、人员与目录', en: 'See units, people and the catalogues' },
    'registry.edit': { zh: '维护单位、目录与字典', en: 'Keep units, catalogues and dictionaries' },
    'registry.settings': { zh: '设置参数', en: 'Set the numbers of the house' },
    'registry.calendar': { zh: '维护工作日历', en: 'Keep the working calendar' },
  },
  tables,
  migrations: new URL('./migrations/', import.meta.url),
  routes,
  pack: [unitsFile, peopleFile, categoriesFile, limitsFile, calendarFile, dictionaryFile],
} satisfies Room
