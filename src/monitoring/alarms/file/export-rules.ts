import { getCityFacts } from '../../../atlas/index.ts'
import type { Context, Language, RawReply } from '../../../kernel/index.ts'
import { listProducts } from '../../products.ts'
import type { Trade } from '../../trades.ts'
import { writeList, type ListColumn } from '../../sheet/list-file.ts'
import { demandHere } from '../../scope.ts'
import { KINDS, LEVELS, type RuleBody } from '../rule.ts'
import { ownAlarms } from '../tables.ts'
import { writeRules } from './rule-file.ts'

const column = (key: string, zh: string, en: string, kind: ListColumn['kind'] = 'text', width = 14): ListColumn => ({ key, title: { zh, en }, kind, width })

const COLUMNS: readonly ListColumn[] = [
  column('code', '编号', 'Code', 'text', 20),
  column('name', '规则', 'Rule', 'text', 28),
  column('product', '产品', 'Product', 'text', 18),
  column('kind', '方法', 'Method'),
  column('metric', '指标', 'Metric'),
  column('side', '方向', 'Side'),
  ...LEVELS.map(({ code, words }) => column(code, words.zh, words.en, 'number', 10)),
  column('bands', '分时限值', 'Bands', 'number', 10),
  column('hysteresis', '回差', 'Hysteresis', 'number', 10),
  column('raise', '持续（秒）', 'Seconds before it rings', 'number', 12),
  column('clear', '恢复（秒）', 'Seconds before it is over', 'number', 12),
  column('case', '转案件起', 'Case from', 'text', 10),
  column('category', '类别', 'Category', 'text', 18),
  column('condition', '立案条件', 'Filing condition', 'text', 20),
  column('unit', '单位', 'Unit', 'text', 12),
  column('active', '启用', 'In force', 'text', 8),
  column('version', '版本', 'Version', 'number', 8),
  column('changed', '修改时间', 'Changed', 'moment', 20),
]

const SIDES = { above: { zh: '高于', en: 'above' }, below: { zh: '低于', en: 'below' } }
const YES = { true: { zh: '是', en: 'yes' }, false: { zh: '否', en: 'no' } }

/** Devices are of one city, and mean nothing in another. */
const namesDevices = ({ devices, measure }: RuleBody): boolean => devices.length > 0 || measure.kind === 'formula'

interface Asked {
  readonly format?: 'json' | 'xlsx'
  readonly trade?: Trade
}

/** The rules as they hold now: as the file that the import takes back, or as a sheet for people; of one trade with its products. */
export async function exportRules(ctx: Context, { format = 'json', trade }: Asked, language: Language): Promise<RawReply> {
  await demandHere(ctx, 'monitoring.read')
  const products = trade === undefined ? [] : (await listProducts(ctx)).items.filter((product) => product.trade === trade)
  const all = await ownAlarms(ctx).selectFrom('alarmRule').selectAll().where('endedAt', 'is', null).orderBy('code').execute()
  const rows = trade === undefined ? all : all.filter(({ body }) => products.some(({ code }) => code === body.product) && !namesDevices(body))
  const { code: city, zone } = await getCityFacts(ctx)
  if (format === 'json') {
    return {
      type: 'application/json; charset=utf-8',
      body: writeRules(rows, { city, at: ctx.now, ...(trade && { trade, products }) }),
      headers: { 'content-disposition': `attachment; filename="${trade ? `pack-${trade}` : 'alarm-rules'}.json"`, 'cache-control': 'no-store' },
    }
  }
  const lines = rows.map(({ code, version, changedAt, body }) => [
    code,
    body[language],
    body.product,
    KINDS[body.measure.kind][language],
    'metric' in body.measure ? body.measure.metric : 'expression' in body.measure ? body.measure.expression : null,
    SIDES[body.side][language],
    ...body.levels,
    body.bands.length || null,
    body.hysteresis,
    body.raiseSeconds,
    body.clearSeconds,
    body.case ? LEVELS[body.case.level - 1]!.words[language] : null,
    body.case?.category ?? null,
    body.case?.condition ?? null,
    body.case?.unit ?? null,
    YES[`${body.active}`][language],
    version,
    changedAt,
  ])
  return writeList({ name: 'alarm-rules', title: { zh: '告警规则', en: 'Alarm rules' }, columns: COLUMNS, rows: lines }, { format: 'xlsx', language, zone })
}
