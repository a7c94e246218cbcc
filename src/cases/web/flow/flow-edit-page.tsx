import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Alert, Button, Segmented } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { ErrorState, Icon, Loading, useAddress, useWords } from '../../../kernel/web/index.ts'
import { flowFaults } from '../../check-flow.ts'
import type { Flow } from '../../flow.ts'
import { addPart, freeName, type Group } from './change-flow.ts'
import { FlowGraph, type Shown } from './flow-graph.tsx'
import { PartPanel } from './part-panel.tsx'
import { ProcedurePicture } from './procedure-parts.tsx'
import { PublishPanel } from './publish-panel.tsx'
import { draftQuery, versionQuery } from './queries.ts'
import { groupWords } from './say-part.ts'
import { useFlowDraft } from './use-flow-draft.ts'
import { sayLimit } from '../say-limit.ts'
import './flow.css'

const words = {
  flows: { zh: '流程', en: 'Flows' },
  draft: { zh: '草稿', en: 'Draft' },
  version: { zh: '只读版本', en: 'Read-only version' },
  usual: { zh: '主线', en: 'Usual way' },
  all: { zh: '全部步骤', en: 'All steps' },
  undo: { zh: '撤销', en: 'Undo' },
  redo: { zh: '重做', en: 'Redo' },
  add: { zh: '加', en: 'Add' },
  saved: { zh: '已保存', en: 'Saved' },
  saving: { zh: '未保存', en: 'Not saved yet' },
  publish: { zh: '检查并发布', en: 'Check and publish' },
  edit: { zh: '返回编辑', en: 'Back to editing' },
  moved: { zh: '草稿已由他人另行保存', en: 'Somebody else has saved the draft' },
  reload: { zh: '重新载入', en: 'Load it again' },
  faults: { zh: '检查结果', en: 'Check' },
  sound: { zh: '没有问题，可以发布', en: 'Nothing is wrong; it can be published' },
  steps: { zh: '步骤', en: 'Steps' },
  clocks: { zh: '时限', en: 'Limits' },
  procedures: { zh: '程序', en: 'Procedures' },
  byCondition: { zh: '按立案条件', en: 'by filing condition' },
  fresh: { states: { zh: '新状态', en: 'New state' }, steps: { zh: '新步骤', en: 'New step' }, clocks: { zh: '新时限', en: 'New limit' }, procedures: { zh: '新程序', en: 'New procedure' } },
}

/** A draft to edit, or a published version to read: `standard` is a draft, `standard.1` a version. */
export default function FlowEditPage() {
  const { flow } = useParams({ strict: false }) as { flow: string }
  return flow.includes('.') ? <Version flow={flow} /> : <Draft code={flow} />
}

function Version({ flow: key }: { flow: string }) {
  const { say } = useWords()
  const { data, isError, error, refetch } = useQuery(versionQuery(key))
  const faults = useMemo(() => (data ? flowFaults(data) : []), [data])
  if (isError) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <Loading lines={12} />
  return (
    <div className="flow-page">
      <Head flow={data} aside={<span className="tag">{say(words.version)}</span>} />
      <Desk flow={data} faults={faults} />
    </div>
  )
}

function Draft({ code }: { code: string }) {
  const { data, isError, error, refetch } = useQuery(draftQuery(code))
  const [round, setRound] = useState(0)
  if (isError) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <Loading lines={12} />
  return <Editor key={round} start={data} reload={() => void refetch().then(() => setRound(round + 1))} />
}

function Head({ flow, aside, children }: { flow: Flow; aside: React.ReactNode; children?: React.ReactNode }) {
  const { say } = useWords()
  return (
    <header className="flow-head">
      <div>
        <Link to={'/flows' as never} className="small">
          {say(words.flows)}
        </Link>
        <h1>
          {say(flow.words)} <code>{`${flow.code}.${flow.version}`}</code> {aside}
        </h1>
      </div>
      <div>{children}</div>
    </header>
  )
}

function Editor({ start, reload }: { start: { code: string; flow: Flow; revision: number; held: readonly string[]; base: string }; reload: () => void }) {
  const { say } = useWords()
  const draft = useFlowDraft(start)
  const [publishing, setPublishing] = useState(false)
  useUndoKeys(draft.undo, draft.redo)
  const { flow, faults } = draft
  return (
    <div className="flow-page">
      <Head flow={flow} aside={<span className="tag yellow">{say(words.draft)}</span>}>
        <span className="muted small" role="status">
          {say(draft.isSaved ? words.saved : words.saving)}
        </span>
        <Button disabled={!draft.undo} onClick={draft.undo}>
          {say(words.undo)}
        </Button>
        <Button disabled={!draft.redo} onClick={draft.redo}>
          {say(words.redo)}
        </Button>
        <Button type="primary" disabled={!publishing && !draft.isSaved} onClick={() => setPublishing(!publishing)}>
          {say(publishing ? words.edit : words.publish)}
          {!publishing && faults.length > 0 && ` (${faults.length})`}
        </Button>
      </Head>
      {draft.refused && (
        <Alert
          type="error"
          role="alert"
          title={draft.refused.code === 'case.flow-draft-moved' ? say(words.moved) : draft.refused.message}
          action={
            <Button size="small" onClick={reload}>
              {say(words.reload)}
            </Button>
          }
        />
      )}
      {publishing ? <PublishPanel code={start.code} base={start.base} revision={draft.revision} lead={() => setPublishing(false)} /> : <Desk flow={flow} faults={faults} change={draft.change} />}
    </div>
  )
}

/** Ctrl+Z and Ctrl+Shift+Z or Ctrl+Y, outside of fields, which undo their own letters. */
function useUndoKeys(undo: (() => void) | undefined, redo: (() => void) | undefined): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const inField = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA)$/.test(event.target.tagName)
      if (inField || !(event.ctrlKey || event.metaKey)) return
      const key = event.key.toLowerCase()
      const act = key === 'y' || (key === 'z' && event.shiftKey) ? redo : key === 'z' ? undo : undefined
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [undo, redo])
}

interface DeskProps {
  flow: Flow
  faults: ReturnType<typeof flowFaults>
  /** Left out for a version, which nobody changes. */
  change?: (flow: Flow, key?: string) => void
}

/** The part of the flow that a fault stands at: two names, or four within a procedure. */
const partOf = (at: string) => at.split('.').slice(0, 2).join('.')

function Desk({ flow, faults, change }: DeskProps) {
  const { say, language } = useWords()
  const [{ at = '', ways }, setAddress] = useAddress<{ at?: string; ways?: string }>()
  const shown: Shown = ways === 'all' ? 'all' : 'usual'
  const choose = (path: string) => setAddress({ at: path })
  const faulty = useMemo(() => new Set(faults.map((fault) => partOf(fault.at))), [faults])
  const add = (group: Group) => {
    const name = freeName(flow[group], { states: 'state', steps: 'step', clocks: 'clock', procedures: 'procedure' }[group])
    change?.(addPart(flow, group, name, words.fresh[group]))
    choose(`${group}.${name}`)
  }
  return (
    <div className="flow-desk">
      <div className="flow-canvas">
        <div className="flow-tools">
          <Segmented<Shown>
            value={shown}
            onChange={(value) => setAddress({ ways: value === 'all' ? 'all' : undefined })}
            options={[
              { value: 'usual', label: say(words.usual) },
              { value: 'all', label: say(words.all) },
            ]}
          />
          {change && (
            <span className="flow-adds">
              {(['states', 'steps', 'clocks', 'procedures'] as const).map((group) => (
                <Button key={group} size="small" icon={<Icon name="plus" size={14} />} onClick={() => add(group)}>
                  {say(groupWords[group])}
                </Button>
              ))}
            </span>
          )}
        </div>
        <FlowGraph flow={flow} chosen={at} choose={choose} shown={shown} faulty={faulty} />
        <section className="flow-check" aria-live="polite">
          <h2>
            {say(words.faults)} {faults.length > 0 && <span className="tag red">{faults.length}</span>}
          </h2>
          {faults.length === 0 && <p className="tag green">{say(words.sound)}</p>}
          <ul>
            {faults.map(({ at: where, reason }) => (
              <li key={`${where} ${reason.en}`}>
                <button type="button" className="link" onClick={() => choose(where)}>
                  <NameOf flow={flow} at={where} /> {say(reason)}
                </button>
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h2>{say(words.steps)}</h2>
          <p className="step-links">
            {Object.entries(flow.steps).map(([step, { words: title }]) => (
              <button key={step} type="button" className="tag" data-chosen={at === `steps.${step}` || undefined} data-faulty={faulty.has(`steps.${step}`) || undefined} onClick={() => choose(`steps.${step}`)}>
                {say(title)}
              </button>
            ))}
          </p>
        </section>
        <section>
          <h2>{say(words.clocks)}</h2>
          <p className="step-links">
            {Object.entries(flow.clocks).map(([clock, { words: title, amount, unit, by }]) => (
              <button key={clock} type="button" className="tag" data-chosen={at.startsWith(`clocks.${clock}`) || undefined} data-faulty={faulty.has(`clocks.${clock}`) || undefined} onClick={() => choose(`clocks.${clock}`)}>
                {say(title)} {by === 'condition' ? say(words.byCondition) : sayLimit(amount, unit, language)}
              </button>
            ))}
          </p>
        </section>
        <section>
          <h2>{say(words.procedures)}</h2>
          <div className="procedure-cards">
            {Object.entries(flow.procedures).map(([name, procedure]) => (
              <button
                key={name}
                type="button"
                className="procedure-card"
                data-chosen={at.startsWith(`procedures.${name}`) || undefined}
                data-faulty={faulty.has(`procedures.${name}`) || undefined}
                onClick={() => choose(`procedures.${name}`)}
              >
                <b>{say(procedure.words)}</b>
                <ProcedurePicture flow={flow} name={name} />
              </button>
            ))}
          </div>
        </section>
      </div>
      <aside className="flow-aside">
        <PartPanel flow={flow} path={at} faults={faults} disabled={!change} choose={choose} change={change ?? (() => {})} />
      </aside>
    </div>
  )
}

export function NameOf({ flow, at }: { flow: Flow; at: string }) {
  const { say } = useWords()
  const [group, name] = at.split('.') as [Group, string | undefined]
  const found = name === undefined ? undefined : (flow[group] as Record<string, { words: { zh: string; en: string } }> | undefined)?.[name]
  return (
    <b>
      {groupWords[group] ? say(groupWords[group]) : at} {found ? say(found.words) : name}
    </b>
  )
}
