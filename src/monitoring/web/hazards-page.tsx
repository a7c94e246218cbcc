import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Input, Table } from 'antd'
import { useState } from 'react'
import { EmptyState, ErrorState, groupNumber, headed, Icon, sayCount, sayMoment, useAddress, useMay, useWords } from '../../kernel/web/index.ts'
import { UnitField } from '../../registry/web/index.ts'
import { FIELD_CODES, FIELDS, GRADES, STAGE_CODES, STAGES, type HazardFilter, type HazardShown } from '../contract.ts'
import { HazardForm } from './hazard-form.tsx'
import { HazardPanel } from './hazard-panel.tsx'
import { Pick } from './risk-pick.tsx'
import { hazardFiguresQuery, hazardsQuery, keyOfText, keyText, useLiveRisks } from './risk-queries.ts'
import { STAGE_TONES } from './risk-words.ts'
import './risk.css'

const words = {
  title: { zh: '隐患管理', en: 'Hazards' },
  lead: { zh: '发现即生成案件；整改、复查、销号随案件办理，阶段取自案件', en: 'Each becomes a case as it is found, and stands where its case stands' },
  search: { zh: '编号或描述', en: 'Code or words' },
  stages: { zh: '阶段', en: 'Stage' },
  all: { zh: '全部', en: 'All' },
  late: { zh: '逾期', en: 'Overdue' },
  field: { zh: '领域', en: 'Field' },
  grade: { zh: '级别', en: 'Grade' },
  unit: { zh: '责任单位', en: 'Unit' },
  hazard: { zh: '隐患', en: 'Hazard' },
  stage: { zh: '阶段', en: 'Stage' },
  found: { zh: '发现时间', en: 'Found' },
  case: { zh: '案件', en: 'Case' },
  making: { zh: '生成中', en: 'being made' },
  add: { zh: '上报隐患', en: 'Report a hazard' },
  more: { zh: '更多隐患', en: 'More hazards' },
  none: { zh: '没有符合的隐患。', en: 'No hazard fits.' },
  one: { zh: '选中的隐患', en: 'The chosen hazard' },
  close: { zh: '关闭', en: 'Close' },
  noUnit: { zh: '待派遣', en: 'not dispatched' },
}

type Address = Partial<Record<'words' | 'stage' | 'late' | 'field' | 'grade' | 'unit' | 'hazard', string>>

export default function HazardsPage() {
  const { say } = useWords()
  useLiveRisks()
  const may = useMay()
  const [address, setAddress] = useAddress<Address>()
  const [text, setText] = useState(address.words ?? '')
  const [adding, setAdding] = useState(false)
  const { hazard, late, grade, ...rest } = address
  const filter = { ...rest, ...(late === 'true' && { late: true }), ...(grade && { grade: Number(grade) }) } as HazardFilter
  const list = useInfiniteQuery(hazardsQuery(filter))
  const figures = useQuery(hazardFiguresQuery({ field: filter.field, grade: filter.grade })).data
  const chosen = keyOfText(hazard)
  if (list.isError) return <ErrorState error={list.error} retry={() => void list.refetch()} />
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
        {may('monitoring.hazard') && (
          <Button type="primary" icon={<Icon name="plus" />} onClick={() => setAdding(true)}>
            {say(words.add)}
          </Button>
        )}
      </header>
      {adding && (
        <section className="card pad" style={{ marginBottom: 12, maxWidth: 760 }}>
          <HazardForm
            close={() => setAdding(false)}
            done={(made) => {
              setAdding(false)
              setAddress({ hazard: keyText(made) })
            }}
          />
        </section>
      )}
      <div className="risk-filters">
        <div className="segments" role="group" aria-label={say(words.stages)}>
          <button type="button" aria-pressed={!address.stage && !late} onClick={() => setAddress({ stage: undefined, late: undefined })}>
            {say(words.all)}
          </button>
          {STAGE_CODES.map((stage, i) => (
            <button key={stage} type="button" aria-pressed={address.stage === stage} onClick={() => setAddress({ stage, late: undefined })}>
              {say(STAGES[stage])} <b>{sayCount(figures?.stages[i])}</b>
            </button>
          ))}
          <button type="button" aria-pressed={late === 'true'} onClick={() => setAddress({ late: 'true', stage: undefined })}>
            {say(words.late)} <b>{sayCount(figures?.late)}</b>
          </button>
        </div>
        <Input.Search
          style={{ width: 200 }}
          allowClear
          maxLength={60}
          value={text}
          placeholder={say(words.search)}
          aria-label={say(words.search)}
          onChange={(event) => setText(event.target.value)}
          onSearch={(asked) => setAddress({ words: asked.trim() })}
        />
        <Pick label={say(words.field)} value={address.field} set={(field) => setAddress({ field })} options={FIELD_CODES.map((code) => [code, say(FIELDS[code])])} />
        <Pick label={say(words.grade)} value={grade} set={(next) => setAddress({ grade: next })} options={GRADES.map((name, i) => [String(i + 1), say(name)])} />
        <UnitField value={address.unit} onChange={(unit) => setAddress({ unit })} width={200} placeholder={say(words.unit)} />
      </div>
      <div className="risk-two" data-open={chosen !== undefined || undefined}>
        <section className="card">
          <Table<HazardShown>
            className="as-cards"
            size="small"
            rowKey={keyText}
            pagination={false}
            loading={list.isPending}
            dataSource={items}
            rowClassName={(row) => (keyText(row) === hazard ? 'risk-chosen' : '')}
            locale={{ emptyText: <EmptyState why={say(words.none)} /> }}
            columns={[
              {
                title: say(words.stage),
                width: 96,
                render: (_, row) => (
                  <span className="hazard-tags">
                    <span className={`tag ${STAGE_TONES[row.stage]}`}>{say(STAGES[row.stage])}</span>
                    {row.late && <span className="tag red">{say(words.late)}</span>}
                  </span>
                ),
              },
              {
                title: say(words.hazard),
                render: (_, row) => (
                  <>
                    <button type="button" className="link" onClick={() => setAddress({ hazard: keyText(row) })}>
                      {row.words}
                    </button>
                    <p className="muted small">
                      {say(FIELDS[row.field])} · {say(GRADES[row.grade - 1]!)} · <span className="number">{row.code}</span>
                    </p>
                  </>
                ),
              },
              { title: say(words.unit), onCell: () => headed(say(words.unit)), render: (_, row) => (row.unitName ? say(row.unitName) : <span className="muted">{say(words.noUnit)}</span>) },
              { title: say(words.found), onCell: () => headed(say(words.found)), width: 140, render: (_, row) => <span className="number">{sayMoment(row.foundAt).slice(0, 16)}</span> },
              ...(chosen
                ? []
                : [
                    {
                      title: say(words.case),
                      onCell: () => headed(say(words.case)),
                      width: 200,
                      render: (_: unknown, row: HazardShown) =>
                        row.caseNumber ? <Link to={`/cases/${row.caseNumber}` as never}>{groupNumber(row.caseNumber)}</Link> : <span className="muted">{say(words.making)}</span>,
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
              <span />
              <button type="button" className="bare" aria-label={say(words.close)} onClick={() => setAddress({ hazard: undefined })}>
                <Icon name="close" />
              </button>
            </p>
            <HazardPanel key={hazard} {...chosen} />
          </aside>
        )}
      </div>
    </div>
  )
}
