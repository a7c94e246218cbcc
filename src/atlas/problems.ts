import { problem } from '../kernel/index.ts'

export const cityMissing = problem(404, 'atlas.city-missing', () => ({
  zh: '还没有载入城市',
  en: 'No city has been loaded yet',
}))
