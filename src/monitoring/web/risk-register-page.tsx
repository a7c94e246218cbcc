import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Input, Table } from 'antd'
import { useState } from 'react'
import { EmptyState, ErrorState, headed, Icon, useAddress, useMay, useNow, useWords } from '../../kernel/web/index.ts'
import { UnitField } from '../../registry/web/index.ts'
import { FIELD_CODES, FIELDS, getRisksSheet, postRisksSheet, REVIEW_STATES, RISK_LEVELS, RISK_STATES, type RiskFilter, type RiskShown } from '../contract.ts'
import { LevelMark } from './level-mark.tsx'
import { ListExport } from './list-export.tsx'
import { ListImport } from './list-import.tsx'
import { RiskForm } from './risk-form.tsx'
import { Pick } from './risk-pick.tsx'
import { keyOfText, keyText, risksQuery, useLiveRisks } from './risk-queries.ts'
import { RiskPanel } from './risk-panel.tsx'
import { kindWords, sayDay, sayReview } from './risk-words.ts'
import './risk.css'

const words = {
  title: { zh: '风险管理', en: 'Register of risks' },
  lead: { zh: '风险清单：等级、管控措施、责任单位与复评日期', en: 'Risks with their levels, measures, owners and reviews' },
  search: { zh: '编号或名称', en: 'Code or name' },
  field: { zh: '领域', en: 'Field' },
  level: { zh: '风险等级', en: 'Level' },
  review: { zh: '复评', en: 'Review' },
  state: { zh: '状态', en: 'State' },
  unit: { zh: '责任单位', en: 'Owner' },
  risk: { zh: '风险', en: 'Risk' },
  measures: { zh: '管控措施', en: 'Control measures' },
  reviewBy: { zh: '下次复评', en: 'Next review' },
  devices: { zh: '监测设备', en: 'Devices' },
  ringing: { zh: '告警中', en: 'ringing' },
  add: { zh: '登记风险', en: 'Register a risk' },
  import: { zh: '导入', en: 'Import' },
  importTitle: { zh: '导入风险清单', en: 'Import risks' },
  more: { zh: '更多风险', en: 'More risks' },
  none: { zh: '没有符合的风险。', en: 'No risk fits.' },
  one: { zh: '选中的风险', en: 'The chosen risk' },
  close: { zh: '关闭', en: 'Close' },
  onMap: { zh: '在图上看', en: 'On the map' },
}

const REVIEWS = { overdue: { zh: '复评逾期', en: 'Review overdue' }, soon: { zh: '30 天内复评', en: 'Within 30 days' } }
const STATES = { watched: { zh: '管控中', en: 'Watched' }, ended: { zh: '已消除', en: 'Removed' } }

type Address = Partial<Record<'words' | 'field' | 'level' | 'review' | 'state' | 'unit' | 'risk', string>>

export default function RiskRegisterPage() {
  const { say, language } = useWords()
  useLiveRisks()
  const may = useMay()
  const now = useNow()
  const go = useNavigate()
  const [address, setAddress] = useAddress<Address>()
  const [text, setText] = useState(address.words ?? '')
  const [open, setOpen] = useState<'add' | 'import' | RiskShown>()
  const { risk, level, ...rest } = address
  const filter = { ...rest, ...(level && { level: Number(level) }) } as RiskFilter
  const list = useInfiniteQuery(risksQuery(filter))
  const chosen = keyOfText(risk)
  if (list.isError) return <ErrorState error={list.error} retry={() => void list.refetch()} />
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
        <div className="risk-acts">
          <ListExport from={getRisksSheet} name="risks" filter={filter} />
          {may('monitoring.risk') && (
            <>
              <Button onClick={() => setOpen('import')}>{say(words.import)}</Button>
              <Button type="primary" icon={<Icon name="plus" />} onClick={() => setOpen('add')}>
                {say(words.add)}
              </Button>
            </>
          )}
        </div>
      </header>
      {open === 'import' && <ListImport title={say(words.importTitle)} into={postRisksSheet} from={getRisksSheet} close={() => setOpen(undefined)} />}
      {(open === 'add' || typeof open === 'object') && (
        <RiskForm
          key={typeof open === 'object' ? keyText(open) : 'add'}
          {...(typeof open === 'object' && { risk: open })}
          close={() => setOpen(undefined)}
          done={(saved) => {
            setOpen(undefined)
            setAddress({ risk: keyText(saved) })
          }}
        />
      )}
      <div className="risk-filters">
        <Input.Search
          style={{ width: 220 }}
          allowClear
          maxLength={60}
          value={text}
          placeholder={say(words.search)}
          aria-label={say(words.search)}
          onChange={(event) => setText(event.target.value)}
          onSearch={(asked) => setAddress({ words: asked.trim() })}
        />
        <Pick label={say(words.field)} value={address.field} set={(field) => setAddress({ field })} options={FIELD_CODES.map((code) => [code, say(FIELDS[code])])} />
        <Pick label={say(words.level)} value={level} set={(next) => setAddress({ level: next })} options={[4, 3, 2, 1].map((each) => [String(each), say(RISK_LEVELS[each - 1]!)])} />
        <Pick label={say(words.review)} value={address.review} set={(review) => setAddress({ review })} options={REVIEW_STATES.map((each) => [each, say(REVIEWS[each])])} />
        <UnitField value={address.unit} onChange={(unit) => setAddress({ unit })} width={200} placeholder={say(words.unit)} />
        <Pick label={say(words.state)} value={address.state ?? 'watched'} set={(state) => setAddress({ state })} options={RISK_STATES.map((each) => [each, say(STATES[each])])} fixed />
      </div>
      <div className="risk-two" data-open={chosen !== undefined || undefined}>
        <section className="card">
          <Table<RiskShown>
            className="as-cards"
            size="small"
            rowKey={keyText}
            pagination={false}
            loading={list.isPending}
            dataSource={items}
            rowClassName={(row) => (keyText(row) === risk ? 'risk-chosen' : '')}
            locale={{ emptyText: <EmptyState why={say(words.none)} /> }}
            columns={[
              { title: say(words.level), width: 108, render: (_, row) => <LevelOf row={row} /> },
              {
                title: say(words.risk),
                render: (_, row) => (
                  <>
                    <button type="button" className="link" onClick={() => setAddress({ risk: keyText(row) })}>
                      {row.name}
                    </button>
                    <p className="muted small">
                      {say(FIELDS[row.field])} · {say(kindWords(row.kind))} · <span className="number">{row.code}</span>
                    </p>
                  </>
                ),
              },
              ...(chosen ? [] : [{ title: say(words.measures), render: (_: unknown, row: RiskShown) => <span className="small">{row.measures}</span> }]),
              {
                title: say(words.unit),
                onCell: () => headed(say(words.unit)),
                render: (_, row) => (
                  <>
                    {row.ownerName ? say(row.ownerName) : '—'}
                    <p className="muted small">{row.ownerPerson}</p>
                  </>
                ),
              },
              {
                title: say(words.reviewBy),
                onCell: () => headed(say(words.reviewBy)),
                width: 124,
                render: (_, row) => {
                  const due = sayReview(row.reviewBy, now, language)
                  return (
                    <>
                      <span className="number">{sayDay(row.reviewBy)}</span>
                      {row.state === 'watched' && due.tone === 'red' && (
                        <p>
                          <span className="tag red">{due.text}</span>
                        </p>
                      )}
                    </>
                  )
                },
              },
              ...(chosen
                ? []
                : [
                    {
                      title: say(words.devices),
                      onCell: () => headed(say(words.devices)),
                      width: 96,
                      render: (_: unknown, row: RiskShown) => (
                        <>
                          <span className="number">{row.devices.length || '—'}</span> {row.ringing > 0 && <span className="tag red">{say(words.ringing)}</span>}
                        </>
                      ),
                    },
                  ]),
            ]}
          />
          {list.hasNextPage && (
            <p className="more-line">
              <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
                {say(words.more)}
              </Button>
            </p>
          )}
        </section>
        {chosen && (
          <aside className="card" aria-label={say(words.one)}>
            <p className="risk-head">
              <Link to={'/risks' as never} search={{ view: 'control', risk } as never}>{say(words.onMap)}</Link>
              <button type="button" className="bare" aria-label={say(words.close)} onClick={() => setAddress({ risk: undefined })}>
                <Icon name="close" />
              </button>
            </p>
            <RiskPanel key={risk} {...chosen} edit={setOpen} openHazard={(key) => void go({ to: '/hazards', search: { hazard: keyText(key) } } as never)} />
          </aside>
        )}
      </div>
    </div>
  )
}

function LevelOf({ row }: { row: RiskShown }) {
  const { say } = useWords()
  return (
    <span className="risk-level" data-level={row.level}>
      <LevelMark level={row.level} size={18} /> {say(RISK_LEVELS[row.level - 1]!)}
    </span>
  )
}
