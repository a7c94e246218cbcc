import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, InputNumber, Select, Switch, Table } from 'antd'
import { useState } from 'react'
import { ask, EmptyState, ErrorState, Icon, Loading, sayMoment, tell, useAct, useWords } from '../../../kernel/web/index.ts'
import { SOURCES } from '../../../registry/contract.ts'
import { CategoryField } from '../../../registry/web/index.ts'
import { DATUMS, getOrderCategories, getOrderSystems, putOrderCategory, putOrderSystem, type OrderCategory, type OrderSystem } from '../contract.ts'
import './desk.css'

const words = {
  title: { zh: '外部工单接入', en: 'Orders of other systems' },
  lead: {
    zh: '12345 工单、媒体监看、微信等系统凭接口密钥交来工单；一个系统只认首次使用的那把密钥',
    en: '12345 work orders, a media watch, WeChat: they hand in orders with a key; a system is bound to the key that first spoke for it',
  },
  add: { zh: '登记系统', en: 'Register a system' },
  code: { zh: '代码', en: 'Code' },
  codeHelp: { zh: '小写字母、数字、连字符，如 12345', en: 'Small letters, digits and hyphens, such as 12345' },
  name: { zh: '名称', en: 'Name' },
  source: { zh: '案件来源', en: 'Source of its cases' },
  datum: { zh: '坐标系', en: 'Datum' },
  datumHelp: { zh: '工单未声明 datum 时按此换算', en: 'Used where an order declares none' },
  most: { zh: '十分钟上限', en: 'Most in ten minutes' },
  mostHelp: { zh: '超过的进入待甄别', en: 'What is over it is held back' },
  active: { zh: '启用', en: 'On' },
  key: { zh: '密钥', en: 'Key' },
  bound: { zh: '已绑定', en: 'Bound' },
  free: { zh: '待首次使用', en: 'Not used yet' },
  unbind: { zh: '解除绑定', en: 'Unbind' },
  mapping: { zh: '类别对照', en: 'Categories' },
  theirs: { zh: '对方类别', en: 'Theirs' },
  ours: { zh: '本市类别', en: 'Ours' },
  seen: { zh: '未对照时来件', en: 'Came unmapped' },
  guess: { zh: '未对照，按描述推断', en: 'Not mapped: guessed from the words' },
  addCategory: { zh: '添加对照', en: 'Add' },
  none: { zh: '还没有登记外部系统。', en: 'No system is registered yet.' },
  noneMapped: { zh: '还没有类别；对方来件后自动列出。', en: 'No categories yet; they appear as orders come in.' },
  save: { zh: '保存', en: 'Save' },
  saved: { zh: '已保存', en: 'Saved' },
  cancel: { zh: '取消', en: 'Cancel' },
  needed: { zh: '请填写', en: 'Please fill this in' },
  more: { zh: '更多', en: 'More' },
  change: { zh: '修改', en: 'Change' },
}

const DATUM_WORDS = { wgs84: 'WGS84 / CGCS2000', gcj02: 'GCJ-02', bd09: 'BD-09' } as const

export default function SystemsPage() {
  const { say } = useWords()
  const systems = useQuery({ queryKey: ['hotline', 'systems'], queryFn: async ({ signal }) => (await ask(getOrderSystems, { signal })).items })
  const [editing, setEditing] = useState<OrderSystem | 'new'>()
  const [chosen, setChosen] = useState<string>()
  if (systems.isPending) return <Loading lines={8} />
  if (systems.isError) return <ErrorState error={systems.error} retry={() => void systems.refetch()} />
  const shown = systems.data.find(({ code }) => code === chosen) ?? systems.data[0]
  return (
    <div className="page systems">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
        <div>
          <Button type="primary" icon={<Icon name="plus" />} onClick={() => setEditing('new')}>
            {say(words.add)}
          </Button>
        </div>
      </header>
      {editing && <SystemForm key={editing === 'new' ? 'new' : editing.code} system={editing === 'new' ? undefined : editing} close={() => setEditing(undefined)} />}
      <section className="card">
        <Table<OrderSystem>
          size="small"
          rowKey="code"
          pagination={false}
          dataSource={systems.data}
          locale={{ emptyText: <EmptyState why={say(words.none)} /> }}
          columns={[
            { title: say(words.code), render: (_, row) => <span className="number">{row.code}</span> },
            { title: say(words.name), dataIndex: 'name' },
            { title: say(words.source), render: (_, row) => (row.source in SOURCES ? say(SOURCES[row.source as keyof typeof SOURCES]) : row.source) },
            { title: say(words.datum), render: (_, row) => DATUM_WORDS[row.datum] },
            { title: say(words.most), align: 'right', dataIndex: 'most' },
            { title: say(words.key), render: (_, row) => <span className={`tag ${row.bound ? 'green' : ''}`}>{say(row.bound ? words.bound : words.free)}</span> },
            { title: say(words.active), render: (_, row) => (row.active ? <Icon name="check" /> : '—') },
            {
              align: 'right',
              render: (_, row) => (
                <span style={{ display: 'inline-flex', gap: 12 }}>
                  <button type="button" className="link" onClick={() => setChosen(row.code)}>
                    {say(words.mapping)}
                  </button>
                  <button type="button" className="link" onClick={() => setEditing(row)}>
                    {say(words.change)}
                  </button>
                </span>
              ),
            },
          ]}
        />
      </section>
      {shown && <Mapping key={shown.code} system={shown} />}
    </div>
  )
}

interface Fields {
  code: string
  name: string
  source: string
  datum: OrderSystem['datum']
  most: number
  active: boolean
}

function SystemForm({ system, close }: { system: OrderSystem | undefined; close: () => void }) {
  const { say } = useWords()
  const queries = useQueryClient()
  const put = useAct(putOrderSystem, {
    done: () => {
      tell(say(words.saved))
      void queries.invalidateQueries({ queryKey: ['hotline', 'systems'] })
      close()
    },
  })
  const required = [{ required: true, message: say(words.needed) }]
  const save = ({ code, ...body }: Fields, unbind = false) => put.mutate({ params: { system: system?.code ?? code }, body: { ...body, ...(unbind && { unbind }) } })
  return (
    <section className="card pad">
      <Form
        layout="vertical"
        requiredMark={false}
        style={{ maxWidth: 520 }}
        initialValues={system ?? { source: 'hotline', datum: 'gcj02', most: 600, active: true }}
        onFinish={(fields: Fields) => save(fields)}
      >
        {!system && (
          <Form.Item name="code" label={say(words.code)} extra={say(words.codeHelp)} rules={[...required, { pattern: /^[a-z0-9-]{2,32}$/, message: say(words.codeHelp) }]}>
            <Input maxLength={32} autoFocus />
          </Form.Item>
        )}
        <Form.Item name="name" label={say(words.name)} rules={required}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="source" label={say(words.source)}>
          <Select options={Object.entries(SOURCES).map(([code, name]) => ({ value: code, label: say(name) }))} />
        </Form.Item>
        <Form.Item name="datum" label={say(words.datum)} extra={say(words.datumHelp)}>
          <Select options={DATUMS.map((datum) => ({ value: datum, label: DATUM_WORDS[datum] }))} />
        </Form.Item>
        <Form.Item name="most" label={say(words.most)} extra={say(words.mostHelp)} rules={required}>
          <InputNumber controls={false} min={1} max={100_000} />
        </Form.Item>
        <Form.Item name="active" label={say(words.active)} valuePropName="checked">
          <Switch />
        </Form.Item>
        <p style={{ display: 'flex', gap: 8 }}>
          <Button type="primary" htmlType="submit" loading={put.isPending}>
            {say(words.save)}
          </Button>
          {system?.bound && <Button onClick={() => save({ ...system }, true)}>{say(words.unbind)}</Button>}
          <Button onClick={close}>{say(words.cancel)}</Button>
        </p>
      </Form>
    </section>
  )
}

function Mapping({ system }: { system: OrderSystem }) {
  const { say } = useWords()
  const queries = useQueryClient()
  const [theirs, setTheirs] = useState('')
  const list = useInfiniteQuery({
    queryKey: ['hotline', 'mapping', system.code],
    queryFn: ({ pageParam, signal }) =>
      ask(getOrderCategories, { params: { system: system.code }, query: { limit: 100, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
  const put = useAct(putOrderCategory, {
    done: () => {
      tell(say(words.saved))
      setTheirs('')
      void queries.invalidateQueries({ queryKey: ['hotline', 'mapping', system.code] })
    },
  })
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className="card pad">
      <div className="card-head">
        <h2>
          {say(words.mapping)}
          <span className="muted small">{system.name}</span>
        </h2>
        <form
          style={{ display: 'flex', gap: 8 }}
          onSubmit={(event) => {
            event.preventDefault()
            if (theirs.trim()) put.mutate({ params: { system: system.code, theirs: theirs.trim() }, body: { category: null } })
          }}
        >
          <Input size="small" value={theirs} onChange={(event) => setTheirs(event.target.value)} placeholder={say(words.theirs)} aria-label={say(words.theirs)} maxLength={60} />
          <Button size="small" htmlType="submit">
            {say(words.addCategory)}
          </Button>
        </form>
      </div>
      <Table<OrderCategory>
        size="small"
        rowKey="theirs"
        pagination={false}
        loading={list.isPending}
        dataSource={items}
        locale={{ emptyText: <EmptyState why={say(words.noneMapped)} /> }}
        columns={[
          { title: say(words.theirs), render: (_, row) => (row.name === row.theirs ? row.theirs : `${row.theirs} ${row.name}`) },
          {
            title: say(words.ours),
            width: '45%',
            render: (_, row) => (
              <CategoryField
                value={row.category ?? undefined}
                whole={say(words.guess)}
                onChange={(category) => put.mutate({ params: { system: system.code, theirs: row.theirs }, body: { category: category ?? null } })}
              />
            ),
          },
          { title: say(words.seen), align: 'right', dataIndex: 'seen' },
          { render: (_, row) => <span className="muted small">{row.seenAt ? sayMoment(row.seenAt) : ''}</span> },
        ]}
      />
      {list.hasNextPage && <Button onClick={() => void list.fetchNextPage()}>{say(words.more)}</Button>}
    </section>
  )
}
