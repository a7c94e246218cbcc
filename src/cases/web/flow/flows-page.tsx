import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { EmptyState, ErrorState, Loading, sayCount, sayMoment, tell, useAct, useWords } from '../../../kernel/web/index.ts'
import { deleteDraft, postDraft, postFlowUse, type FlowListed, type FlowsShown } from '../../flow-edit/contract.ts'
import { Mappings } from './mappings.tsx'
import { flowsQuery } from './queries.ts'
import './flow.css'

const words = {
  title: { zh: '案件流程', en: 'Flows of cases' },
  lead: {
    zh: '每个案件从上报起一直按当时在用的流程版本办理；修改先成草稿，检查通过后发布为新版本',
    en: 'A case follows the version that was in use when it was reported; a change begins as a draft and is published once its check has passed',
  },
  inUse: { zh: '在用', en: 'In use' },
  later: { zh: '待启用', en: 'Coming' },
  earlier: { zh: '过去的启用记录', en: 'What was in use before' },
  drafts: { zh: '草稿', en: 'Drafts' },
  noDrafts: { zh: '没有草稿。复制一个版本即可开始修改。', en: 'No drafts. Copy a version to begin.' },
  versions: { zh: '版本', en: 'Versions' },
  shipped: { zh: '出厂', en: 'shipped' },
  copy: { zh: '复制修改', en: 'Copy and change' },
  use: { zh: '启用', en: 'Use' },
  open: { zh: '查看', en: 'View' },
  edit: { zh: '编辑', en: 'Edit' },
  drop: { zh: '放弃', en: 'Drop' },
  flow: { zh: '流程', en: 'Flow' },
  stages: { zh: '阶段', en: 'Stages' },
  cases: { zh: '在办案件', en: 'Open cases' },
  published: { zh: '发布', en: 'Published' },
  saved: { zh: '保存', en: 'Saved' },
  faults: { zh: '问题', en: 'Faults' },
  code: { zh: '代码', en: 'Code' },
  codeHelp: { zh: '沿用代码即为该流程的新版本；换一个代码则是另一个流程', en: 'The same code makes its next version; another makes a flow of its own' },
  begin: { zh: '开始修改', en: 'Begin' },
  where: { zh: '用于', en: 'For' },
  city: { zh: '全市', en: 'The whole city' },
  withCity: { zh: '随全市', en: 'as the city' },
  useTitle: { zh: '启用后，新上报的案件按此流程办理；在办案件仍按原流程', en: 'New cases will follow it; open cases keep their own' },
  used: { zh: '已启用', en: 'It is in use' },
  since: { zh: '起', en: 'since' },
}

/** All flows with their versions, which is in use where, drafts, and how open cases move. */
export default function FlowsPage() {
  const { say } = useWords()
  const { data, isError, error, refetch } = useQuery(flowsQuery)
  const [copying, setCopying] = useState<FlowListed>()
  const [using, setUsing] = useState<FlowListed>()
  if (isError) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <Loading lines={12} />
  return (
    <div className="page flows">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
      </header>
      <InUse {...data} />
      <Drafts {...data} />
      <section className="card pad">
        <h2>{say(words.versions)}</h2>
        <table className="flow-table">
          <thead>
            <tr>
              {[words.flow, words.stages, words.cases, words.published].map((head) => (
                <th key={head.en}>{say(head)}</th>
              ))}
              <th />
            </tr>
          </thead>
          <tbody>
            {data.items.map((flow) => (
              <tr key={flow.key}>
                <td>
                  <Link to={`/flows/${flow.key}` as never}>{say(flow.words)}</Link> <code>{flow.key}</code> {flow.shipped && <span className="tag">{say(words.shipped)}</span>}
                  {flow.note && <p className="muted small">{flow.note}</p>}
                </td>
                <td className="small">{flow.stages.map((stage) => say(stage)).join(' · ')}</td>
                <td className="number">{sayCount(flow.openCases)}</td>
                <td className="small">{flow.publishedAt ? `${sayMoment(flow.publishedAt)} ${flow.publishedBy ?? ''}` : '—'}</td>
                <td className="row-acts">
                  <Button size="small" onClick={() => setCopying(flow)}>
                    {say(words.copy)}
                  </Button>
                  <Button size="small" onClick={() => setUsing(flow)}>
                    {say(words.use)}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Mappings flows={data.items} />
      {copying && <CopyDialog flow={copying} close={() => setCopying(undefined)} />}
      {using && <UseDialog flow={using} districts={data.districts} close={() => setUsing(undefined)} />}
    </div>
  )
}

function InUse({ uses, items }: FlowsShown) {
  const { say } = useWords()
  const nameOf = (key: string | null) => (key === null ? say(words.withCity) : say(items.find((flow) => flow.key === key)?.words ?? { zh: key, en: key }))
  const past = uses.filter(({ state }) => state === 'past')
  return (
    <section className="card pad">
      <h2>{say(words.inUse)}</h2>
      <ul className="use-lines">
        {uses
          .filter(({ state }) => state !== 'past')
          .map((use) => (
            <li key={use.district + use.since}>
              <b>{say(use.name)}</b> <span>{nameOf(use.flow)}</span> {use.flow && <code>{use.flow}</code>} {use.state === 'later' && <span className="tag yellow">{say(words.later)}</span>}
              {use.by && (
                <span className="muted small">
                  {sayMoment(use.since)} {say(words.since)} · {use.by}
                </span>
              )}
            </li>
          ))}
      </ul>
      {past.length > 0 && (
        <details>
          <summary className="small muted">
            {say(words.earlier)} ({past.length})
          </summary>
          <ul className="use-lines">
            {past.map((use) => (
              <li key={use.district + use.since} className="muted small">
                {say(use.name)} {nameOf(use.flow)} {use.flow && <code>{use.flow}</code>} {sayMoment(use.since)} {say(words.since)} · {use.by}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function Drafts({ drafts }: FlowsShown) {
  const { say } = useWords()
  const queries = useQueryClient()
  const drop = useAct(deleteDraft, { done: () => void queries.invalidateQueries({ queryKey: ['flows'] }) })
  return (
    <section className="card pad">
      <h2>{say(words.drafts)}</h2>
      {drafts.length === 0 && <EmptyState why={say(words.noDrafts)} />}
      <ul className="use-lines">
        {drafts.map((draft) => (
          <li key={draft.code}>
            <Link to={`/flows/${draft.code}` as never}>
              <b>{say(draft.words)}</b>
            </Link>{' '}
            <code>{`${draft.code}.${draft.version}`}</code>
            <span className="muted small">
              ← {draft.base} · {sayMoment(draft.savedAt)} {draft.savedBy}
            </span>
            {draft.faults > 0 && (
              <span className="tag red">
                {say(words.faults)} {draft.faults}
              </span>
            )}
            <Button size="small" danger onClick={() => drop.mutate({ params: { code: draft.code } })}>
              {say(words.drop)}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function CopyDialog({ flow, close }: { flow: FlowListed; close: () => void }) {
  const { say } = useWords()
  const go = useNavigate()
  const queries = useQueryClient()
  const [code, setCode] = useState(flow.code)
  const begin = useAct(postDraft, {
    done: (draft) => {
      void queries.invalidateQueries({ queryKey: ['flows'] })
      void go({ to: `/flows/${draft.code}` as never })
    },
  })
  return (
    <Modal
      open
      title={`${say(words.copy)} ${say(flow.words)}`}
      okText={say(words.begin)}
      okButtonProps={{ disabled: !/^[a-z][a-z0-9-]*$/.test(code), loading: begin.isPending }}
      onOk={() => begin.mutate({ body: { code, from: flow.key } })}
      onCancel={close}
    >
      <label htmlFor="draft-code">{say(words.code)}</label>
      <Input id="draft-code" value={code} onChange={(event) => setCode(event.target.value)} maxLength={40} />
      <p className="muted small">{say(words.codeHelp)}</p>
    </Modal>
  )
}

function UseDialog({ flow, districts, close }: { flow: FlowListed; districts: FlowsShown['districts']; close: () => void }) {
  const { say } = useWords()
  const queries = useQueryClient()
  const [district, setDistrict] = useState('')
  const use = useAct(postFlowUse, {
    done: () => {
      tell(say(words.used))
      void queries.invalidateQueries({ queryKey: ['flows'] })
      void queries.invalidateQueries({ queryKey: ['flow'] })
      close()
    },
  })
  return (
    <Modal
      open
      title={`${say(words.use)} ${say(flow.words)} ${flow.key}`}
      okText={say(words.use)}
      okButtonProps={{ loading: use.isPending }}
      onOk={() => use.mutate({ body: { flow: flow.key, district } })}
      onCancel={close}
    >
      <p>{say(words.useTitle)}</p>
      <label htmlFor="use-district">{say(words.where)}</label>
      <Select
        id="use-district"
        value={district}
        onChange={setDistrict}
        style={{ width: '100%' }}
        options={[{ value: '', label: say(words.city) }, ...districts.map(({ code, name }) => ({ value: code, label: say(name) }))]}
      />
    </Modal>
  )
}
