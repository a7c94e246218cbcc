import { useQuery } from '@tanstack/react-query'
import { Button, Dropdown, Table } from 'antd'
import { useState } from 'react'
import { addressOf, EmptyState, ErrorState, Icon, sayMoment, useAddress, useWords } from '../../kernel/web/index.ts'
import { getRulesFile, KINDS, LEVELS, TRADE_CODES, TRADES, type RuleBody, type RuleShown } from '../contract.ts'
import { rulesQuery, useLiveAlarms } from './alarm-queries.ts'
import { LevelMark } from './level-mark.tsx'
import { productsQuery } from './queries.ts'
import { RuleForm } from './rule-form.tsx'
import { RulesImport } from './rules-import.tsx'
import './alarms.css'

const words = {
  title: { zh: '告警规则', en: 'Alarm rules' },
  lead: { zh: '何时告警、几级、是否转为案件；每次修改都是新版本', en: 'When it rings, at which level, and whether it becomes a case; every change is a new version' },
  add: { zh: '新增规则', en: 'New rule' },
  import: { zh: '导入', en: 'Import' },
  export: { zh: '导出', en: 'Export' },
  sheet: { zh: '导出 Excel', en: 'Export to Excel' },
  pack: { zh: '导出行业包', en: 'Export a trade' },
  code: { zh: '编号', en: 'Code' },
  name: { zh: '规则', en: 'Rule' },
  product: { zh: '产品', en: 'Product' },
  kind: { zh: '方法', en: 'Method' },
  levels: { zh: '限值', en: 'Limits' },
  case: { zh: '转案件', en: 'Case' },
  from: { zh: '及以上', en: 'and up' },
  vehicles: { zh: '车辆', en: 'Vehicles' },
  ringing: { zh: '未解除', en: 'Open' },
  version: { zh: '版本', en: 'Version' },
  off: { zh: '停用', en: 'Off' },
  public: { zh: '公众预警', en: 'Public' },
  none: { zh: '还没有告警规则。', en: 'There are no rules yet.' },
} as const

const BLANK: RuleBody = {
  zh: '', en: '', product: null, devices: [], measure: { kind: 'threshold', metric: '' }, side: 'above', levels: [null, null, null, null], bands: [], hysteresis: 0, raiseSeconds: 0, clearSeconds: 0, case: null, active: true,
}

export default function RulesPage() {
  const { say, language } = useWords()
  useLiveAlarms()
  const rules = useQuery(rulesQuery)
  const products = useQuery(productsQuery).data?.items
  const [address, setAddress] = useAddress<{ rule?: string }>()
  const [adding, setAdding] = useState(false)
  const [importing, setImporting] = useState(false)
  if (rules.isError) return <ErrorState error={rules.error} retry={() => void rules.refetch()} />
  const chosen = rules.data?.items.find(({ code }) => code === address.rule)
  if (products && (adding || chosen)) {
    const close = () => {
      setAdding(false)
      setAddress({ rule: undefined })
    }
    return <RuleForm key={chosen?.code ?? ''} {...(chosen && { code: chosen.code })} rule={chosen ? bodyOf(chosen) : BLANK} products={products} close={close} />
  }
  const nameOf = (code: string | null) => {
    if (code === null) return say(words.vehicles)
    const product = products?.find((each) => each.code === code)
    return product ? say(product) : code
  }
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
        <div className="buttons">
          <Button onClick={() => setImporting(true)}>{say(words.import)}</Button>
          <Button href={addressOf(getRulesFile, {}, {})} download="alarm-rules.json">
            {say(words.export)}
          </Button>
          <Button href={addressOf(getRulesFile, {}, { format: 'xlsx' })} download="alarm-rules.xlsx">
            {say(words.sheet)}
          </Button>
          <Dropdown
            trigger={['click']}
            menu={{
              items: TRADE_CODES.filter((trade) => products?.some((product) => product.trade === trade)).map((trade) => ({
                key: trade,
                label: (
                  <a href={addressOf(getRulesFile, {}, { trade })} download={`pack-${trade}.json`}>
                    {say(TRADES[trade])}
                  </a>
                ),
              })),
            }}
          >
            <Button>{say(words.pack)}</Button>
          </Dropdown>
          <Button type="primary" icon={<Icon name="plus" />} onClick={() => setAdding(true)}>
            {say(words.add)}
          </Button>
        </div>
      </header>
      {importing && <RulesImport close={() => setImporting(false)} />}
      <Table<RuleShown>
        size="small"
        rowKey="code"
        loading={rules.isPending}
        pagination={false}
        dataSource={rules.data?.items ?? []}
        locale={{ emptyText: <EmptyState why={say(words.none)} /> }}
        scroll={{ x: 900 }}
        columns={[
          {
            title: say(words.name),
            render: (_, rule) => (
              <>
                <button type="button" className="rule-name" onClick={() => setAddress({ rule: rule.code })}>
                  {rule[language]}
                </button>{' '}
                {!rule.active && <span className="tag">{say(words.off)}</span>} {rule.public && <span className="tag">{say(words.public)}</span>}
                <div className="muted small">{rule.code}</div>
              </>
            ),
          },
          { title: say(words.product), render: (_, rule) => nameOf(rule.product) },
          { title: say(words.kind), render: (_, rule) => say(KINDS[rule.measure.kind]) },
          { title: say(words.levels), render: (_, rule) => <Limits rule={rule} /> },
          { title: say(words.case), render: (_, rule) => (rule.case ? `${say(LEVELS[rule.case.level - 1]!.words)} ${say(words.from)}` : '—') },
          { title: say(words.ringing), align: 'right', render: (_, rule) => rule.ringing || '—' },
          { title: say(words.version), render: (_, rule) => <span className="small">{`${rule.version} · ${sayMoment(rule.changedAt)}`}</span> },
        ]}
      />
    </div>
  )
}

const Limits = ({ rule }: { rule: RuleBody }) => (
  <span style={{ display: 'inline-flex', gap: 10, flexWrap: 'wrap' }}>
    {rule.levels.map((limit, i) =>
      limit === null ? null : (
        <span key={i} className="number" style={{ whiteSpace: 'nowrap' }}>
          <LevelMark level={i + 1} size={16} /> {rule.side === 'above' ? '≥' : '≤'} {limit}
        </span>
      ),
    )}
    {rule.bands.length > 0 && <span className="muted small">+{rule.bands.length}</span>}
  </span>
)

function bodyOf(rule: RuleShown): RuleBody {
  const { zh, en, product, devices, vehicleKinds = [], measure, side, levels, bands, hysteresis, raiseSeconds, clearSeconds, case: becomes, public: told, active } = rule
  return { zh, en, product, devices, vehicleKinds, measure, side, levels, bands, hysteresis, raiseSeconds, clearSeconds, case: becomes, public: told ?? null, active }
}
