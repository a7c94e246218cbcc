import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, DatePicker, Form, Input, Popconfirm, Select, Table } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { RegionField } from '../../atlas/web/index.ts'
import { deleteKey, postKey, type KeyShown } from '../../kernel/access/contract.ts'
import { EmptyState, ErrorState, Icon, sayList, sayMoment, serverNow, tell, useAct, useWords } from '../../kernel/web/index.ts'
import { keysQuery, permitsQuery, useReach } from './access-queries.ts'
import { CategoryField } from './category-field.tsx'
import { OncePassword } from './once-password.tsx'
import { UnitField } from './unit-field.tsx'
import './people.css'

const words = {
  title: { zh: '接口密钥', en: 'Keys of machines' },
  lead: {
    zh: '其他系统凭密钥调用接口，只能做密钥所含许可之事',
    en: 'Other systems call the interfaces with a key and may do only what it permits',
  },
  add: { zh: '新建密钥', en: 'New key' },
  name: { zh: '名称', en: 'Name' },
  nameHelp: { zh: '哪个系统用、谁负责', en: 'Which system uses it, who answers for it' },
  permits: { zh: '许可', en: 'Permits' },
  region: { zh: '区域', en: 'Area' },
  wholeCity: { zh: '全市', en: 'The whole city' },
  unit: { zh: '单位', en: 'Unit' },
  allCategories: { zh: '全部类别', en: 'All categories' },
  allUnits: { zh: '全部单位', en: 'All units' },
  category: { zh: '类别', en: 'Category' },
  reach: { zh: '范围', en: 'Reach' },
  until: { zh: '有效至', en: 'Valid until' },
  forever: { zh: '不限期', en: 'No end' },
  used: { zh: '最近使用', en: 'Last used' },
  never: { zh: '从未', en: 'Never' },
  tail: { zh: '末四位', en: 'Ends with' },
  made: { zh: '建立', en: 'Made' },
  state: { zh: '状态', en: 'State' },
  valid: { zh: '有效', en: 'Valid' },
  revoked: { zh: '已吊销', en: 'Revoked' },
  expired: { zh: '已过期', en: 'Expired' },
  revoke: { zh: '吊销', en: 'Revoke' },
  revokeAsk: { zh: '吊销后用它的系统立即不能调用，且不能恢复。', en: 'The system that uses it stops at once, and this cannot be undone.' },
  revokedNow: { zh: '密钥已吊销', en: 'The key is revoked' },
  secret: { zh: '密钥，只显示这一次', en: 'The key; shown this once' },
  needed: { zh: '请填写', en: 'Please fill this in' },
  none: { zh: '还没有密钥。', en: 'There are no keys yet.' },
  more: { zh: '更多', en: 'More' },
  cancel: { zh: '取消', en: 'Cancel' },
}

export default function KeysPage() {
  const { say, language } = useWords()
  const reach = useReach()
  const queries = useQueryClient()
  const [adding, setAdding] = useState(false)
  const [secret, setSecret] = useState<string>()
  const keys = useInfiniteQuery(keysQuery)
  const permits = useQuery(permitsQuery).data ?? []
  const revoke = useAct(deleteKey, {
    done: () => {
      tell(say(words.revokedNow))
      void queries.invalidateQueries({ queryKey: ['keys'] })
    },
  })
  const nameOf = (code: string) => {
    const found = permits.find((permit) => permit.code === code)
    return found ? say(found.name) : code
  }
  if (keys.isError) return <ErrorState error={keys.error} retry={() => void keys.refetch()} />
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
        <div>
          <Button type="primary" icon={<Icon name="plus" />} onClick={() => setAdding(true)}>
            {say(words.add)}
          </Button>
        </div>
      </header>
      {secret && <OncePassword password={secret} title={say(words.secret)} />}
      {adding && (
        <NewKey
          done={(made) => {
            setSecret(made)
            setAdding(false)
            void queries.invalidateQueries({ queryKey: ['keys'] })
          }}
          close={() => setAdding(false)}
        />
      )}
      <section className="card keys-list">
        <Table<KeyShown>
          size="small"
          rowKey="id"
          pagination={false}
          loading={keys.isPending}
          dataSource={keys.data?.pages.flatMap(({ items }) => items) ?? []}
          locale={{ emptyText: <EmptyState why={say(words.none)} /> }}
          columns={[
            { title: say(words.name), dataIndex: 'name' },
            { title: say(words.tail), render: (_, row) => <span className="number">…{row.tail}</span> },
            { title: say(words.permits), render: (_, row) => sayList(row.permits.map(nameOf), language), width: '28%' },
            { title: say(words.reach), render: (_, row) => reach(row) },
            { title: say(words.made), render: (_, row) => sayMoment(row.createdAt) },
            { title: say(words.used), render: (_, row) => (row.usedAt ? sayMoment(row.usedAt) : say(words.never)) },
            { title: say(words.until), render: (_, row) => (row.expiresAt ? sayMoment(row.expiresAt).slice(0, 10) : say(words.forever)) },
            {
              title: say(words.state),
              render: (_, row) => {
                if (row.revokedAt) return <span className="tag">{say(words.revoked)}</span>
                if (row.expiresAt && Date.parse(row.expiresAt) < serverNow())
                  return <span className="tag orange">{say(words.expired)}</span>
                return <span className="tag green">{say(words.valid)}</span>
              },
            },
            {
              align: 'right',
              render: (_, row) =>
                !row.revokedAt && (
                  <Popconfirm
                    title={say(words.revokeAsk)}
                    okText={say(words.revoke)}
                    okButtonProps={{ danger: true }}
                    onConfirm={() => revoke.mutate({ params: { id: row.id } })}
                  >
                    <Button size="small" danger>
                      {say(words.revoke)}
                    </Button>
                  </Popconfirm>
                ),
            },
          ]}
        />
        {keys.hasNextPage && (
          <p className="more-line">
            <Button onClick={() => void keys.fetchNextPage()}>{say(words.more)}</Button>
          </p>
        )}
      </section>
    </div>
  )
}

interface Fields {
  name: string
  permits: string[]
  region?: string
  unit?: string
  category?: string
  until?: Dayjs
}

function NewKey({ done, close }: { done: (secret: string) => void; close: () => void }) {
  const { say } = useWords()
  const permits = useQuery(permitsQuery).data ?? []
  const make = useAct(postKey, { done: ({ secret }) => done(secret) })
  return (
    <section className="card pad">
      <Form
        layout="vertical"
        requiredMark={false}
        style={{ maxWidth: 520 }}
        onFinish={({ name, permits: chosen, region, unit, category, until }: Fields) =>
          make.mutate({
            body: {
              name,
              permits: chosen,
              region: region ?? '',
              unit: unit ?? '',
              category: category ?? '',
              ...(until && { expiresAt: until.endOf('day').toISOString() }),
            },
          })
        }
      >
        <Form.Item name="name" label={say(words.name)} extra={say(words.nameHelp)} rules={[{ required: true, message: say(words.needed) }]}>
          <Input maxLength={100} autoFocus />
        </Form.Item>
        <Form.Item name="permits" label={say(words.permits)} rules={[{ required: true, message: say(words.needed) }]}>
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            options={[...new Map(permits.map(({ room }) => [room.zh, room])).values()].map((room) => ({
              label: say(room),
              options: permits.filter((permit) => permit.room.zh === room.zh).map(({ code, name }) => ({ value: code, label: say(name) })),
            }))}
          />
        </Form.Item>
        <Form.Item name="region" label={say(words.region)}>
          <RegionField whole={say(words.wholeCity)} />
        </Form.Item>
        <Form.Item name="unit" label={say(words.unit)}>
          <UnitField by="path" placeholder={say(words.allUnits)} />
        </Form.Item>
        <Form.Item name="category" label={say(words.category)}>
          <CategoryField majors whole={say(words.allCategories)} />
        </Form.Item>
        <Form.Item name="until" label={say(words.until)}>
          <DatePicker placeholder={say(words.forever)} />
        </Form.Item>
        <div className="account-acts">
          <Button type="primary" htmlType="submit" loading={make.isPending}>
            {say(words.add)}
          </Button>
          <Button onClick={close}>{say(words.cancel)}</Button>
        </div>
      </Form>
    </section>
  )
}
