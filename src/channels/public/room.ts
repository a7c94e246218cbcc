import type { Room } from '../../kernel/index.ts'
import { keepPublicFacts } from './hear.ts'
import { routes } from './routes.ts'

export default {
  name: 'channels/public',
  title: { zh: '公众服务', en: 'Public services' },
  tables: { public_spot: 'sharded', public_tally: 'sharded' },
  migrations: new URL('./migrations/', import.meta.url),
  routes,
  listeners: [keepPublicFacts],
} satisfies Room
