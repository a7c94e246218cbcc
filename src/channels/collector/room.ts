import type { Room } from '../../kernel/index.ts'
import { routes } from './routes.ts'

export default {
  name: 'channels/collector',
  title: { zh: '采集', en: 'Collectors' },
  permits: { 'collector.work': { zh: '采集员工作', en: 'Work as a collector' } },
  tables: { collector_act: 'sharded' },
  migrations: new URL('./migrations/', import.meta.url),
  routes,
} satisfies Room
