import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, InputNumber, Popconfirm, Select, Switch, Table } from 'antd'
import { useState } from 'react'
import type { Words } from '../../kernel/contract.ts'
import { EmptyState, ErrorState, Icon, tell, useAct, useWords } from '../../kernel/web/index.ts'
import { UnitField } from '../../registry/web/index.ts'
import { CHANNEL_KINDS, deleteChannel, postTrial, putChannel, type ChannelBody, type ChannelShown, type SecretName } from '../contract.ts'
import { channelsQuery } from './queries.ts'
import { KIND_WORDS } from './texts.ts'

const words = {
  name: { zh: '名称', en: 'Name' },
  code: { zh: '代码', en: 'Code' },
  kind: { zh: '种类', en: 'Kind' },
  unit: { zh: '服务单位', en: 'For the people of' },
  allUnits: { zh: '全部单位', en: 'All units' },
  state: { zh: '状态', en: 'State' },
  on: { zh: '启用', en: 'On' },
  off: { zh: '停用', en: 'Off' },
  outside: { zh: '环境设置', en: 'By the environment' },
  add: { zh: '新增渠道', en: 'New channel' },
  edit: { zh: '修改', en: 'Change' },
  save: { zh: '保存', en: 'Save' },
  cancel: { zh: '取消', en: 'Cancel' },
  saved: { zh: '已保存', en: 'Saved' },
  remove: { zh: '删除', en: 'Remove' },
  removeAsk: { zh: '删除后经此渠道的消息不再发出。', en: 'Messages by this channel are no longer sent.' },
  trial: { zh: '试发', en: 'Send a trial' },
  trialTo: { zh: '试发到（手机、邮箱或账号；机器人可不填）', en: 'Trial to (number, address or account; none for a robot)' },
  tried: { zh: '已排队，结果见发件箱', en: 'Queued; the outbox shows what becomes of it' },
  url: { zh: '地址', en: 'Address' },
  urlBase: { zh: '地址（不填为官方地址）', en: 'Address (empty: the official one)' },
  body: { zh: '报文（JSON），可用 {id} {phone} {text} {link}', en: 'Body (JSON) with {id} {phone} {text} {link}' },
  okField: { zh: '成功字段', en: 'Field that says it was taken' },
  okValue: { zh: '成功值', en: 'Its value' },
  host: { zh: '服务器', en: 'Server' },
  port: { zh: '端口', en: 'Port' },
  security: { zh: '加密', en: 'Encryption' },
  user: { zh: '用户', en: 'User' },
  from: { zh: '发件人', en: 'Sender' },
  mode: { zh: '方式', en: 'By' },
  robot: { zh: '群机器人', en: 'robot of a group' },
  app: { zh: '企业应用（发给个人）', en: 'app of the enterprise, to persons' },
  corpId: { zh: '企业 ID', en: 'Corporation' },
  agentId: { zh: '应用 ID', en: 'Agent' },
  token: { zh: '令牌 / 密钥', en: 'Token or key' },
  sign: { zh: '加签密钥', en: 'Secret of the signature' },
  password: { zh: '密码', en: 'Password' },
  kept: { zh: '已保存，不填则不变', en: 'Kept; left empty it stays' },
  none: { zh: '还没有渠道。没有短信网关时，短信停在发件箱里，谁该收到什么一目了然。', en: 'No channels yet. Without an SMS gateway texts are held in the outbox, where one sees who would have been told what.' },
  reach: {
    zh: '未设 CHENGYUN_OUTBOUND：只能发往公网地址。网关在内网时，由运维在该设置中写明主机。',
    en: 'CHENGYUN_OUTBOUND is not set: only public addresses are reached. For a gateway in your own network the operator names its host there.',
  },
}

const SECRETS: Readonly<Record<ChannelBody['kind'], readonly SecretName[]>> = { sms: ['token'], email: ['password'], wecom: ['token'], dingtalk: ['token', 'sign'] }
const BLANK: ChannelBody = { kind: 'sms', name: '', unit: '', enabled: true, settings: {} }

export function ChannelsPart() {
  const { say } = useWords()
  const queries = useQueryClient()
  const channels = useQuery(channelsQuery)
  const [open, setOpen] = useState<{ code: string | undefined; body: ChannelBody; has: readonly string[] }>()
  const again = () => void queries.invalidateQueries({ queryKey: ['messages'] })
  const drop = useAct(deleteChannel, { done: again })
  const done = () => {
    tell(say(words.saved))
    setOpen(undefined)
    again()
  }
  if (channels.isError) return <ErrorState error={channels.error} retry={() => void channels.refetch()} />
  const edit = ({ code, has, kind, name, unit, enabled, settings }: ChannelShown) => setOpen({ code, has, body: { kind, name, unit, enabled, settings } })
  return (
    <>
      {channels.data && !channels.data.allowed && <p className="note">{say(words.reach)}</p>}
      {open && <ChannelForm key={open.code ?? ''} {...open} done={done} close={() => setOpen(undefined)} />}
      <section className="card">
        <Table<ChannelShown>
          size="small"
          rowKey="code"
          pagination={false}
          loading={channels.isPending}
          dataSource={channels.data?.items ?? []}
          locale={{ emptyText: <EmptyState why={say(words.none)} /> }}
          title={() => (
            <Button type="primary" icon={<Icon name="plus" />} onClick={() => setOpen({ code: undefined, body: BLANK, has: [] })}>
              {say(words.add)}
            </Button>
          )}
          columns={[
            { title: say(words.name), dataIndex: 'name' },
            { title: say(words.code), dataIndex: 'code' },
            { title: say(words.kind), render: (_, row) => say(KIND_WORDS[row.kind]!) },
            { title: say(words.unit), render: (_, row) => row.unit || say(words.allUnits) },
            { title: say(words.url), render: (_, row) => row.settings.url ?? row.settings.host ?? '—' },
            {
              title: say(words.state),
              render: (_, row) => (
                <>
                  {row.fault ? <span className="tag red">{say(row.fault)}</span> : <span className={`tag ${row.enabled ? 'green' : ''}`}>{say(row.enabled ? words.on : words.off)}</span>}{' '}
                  {row.outside && <span className="tag">{say(words.outside)}</span>}
                </>
              ),
            },
            {
              align: 'right',
              render: (_, row) =>
                !row.outside && (
                  <>
                    <Button size="small" onClick={() => edit(row)}>
                      {say(words.edit)}
                    </Button>{' '}
                    <Popconfirm
                      title={say(words.removeAsk)}
                      okText={say(words.remove)}
                      okButtonProps={{ danger: true }}
                      onConfirm={() => drop.mutate({ params: { code: row.code } })}
                    >
                      <Button size="small" danger>
                        {say(words.remove)}
                      </Button>
                    </Popconfirm>
                  </>
                ),
            },
          ]}
        />
      </section>
      <Trial channels={channels.data?.items ?? []} />
    </>
  )
}

function Trial({ channels }: { channels: readonly ChannelShown[] }) {
  const { say } = useWords()
  const [code, setCode] = useState<string>()
  const [to, setTo] = useState('')
  const act = useAct(postTrial, { done: () => tell(say(words.tried)) })
  if (channels.length === 0) return null
  const chosen = code ?? channels[0]!.code
  return (
    <section className="card pad">
      <h2>{say(words.trial)}</h2>
      <div className="acts">
        <Select style={{ width: 200 }} value={chosen} onChange={setCode} options={channels.map((each) => ({ value: each.code, label: each.name }))} aria-label={say(words.name)} />
        <Input style={{ width: 340 }} value={to} maxLength={120} placeholder={say(words.trialTo)} aria-label={say(words.trialTo)} onChange={(event) => setTo(event.target.value)} />
        <Button loading={act.isPending} onClick={() => act.mutate({ params: { code: chosen }, body: { to } })}>
          {say(words.trial)}
        </Button>
      </div>
    </section>
  )
}

function ChannelForm({ code, body, has, done, close }: { code: string | undefined; body: ChannelBody; has: readonly string[]; done: () => void; close: () => void }) {
  const { say } = useWords()
  const [now, setNow] = useState(body)
  const [name, setName] = useState(code ?? '')
  const [secrets, setSecrets] = useState<Partial<Record<SecretName, string>>>({})
  const save = useAct(putChannel, { done })
  const { settings } = now
  const set = (part: Partial<ChannelBody['settings']>) => {
    const next = { ...settings, ...part } as Record<string, unknown>
    for (const key of Object.keys(next)) if (next[key] === '' || next[key] === undefined || next[key] === null) delete next[key]
    setNow({ ...now, settings: next })
  }
  const field = (key: 'url' | 'host' | 'user' | 'from' | 'corpId' | 'agentId' | 'okField' | 'okValue', label: Words) => (
    <Form.Item label={say(label)}>
      <Input value={settings[key] ?? ''} onChange={(event) => set({ [key]: event.target.value })} />
    </Form.Item>
  )
  return (
    <section className="card pad">
      <Form
        layout="vertical"
        requiredMark={false}
        onFinish={() => save.mutate({ params: { code: name }, body: { ...now, ...(Object.values(secrets).some(Boolean) && { secrets }) } })}
      >
        <div className="two">
          <div>
            <Form.Item label={say(words.kind)}>
              <Select
                disabled={code !== undefined}
                value={now.kind}
                onChange={(kind) => setNow({ ...now, kind, settings: {} })}
                options={CHANNEL_KINDS.map((value) => ({ value, label: say(KIND_WORDS[value]!) }))}
              />
            </Form.Item>
            {code === undefined && (
              <Form.Item label={say(words.code)}>
                <Input value={name} required maxLength={60} pattern="[a-z][a-z0-9-]+" onChange={(event) => setName(event.target.value)} />
              </Form.Item>
            )}
            <Form.Item label={say(words.name)}>
              <Input value={now.name} required maxLength={60} onChange={(event) => setNow({ ...now, name: event.target.value })} />
            </Form.Item>
            <Form.Item label={say(words.unit)}>
              <UnitField by="path" value={now.unit || undefined} placeholder={say(words.allUnits)} onChange={(unit) => setNow({ ...now, unit: unit ?? '' })} />
            </Form.Item>
            <Switch checked={now.enabled} aria-label={say(words.on)} onChange={(enabled) => setNow({ ...now, enabled })} /> {say(words.on)}
          </div>
          <div>
            {now.kind === 'wecom' && (
              <Form.Item label={say(words.mode)}>
                <Select
                  value={settings.mode ?? 'robot'}
                  onChange={(mode) => set({ mode })}
                  options={(['robot', 'app'] as const).map((value) => ({ value, label: say(words[value]) }))}
                />
              </Form.Item>
            )}
            {now.kind === 'sms' && field('url', words.url)}
            {(now.kind === 'wecom' || now.kind === 'dingtalk') && field('url', words.urlBase)}
            {now.kind === 'sms' && (
              <>
                <Form.Item label={say(words.body)}>
                  <Input.TextArea
                    value={settings.body ?? ''}
                    placeholder={'{"id":"{id}","phone":"{phone}","text":"{text}"}'}
                    rows={2}
                    onChange={(event) => set({ body: event.target.value })}
                  />
                </Form.Item>
                {field('okField', words.okField)}
                {field('okValue', words.okValue)}
              </>
            )}
            {now.kind === 'email' && (
              <>
                {field('host', words.host)}
                <Form.Item label={say(words.port)}>
                  <InputNumber controls={false} min={1} max={65_535} value={settings.port ?? 587} onChange={(port) => set({ port: port ?? 587 })} />{' '}
                  <Select
                    style={{ width: 140 }}
                    aria-label={say(words.security)}
                    value={settings.security ?? 'starttls'}
                    onChange={(security) => set({ security })}
                    options={['starttls', 'tls', 'none'].map((value) => ({ value, label: value.toUpperCase() }))}
                  />
                </Form.Item>
                {field('user', words.user)}
                {field('from', words.from)}
              </>
            )}
            {now.kind === 'wecom' && settings.mode === 'app' && (
              <>
                {field('corpId', words.corpId)}
                {field('agentId', words.agentId)}
              </>
            )}
            {SECRETS[now.kind].map((secret) => (
              <Form.Item key={secret} label={say(words[secret])}>
                <Input.Password
                  autoComplete="new-password"
                  value={secrets[secret] ?? ''}
                  placeholder={has.includes(secret) ? say(words.kept) : ''}
                  onChange={(event) => setSecrets({ ...secrets, [secret]: event.target.value })}
                />
              </Form.Item>
            ))}
          </div>
        </div>
        <div className="acts">
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {say(words.save)}
          </Button>
          <Button onClick={close}>{say(words.cancel)}</Button>
        </div>
      </Form>
    </section>
  )
}
