import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Popconfirm, Select, Switch, Table } from 'antd'
import { useState } from 'react'
import { EmptyState, ErrorState, Icon, tell, useAct, useWords } from '../../kernel/web/index.ts'
import { SOURCES } from '../../registry/contract.ts'
import { deleteSubscription, postPushTrial, postSecret, postSubscription, putSubscription, type SubscriptionBody, type SubscriptionShown } from '../contract.ts'
import { rulesQuery, subscriptionsQuery } from './queries.ts'

const words = {
  name: { zh: '系统', en: 'System' },
  url: { zh: '接收地址', en: 'Address' },
  events: { zh: '推送哪些', en: 'What is pushed' },
  all: { zh: '全部', en: 'Everything' },
  sources: { zh: '只限这些来源', en: 'Only of these sources' },
  systems: { zh: '只限这些系统报来的案件（如 order:12345）', en: 'Only cases that these systems reported, such as order:12345' },
  on: { zh: '启用', en: 'On' },
  off: { zh: '停用', en: 'Off' },
  state: { zh: '状态', en: 'State' },
  add: { zh: '新增订阅', en: 'New subscription' },
  edit: { zh: '修改', en: 'Change' },
  save: { zh: '保存', en: 'Save' },
  cancel: { zh: '取消', en: 'Cancel' },
  saved: { zh: '已保存', en: 'Saved' },
  trial: { zh: '试推', en: 'Push a trial' },
  tried: { zh: '已排队，结果见发件箱', en: 'Queued; the outbox shows what becomes of it' },
  renew: { zh: '换密钥', en: 'Other secret' },
  renewAsk: { zh: '对方须同时改用新密钥，否则验签失败。', en: 'The other system must use the new one at once, or it believes no push.' },
  remove: { zh: '删除', en: 'Remove' },
  removeAsk: { zh: '删除后不再推送，待推的作废。', en: 'Nothing more is pushed, also not what waits.' },
  secret: { zh: '签名密钥，只显示这一次', en: 'The secret of its signatures; shown this once' },
  none: { zh: '没有系统订阅状态推送。', en: 'No system has subscribed.' },
  step: { zh: '全部步骤', en: 'all steps' },
  lamp: { zh: '红黄灯', en: 'lamps' },
  task: { zh: '任务', en: 'tasks' },
}

const BLANK: SubscriptionBody = { name: '', url: '', events: ['step'], sources: [], systems: [], enabled: true }

export function SystemsPart() {
  const { say } = useWords()
  const queries = useQueryClient()
  const list = useQuery(subscriptionsQuery)
  const [open, setOpen] = useState<{ id: string | undefined; body: SubscriptionBody }>()
  const [secret, setSecret] = useState<string>()
  const again = () => void queries.invalidateQueries({ queryKey: ['messages'] })
  const drop = useAct(deleteSubscription, { done: again })
  const renew = useAct(postSecret, { done: (made) => setSecret(made.secret) })
  const attempt = useAct(postPushTrial, { done: () => tell(say(words.tried)) })
  if (list.isError) return <ErrorState error={list.error} retry={() => void list.refetch()} />
  const done = (made?: string) => {
    tell(say(words.saved))
    if (made) setSecret(made)
    setOpen(undefined)
    again()
  }
  return (
    <>
      {secret && (
        <section className="card pad">
          <p className="small muted">{say(words.secret)}</p>
          <p className="secret">{secret}</p>
        </section>
      )}
      {open && <SystemForm key={open.id ?? ''} {...open} done={done} close={() => setOpen(undefined)} />}
      <section className="card">
        <Table<SubscriptionShown>
          size="small"
          rowKey="id"
          pagination={false}
          loading={list.isPending}
          dataSource={list.data?.items ?? []}
          locale={{ emptyText: <EmptyState why={say(words.none)} /> }}
          title={() => (
            <Button type="primary" icon={<Icon name="plus" />} onClick={() => setOpen({ id: undefined, body: BLANK })}>
              {say(words.add)}
            </Button>
          )}
          columns={[
            { title: say(words.name), dataIndex: 'name' },
            { title: say(words.url), dataIndex: 'url' },
            { title: say(words.events), render: (_, row) => row.events.join(' ') || say(words.all) },
            { title: say(words.systems), render: (_, row) => row.systems.join(' ') || say(words.all) },
            { title: say(words.state), render: (_, row) => <span className={`tag ${row.enabled ? 'green' : ''}`}>{say(row.enabled ? words.on : words.off)}</span> },
            {
              align: 'right',
              render: (_, { id, madeAt: __, ...body }) => (
                <div className="acts" style={{ margin: 0, justifyContent: 'end' }}>
                  <Button size="small" onClick={() => setOpen({ id, body })}>
                    {say(words.edit)}
                  </Button>
                  <Button size="small" onClick={() => attempt.mutate({ params: { id } })}>
                    {say(words.trial)}
                  </Button>
                  <Popconfirm title={say(words.renewAsk)} okText={say(words.renew)} onConfirm={() => renew.mutate({ params: { id } })}>
                    <Button size="small">{say(words.renew)}</Button>
                  </Popconfirm>
                  <Popconfirm title={say(words.removeAsk)} okText={say(words.remove)} okButtonProps={{ danger: true }} onConfirm={() => drop.mutate({ params: { id } })}>
                    <Button size="small" danger>
                      {say(words.remove)}
                    </Button>
                  </Popconfirm>
                </div>
              ),
            },
          ]}
        />
      </section>
    </>
  )
}

function SystemForm({ id, body, done, close }: { id: string | undefined; body: SubscriptionBody; done: (secret?: string) => void; close: () => void }) {
  const { say } = useWords()
  const [now, setNow] = useState(body)
  const steps = useQuery(rulesQuery).data?.steps ?? []
  const make = useAct(postSubscription, { done: ({ secret }) => done(secret) })
  const change = useAct(putSubscription, { done: () => done() })
  return (
    <section className="card pad" style={{ maxWidth: 720 }}>
      <Form layout="vertical" requiredMark={false} onFinish={() => (id === undefined ? make.mutate({ body: now }) : change.mutate({ params: { id }, body: now }))}>
        <Form.Item label={say(words.name)}>
          <Input value={now.name} required maxLength={60} onChange={(event) => setNow({ ...now, name: event.target.value })} />
        </Form.Item>
        <Form.Item label={say(words.url)}>
          <Input value={now.url} required maxLength={500} placeholder="https://" onChange={(event) => setNow({ ...now, url: event.target.value })} />
        </Form.Item>
        <Form.Item label={say(words.events)}>
          <Select
            mode="multiple"
            placeholder={say(words.all)}
            showSearch={{ optionFilterProp: 'label' }}
            value={now.events}
            onChange={(events) => setNow({ ...now, events })}
            options={[
              ...(['step', 'lamp', 'task'] as const).map((value) => ({ value: value as string, label: say(words[value]) })),
              ...steps.map((each) => ({ value: each.code, label: say(each.words) })),
            ]}
          />
        </Form.Item>
        <Form.Item label={say(words.sources)}>
          <Select
            mode="multiple"
            placeholder={say(words.all)}
            value={now.sources}
            onChange={(sources) => setNow({ ...now, sources })}
            options={Object.entries(SOURCES).map(([value, name]) => ({ value, label: say(name) }))}
          />
        </Form.Item>
        <Form.Item label={say(words.systems)}>
          <Select mode="tags" placeholder={say(words.all)} value={now.systems} onChange={(systems) => setNow({ ...now, systems })} />
        </Form.Item>
        <Switch checked={now.enabled} aria-label={say(words.on)} onChange={(enabled) => setNow({ ...now, enabled })} /> {say(words.on)}
        <div className="acts">
          <Button type="primary" htmlType="submit" loading={make.isPending || change.isPending}>
            {say(words.save)}
          </Button>
          <Button onClick={close}>{say(words.cancel)}</Button>
        </div>
      </Form>
    </section>
  )
}
