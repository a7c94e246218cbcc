import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Select, Table } from 'antd'
import { useState } from 'react'
import { EmptyState, ErrorState, sayMoment, tell, useAct, useAddress, useMay, useWords } from '../../kernel/web/index.ts'
import { postReplay, REASONS, type QuarantineLine, type QuarantineQuery } from '../contract.ts'
import { quarantineQuery } from './queries.ts'
import { reasonWords, WAY_WORDS } from './texts.ts'

const words = {
  pick: { zh: '选中', en: 'Choose' },
  pickAll: { zh: '选择已列出的全部', en: 'Choose all that are listed' },
  title: { zh: '隔离区', en: 'Quarantine' },
  lead: { zh: '收到而未入库的读数及原因；原因消除后可重放', en: 'What came and was not stored, and why; replayed once the cause is gone' },
  reason: { zh: '原因', en: 'Reason' },
  device: { zh: '设备', en: 'Device' },
  came: { zh: '收到时间', en: 'Came' },
  way: { zh: '方式', en: 'Way' },
  payload: { zh: '内容', en: 'Content' },
  outcome: { zh: '重放结果', en: 'Replayed' },
  taken: { zh: '已入库', en: 'Stored' },
  replay: { zh: '重放', en: 'Replay' },
  done: { zh: '重放：入库 {taken}，仍拒收 {refused}', en: 'Replayed: {taken} stored, {refused} still refused' },
  shown: { zh: '不能重放：不是已认证终端的定位', en: 'Cannot be replayed: no position of a terminal that had proved who it is' },
  none: { zh: '隔离区是空的。', en: 'Nothing is in quarantine.' },
  more: { zh: '更早的', en: 'Earlier ones' },
}

export default function QuarantinePage() {
  const { say } = useWords()
  const may = useMay()
  const queries = useQueryClient()
  const [address, setAddress] = useAddress<Record<string, string | undefined>>()
  const [device, setDevice] = useState(address.device ?? '')
  const [picked, setPicked] = useState<string[]>([])
  const list = useInfiniteQuery(quarantineQuery(address as QuarantineQuery))
  const replay = useAct(postReplay, {
    done: ({ taken, refused }) => {
      tell(say(words.done).replace('{taken}', String(taken)).replace('{refused}', String(refused)))
      setPicked([])
      void queries.invalidateQueries({ queryKey: ['monitoring'] })
    },
  })
  if (list.isError) return <ErrorState error={list.error} retry={() => void list.refetch()} />
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
        {may('monitoring.edit') && (
          <Button type="primary" disabled={picked.length === 0} loading={replay.isPending} onClick={() => replay.mutate({ body: { ids: picked } })}>
            {say(words.replay)} {picked.length > 0 && picked.length}
          </Button>
        )}
      </header>
      <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap', marginBottom: 12 }}>
        <Select
          style={{ width: 180 }}
          allowClear
          placeholder={say(words.reason)}
          aria-label={say(words.reason)}
          value={address.reason ?? null}
          onChange={(reason: string | null) => setAddress({ reason: reason ?? undefined })}
          options={Object.entries(REASONS).map(([value, name]) => ({ value, label: say(name) }))}
        />
        <Input.Search
          style={{ width: 240 }}
          allowClear
          maxLength={64}
          value={device}
          placeholder={say(words.device)}
          aria-label={say(words.device)}
          onChange={(event) => setDevice(event.target.value)}
          onSearch={(asked) => setAddress({ device: asked.trim() })}
        />
      </div>
      <section className="card">
        <Table<QuarantineLine>
          size="small"
          rowKey="id"
          pagination={false}
          loading={list.isPending}
          dataSource={list.data?.pages.flatMap((page) => page.items) ?? []}
          locale={{ emptyText: <EmptyState why={say(words.none)} /> }}
          {...(may('monitoring.edit') && {
            rowSelection: {
              selectedRowKeys: picked,
              onChange: (keys) => setPicked(keys.slice(0, 200).map(String)),
              getCheckboxProps: (row) => ({ disabled: !row.replays, 'aria-label': `${say(words.pick)} ${row.device}` }),
              getTitleCheckboxProps: () => ({ 'aria-label': say(words.pickAll) }),
            },
          })}
          columns={[
            { title: say(words.came), width: 170, render: (_, row) => <span className="number">{sayMoment(row.cameAt)}</span> },
            { title: say(words.reason), width: 120, render: (_, row) => say(reasonWords(row.reason)) },
            { title: say(words.device), width: 160, render: (_, row) => row.device || '—' },
            { title: say(words.way), width: 130, render: (_, row) => say(WAY_WORDS[row.way] ?? { zh: row.way, en: row.way }) },
            { title: say(words.payload), render: (_, row) => <code style={{ overflowWrap: 'anywhere' }}>{row.payload}</code> },
            { title: say(words.outcome), width: 130, render: (_, row) => (row.outcome === null ? <span className="muted small">{row.replays ? '—' : say(words.shown)}</span> : row.outcome === '' ? <span className="tag green">{say(words.taken)}</span> : say(reasonWords(row.outcome))) },
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
    </div>
  )
}
