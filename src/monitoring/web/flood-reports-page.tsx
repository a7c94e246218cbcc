import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Segmented, Table } from 'antd'
import { useState } from 'react'
import { EmptyState, ErrorState, headed, Icon, sayMoment, useAddress, useWords } from '../../kernel/web/index.ts'
import { REPORT_KIND_CODES, REPORT_KINDS, type ReportKind, type ReportListed } from '../contract.ts'
import { sayIssue, usualTitle } from '../flood/reports/compose.ts'
import { MakeReport } from './flood-report-make.tsx'
import { reportsQuery } from './flood-report-queries.ts'
import './flood-report.css'

const words = {
  title: { zh: '内涝快报', en: 'Flood reports' },
  lead: { zh: '雨前研判、雨中实况、雨后总结；签发后编号归档', en: 'Before, during and after a rain; numbered and kept when issued' },
  make: { zh: '生成快报', en: 'Make a report' },
  all: { zh: '全部', en: 'All' },
  kind: { zh: '类别', en: 'Kind' },
  issue: { zh: '期号', en: 'Number' },
  name: { zh: '标题', en: 'Title' },
  at: { zh: '数据时刻', en: 'Figures as of' },
  made: { zh: '编写', en: 'Written by' },
  issued: { zh: '签发', en: 'Issued by' },
  none: { zh: '还没有快报。降雨前、降雨中、雨停后各生成一期，补充文字后签发。', en: 'There are no reports yet: make one before, during and after a rain, write its texts and issue it.' },
  more: { zh: '更早的', en: 'Earlier ones' },
}

export default function FloodReportsPage() {
  const { say, language } = useWords()
  const [{ kind: asked }, setAddress] = useAddress<{ kind?: string }>()
  const [making, setMaking] = useState(false)
  const kind = REPORT_KIND_CODES.find((code) => code === asked)
  const list = useInfiniteQuery(reportsQuery(kind))
  if (list.isError && !list.data) return <ErrorState error={list.error} retry={() => void list.refetch()} />
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
        <div>
          <Segmented
            aria-label={say(words.kind)}
            value={kind ?? ''}
            onChange={(value) => setAddress({ kind: value })}
            options={[{ value: '', label: say(words.all) }, ...REPORT_KIND_CODES.map((code) => ({ value: code as string, label: say(REPORT_KINDS[code]) }))]}
          />
          <Button type="primary" icon={<Icon name="plus" />} onClick={() => setMaking(true)}>
            {say(words.make)}
          </Button>
        </div>
      </header>
      {making && <MakeReport close={() => setMaking(false)} />}
      <Table<ReportListed>
        className="as-cards card"
        size="small"
        rowKey="id"
        loading={list.isPending}
        pagination={false}
        dataSource={list.data?.pages.flatMap(({ items }) => items) ?? []}
        locale={{ emptyText: <EmptyState why={say(words.none)} /> }}
        scroll={{ x: 900 }}
        columns={[
          { title: say(words.kind), render: (_, row) => <Link to={`/flood-reports/${row.id}` as never}>{say(REPORT_KINDS[row.kind as ReportKind])}</Link> },
          { title: say(words.issue), render: (_, row) => (row.number === null ? <span className="tag">{sayIssue(row, language)}</span> : <span className="number">{sayIssue(row, language)}</span>) },
          { title: say(words.name), render: (_, row) => row.title || usualTitle(row, language) },
          { title: say(words.at), onCell: () => headed(say(words.at)), render: (_, row) => <span className="number">{sayMoment(row.at)}</span> },
          { title: say(words.made), onCell: () => headed(say(words.made)), render: (_, row) => row.made.by },
          { title: say(words.issued), onCell: () => headed(say(words.issued)), render: (_, row) => (row.issued ? `${row.issued.by} ${sayMoment(row.issued.at)}` : '—') },
        ]}
      />
      {list.hasNextPage && (
        <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {say(words.more)}
        </Button>
      )}
    </div>
  )
}
