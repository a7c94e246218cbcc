import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Input, InputNumber, Progress, Select } from 'antd'
import { useState } from 'react'
import { CategoryField } from '../../../registry/web/index.ts'
import { addressOf, ask, EmptyState, ErrorState, groupNumber, Icon, Loading, sayCount, sayMoment, sayRate, useAct, useAddress, useWords } from '../../../kernel/web/index.ts'
import { sayLimit } from '../say-limit.ts'
import { getTrial, getTrials, getTrialTable, postTrial, postTrialCancel, type Trial, type TrialListed, type TrialResult } from '../../trial-run/contract.ts'
import type { LimitChange } from '../../trial-run/plan.ts'
import { unitWords } from './part-fields.ts'
import { flowsQuery } from './queries.ts'
import './flow.css'
import './trial-run.css'

const words = {
  title: { zh: '试运行', en: 'Trial run' },
  lead: {
    zh: '用过去几个月的真实案件试另一个流程或时限：人办事的时刻不变，只重算时限。不改动任何案件。',
    en: 'Tries another flow or other limits on real cases of the last months: people acted when they acted, only the limits move. No case is touched.',
  },
  name: { zh: '名称', en: 'Name' },
  months: { zh: '最近几个月', en: 'Last months' },
  flow: { zh: '流程', en: 'Flow' },
  ownFlow: { zh: '各案沿用原流程', en: 'Each case keeps its own' },
  draft: { zh: '草稿', en: 'draft' },
  limits: { zh: '处置时限', en: 'Limits of disposal' },
  all: { zh: '所有类别', en: 'All categories' },
  times: { zh: '原时限的倍数', en: 'Times the limit' },
  or: { zh: '或改为', en: 'or in its place' },
  addLimit: { zh: '加一条', en: 'Add one' },
  remove: { zh: '删去', en: 'Remove' },
  weights: { zh: '得分权重（可不填）', en: 'Weights of a score (optional)' },
  inTime: { zh: '按期处置', en: 'In time' },
  firstTime: { zh: '未返工', en: 'Not reworked' },
  notReturned: { zh: '未回退', en: 'Not returned' },
  begin: { zh: '开始试运行', en: 'Begin the trial' },
  cancel: { zh: '停止', en: 'Stop' },
  runs: { zh: '试运行记录', en: 'Trials' },
  none: { zh: '还没有试运行。填好上面的内容开始第一次。', en: 'No trials yet. Fill in the form above to begin.' },
  waiting: { zh: '排队中', en: 'waiting' },
  running: { zh: '进行中', en: 'running' },
  done: { zh: '完成', en: 'done' },
  cancelled: { zh: '已停止', en: 'stopped' },
  failed: { zh: '失败', en: 'failed' },
  download: { zh: '导出 Excel', en: 'Export Excel' },
  unit: { zh: '单位', en: 'Unit' },
  disposed: { zh: '处置', en: 'Disposed' },
  before: { zh: '原按期', en: 'In time, as it was' },
  after: { zh: '试后按期', en: 'In time, as tried' },
  change: { zh: '变化（点）', en: 'Change (points)' },
  newlyIn: { zh: '变为按期', en: 'Newly in time' },
  newlyLate: { zh: '变为超期', en: 'Newly late' },
  kept: { zh: '沿用原时限', en: 'Deadline kept' },
  keptWhy: { zh: '导入的案件带着自己的时限，或日历后来改过，无法重算，按原结果计', en: 'Imported with a deadline of their own, or reckoned by an earlier calendar: counted as they were' },
  score: { zh: '得分', en: 'Score' },
  total: { zh: '合计', en: 'Total' },
  stages: { zh: '各环节', en: 'Limits of the flow itself' },
  flips: { zh: '结果改变的案件', en: 'Cases that flip' },
  dueBefore: { zh: '原时限', en: 'Deadline as it was' },
  dueAfter: { zh: '试后时限', en: 'Deadline as tried' },
  disposedAt: { zh: '反馈', en: 'Disposed' },
  case: { zh: '案件', en: 'Case' },
  becomes: { zh: '变为', en: 'Becomes' },
  late: { zh: '超期', en: 'late' },
  inTimeWord: { zh: '按期', en: 'in time' },
  cases: { zh: '件案件', en: 'cases' },
  walked: { zh: '件逐步重放', en: 'walked step by step' },
  asWas: { zh: '原来', en: 'As it was' },
  asTried: { zh: '试后', en: 'As tried' },
}

const trialsQuery = queryOptions({
  queryKey: ['trials', 'list'],
  queryFn: ({ signal }) => ask(getTrials, { signal }),
  refetchInterval: (query) => (query.state.data?.items.some(({ state }) => state === 'waiting' || state === 'running') ? 700 : false),
})
const trialQuery = (id: string, state: string) => queryOptions({ queryKey: ['trials', 'one', id, state], queryFn: ({ signal }) => ask(getTrial, { params: { id }, signal }) })

export default function TrialRunPage() {
  const { say } = useWords()
  const trials = useQuery(trialsQuery)
  const [{ run }, setAddress] = useAddress<{ run?: string }>()
  if (trials.isError) return <ErrorState error={trials.error} retry={() => void trials.refetch()} />
  if (!trials.data) return <Loading lines={10} />
  const { items } = trials.data
  const shown = items.find(({ id }) => id === run) ?? items[0]
  return (
    <div className="page flows trial">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
      </header>
      <NewTrial busy={items.some(({ state }) => state === 'waiting' || state === 'running')} begun={(id) => setAddress({ run: id })} />
      <section className="card pad">
        <h2>{say(words.runs)}</h2>
        {items.length === 0 && <EmptyState why={say(words.none)} />}
        <ul className="use-lines">
          {items.map((trial) => (
            <TrialLine key={trial.id} trial={trial} chosen={trial.id === shown?.id} choose={() => setAddress({ run: trial.id })} />
          ))}
        </ul>
      </section>
      {shown && <Shown key={shown.id} listed={shown} />}
    </div>
  )
}

function TrialLine({ trial, chosen, choose }: { trial: TrialListed; chosen: boolean; choose: () => void }) {
  const { say } = useWords()
  const queries = useQueryClient()
  const cancel = useAct(postTrialCancel, { done: () => void queries.invalidateQueries({ queryKey: ['trials'] }) })
  const open = trial.state === 'waiting' || trial.state === 'running'
  return (
    <li data-chosen={chosen || undefined}>
      <button type="button" className="link" aria-pressed={chosen} onClick={choose}>
        <b>{trial.plan.name}</b>
      </button>
      <span className={`tag ${trial.state === 'failed' ? 'red' : open ? 'yellow' : ''}`}>{say(words[trial.state])}</span>
      {open && trial.total > 0 && <Progress percent={Math.round((100 * trial.seen) / trial.total)} size="small" style={{ width: 160 }} />}
      <span className="muted small">
        {sayMoment(trial.begunAt)} {trial.begunBy} {trial.total > 0 && `${sayCount(trial.seen)} / ${sayCount(trial.total)}`} {trial.note}
      </span>
      {open && (
        <Button size="small" onClick={() => cancel.mutate({ params: { id: trial.id } })}>
          {say(words.cancel)}
        </Button>
      )}
    </li>
  )
}

interface Line extends Partial<LimitChange> {
  key: number
}

function NewTrial({ busy, begun }: { busy: boolean; begun: (id: string) => void }) {
  const { say } = useWords()
  const queries = useQueryClient()
  const flows = useQuery(flowsQuery).data
  const [name, setName] = useState('')
  const [months, setMonths] = useState(3)
  const [flow, setFlow] = useState('')
  const [lines, setLines] = useState<readonly Line[]>([{ key: 0, category: '', factor: 1 }])
  const [weights, setWeights] = useState({ inTime: 0, firstTime: 0, notReturned: 0 })
  const begin = useAct(postTrial, {
    done: ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['trials'] })
      begun(id)
    },
  })
  const set = (key: number, change: Partial<Line>) => setLines(lines.map((line) => (line.key === key ? { ...line, ...change } : line)))
  const limits = lines.flatMap(({ category = '', factor, amount, unit }): LimitChange[] =>
    amount !== undefined ? [{ category, amount, unit: unit ?? 'work_hour' }] : factor !== undefined && factor !== 1 ? [{ category, factor }] : [],
  )
  const some = Object.values(weights).some((weight) => weight > 0)
  return (
    <section className="card pad new-trial">
      <div className="three-fields">
        <label>
          {say(words.name)}
          <Input value={name} onChange={(event) => setName(event.target.value)} maxLength={80} />
        </label>
        <label>
          {say(words.months)}
          <InputNumber controls={false} value={months} min={1} max={36} onChange={(value) => setMonths(value ?? 1)} style={{ width: '100%' }} />
        </label>
        <label>
          {say(words.flow)}
          <Select
            value={flow}
            onChange={setFlow}
            style={{ width: '100%' }}
            options={[
              { value: '', label: say(words.ownFlow) },
              ...(flows?.drafts.map(({ code, words: title }) => ({ value: code, label: `${say(title)} ${code}（${say(words.draft)}）` })) ?? []),
              ...(flows?.items.map(({ key, words: title }) => ({ value: key, label: `${say(title)} ${key}` })) ?? []),
            ]}
          />
        </label>
      </div>
      <fieldset>
        <legend>{say(words.limits)}</legend>
        {lines.map((line) => (
          <div key={line.key} className="limit-line">
            <CategoryField majors whole={say(words.all)} width={260} value={line.category || undefined} onChange={(category) => set(line.key, { category: category ?? '' })} />
            <InputNumber controls={false} aria-label={say(words.times)} prefix="×" value={line.factor ?? null} min={0.05} max={100} step={0.25} disabled={line.amount !== undefined} onChange={(factor) => set(line.key, { factor: factor ?? 1 })} />
            <span className="muted small">{say(words.or)}</span>
            <InputNumber controls={false} aria-label={say(words.or)} value={line.amount ?? null} min={0.1} onChange={(amount) => set(line.key, { amount: amount ?? undefined } as Partial<Line>)} />
            <Select
              value={line.unit ?? 'work_hour'}
              disabled={line.amount === undefined}
              style={{ minWidth: 120 }}
              onChange={(unit: NonNullable<Line['unit']>) => set(line.key, { unit })}
              options={Object.entries(unitWords).map(([unit, title]) => ({ value: unit, label: say(title) }))}
            />
            <button type="button" className="link" aria-label={say(words.remove)} onClick={() => setLines(lines.filter(({ key }) => key !== line.key))}>
              <Icon name="minus" />
            </button>
          </div>
        ))}
        <Button size="small" icon={<Icon name="plus" size={14} />} onClick={() => setLines([...lines, { key: Math.max(0, ...lines.map(({ key }) => key)) + 1, category: '', factor: 1 }])}>
          {say(words.addLimit)}
        </Button>
      </fieldset>
      <fieldset>
        <legend>{say(words.weights)}</legend>
        <div className="limit-line">
          {(['inTime', 'firstTime', 'notReturned'] as const).map((which) => (
            <label key={which}>
              {say(words[which])} <InputNumber controls={false} value={weights[which]} min={0} max={100} onChange={(value) => setWeights({ ...weights, [which]: value ?? 0 })} />
            </label>
          ))}
        </div>
      </fieldset>
      <Button
        type="primary"
        disabled={name.trim() === '' || busy}
        loading={begin.isPending}
        onClick={() => begin.mutate({ body: { name, months, ...(flow && { flow }), ...(limits.length > 0 && { limits }), ...(some && { weights }) } })}
      >
        {say(words.begin)}
      </Button>
    </section>
  )
}

function Shown({ listed }: { listed: TrialListed }) {
  const { data, isError, error, refetch } = useQuery(trialQuery(listed.id, listed.state))
  if (isError) return <ErrorState error={error} retry={() => void refetch()} />
  if (listed.state !== 'done') return null
  if (!data?.result) return <Loading lines={8} />
  return <Result trial={data} result={data.result} />
}

const point = (part: number, whole: number) => (whole === 0 ? null : (100 * part) / whole)

function Result({ trial, result }: { trial: Trial; result: TrialResult }) {
  const { say } = useWords()
  const { totals, units, stages, flips } = result
  const scored = totals.scoreBefore !== null
  const rows = [{ code: '', name: words.total, ...totals }, ...units]
  return (
    <>
      <section className="card pad">
        <div className="card-head">
          <h2>{trial.plan.name}</h2>
          <a className="plain-button" href={addressOf(getTrialTable, { id: trial.id })} download>
            {say(words.download)}
          </a>
        </div>
        <p className="muted small">
          {sayMoment(result.from)} – {sayMoment(result.to)} · {sayCount(result.cases)} {say(words.cases)} · {sayCount(result.walked)} {say(words.walked)}
        </p>
        <table className="flow-table">
          <thead>
            <tr>
              <th>{say(words.unit)}</th>
              {[words.disposed, words.before, words.after, words.change, words.newlyIn, words.newlyLate].map((head) => (
                <th key={head.en} className="number">
                  {say(head)}
                </th>
              ))}
              <th className="number">
                <abbr title={say(words.keptWhy)}>{say(words.kept)}</abbr>
              </th>
              {scored && <th className="number">{say(words.score)}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((unit) => {
              const [before, after] = [point(unit.inBefore, unit.disposed), point(unit.inAfter, unit.disposed)]
              const change = before === null || after === null ? 0 : after - before
              return (
                <tr key={unit.code || unit.name.en} className={unit.name === words.total ? 'total' : undefined}>
                  <td>{say(unit.name)}</td>
                  <td className="number">{sayCount(unit.disposed)}</td>
                  <td className="number">
                    {sayRate(unit.inBefore, unit.disposed)} % <small className="muted">{sayCount(unit.inBefore)}</small>
                  </td>
                  <td className="number">
                    {sayRate(unit.inAfter, unit.disposed)} % <small className="muted">{sayCount(unit.inAfter)}</small>
                  </td>
                  <td className="number">{change === 0 ? '0' : `${change > 0 ? '+' : '−'}${Math.abs(change).toFixed(2)}`}</td>
                  <td className="number">{sayCount(unit.newlyIn)}</td>
                  <td className="number">{sayCount(unit.newlyLate)}</td>
                  <td className="number muted">{sayCount(unit.kept)}</td>
                  {scored && (
                    <td className="number">
                      {unit.scoreBefore?.toFixed(2) ?? '—'} → {unit.scoreAfter?.toFixed(2) ?? '—'}
                    </td>
                  )}
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
      <section className="card pad">
        <h2>{say(words.stages)}</h2>
        <div className="trial-sides">
          {(['before', 'after'] as const).map((side) => (
            <table key={side} className="flow-table">
              <caption>{say(side === 'before' ? words.asWas : words.asTried)}</caption>
              <tbody>
                {stages
                  .filter((stage) => stage.side === side)
                  .map((stage) => (
                    <StageRow key={stage.flow + stage.clock} stage={stage} />
                  ))}
              </tbody>
            </table>
          ))}
        </div>
      </section>
      {flips.length > 0 && (
        <section className="card pad">
          <h2>
            {say(words.flips)} <span className="tag">{sayCount(totals.newlyIn + totals.newlyLate)}</span>
          </h2>
          <div className="flips">
            <table className="flow-table">
              <thead>
                <tr>
                  {[words.case, words.unit, words.disposedAt, words.dueBefore, words.dueAfter, words.becomes].map((head) => (
                    <th key={head.en}>{say(head)}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {flips.map((flip) => (
                  <tr key={flip.number}>
                    <td>
                      <Link to={`/cases/${flip.number}` as never}>{groupNumber(flip.number)}</Link>
                    </td>
                    <td>{say(flip.unit)}</td>
                    <td>{sayMoment(flip.disposedAt)}</td>
                    <td>{sayMoment(flip.dueBefore)}</td>
                    <td>{sayMoment(flip.dueAfter)}</td>
                    <td>
                      <span className={`tag ${flip.lateAfter ? 'red' : 'green'}`}>{say(flip.lateAfter ? words.late : words.inTimeWord)}</span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
    </>
  )
}

function StageRow({ stage }: { stage: TrialResult['stages'][number] }) {
  const { say, language } = useWords()
  return (
    <tr>
      <td>
        {say(stage.words)} <code>{stage.flow}</code>
      </td>
      <td className="small">{sayLimit(stage.amount, stage.unit, language)}</td>
      <td className="number">
        {sayRate(stage.n - stage.late, stage.n)} %{' '}
        <small className="muted">
          {sayCount(stage.n - stage.late)} / {sayCount(stage.n)}
        </small>
      </td>
    </tr>
  )
}
