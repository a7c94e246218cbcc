import { answer, type Room } from '../kernel/index.ts'
import { readActs } from './acts.ts'
import { getActFigures, getCube, getOverview } from './contract.ts'
import { readCube } from './cube.ts'
import { casesCounted } from './hear-cases.ts'
import { readOverview } from './overview.ts'
import { cubesEqualHistory } from './recount.ts'

const routes = [
  answer(getOverview, (ctx, { query, language }) => readOverview(ctx, query, language)),
  answer(getActFigures, (ctx, { query, language }) => readActs(ctx, query, language)),
  answer(getCube, (ctx, { query }) => readCube(ctx, query)),
]

/** 数据汇聚: what happened in the city, counted. */
export const gather = {
  name: 'gather',
  title: { zh: '数据汇聚', en: 'Statistics' },
  permits: { 'gather.read': { zh: '查看统计', en: 'See the statistics' } },
  tables: { case_fact: 'sharded', case_cube: 'sharded', case_tally: 'sharded', case_standing: 'sharded', act_count: 'sharded' },
  migrations: new URL('./migrations/', import.meta.url),
  routes,
  listeners: [casesCounted],
  checks: [cubesEqualHistory],
} satisfies Room
