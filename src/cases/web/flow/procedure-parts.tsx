import { Button } from 'antd'
import { Icon, useWords } from '../../../kernel/web/index.ts'
import type { Flow } from '../../flow.ts'
import { PERMITS } from '../../permits.ts'
import { addInner, freeName } from './change-flow.ts'
import { layersOf } from './layout.ts'

const words = {
  acts: { zh: '动作', en: 'Acts' },
  states: { zh: '状态', en: 'States' },
  opens: { zh: '启动', en: 'Opens' },
  addAct: { zh: '加动作', en: 'Add an act' },
  addState: { zh: '加状态', en: 'Add a state' },
  newAct: { zh: '新动作', en: 'New act' },
  newState: { zh: '新状态', en: 'New state' },
  platform: { zh: '系统', en: 'the platform' },
  picture: { zh: '程序图', en: 'Picture of the procedure' },
}

interface Props {
  flow: Flow
  name: string
  disabled: boolean
  choose: (path: string) => void
  change: (flow: Flow) => void
  faults: readonly { at: string }[]
}

/** The acts and states of a procedure, each a way to its form. */
export function ProcedureParts({ flow, name, disabled, choose, change, faults }: Props) {
  const { say } = useWords()
  const procedure = flow.procedures[name]!
  const at = `procedures.${name}`
  const isFaulty = (path: string) => faults.some((fault) => fault.at === path || fault.at.startsWith(`${path}.`)) || undefined
  const whoOf = (permit: string | null) => (permit === null ? say(words.platform) : say(PERMITS[permit as keyof typeof PERMITS] ?? { zh: permit, en: permit }))
  const to = (state: string | undefined) => (state === undefined ? '' : ` → ${procedure.states[state] ? say(procedure.states[state].words) : state}`)
  const add = (inner: 'states' | 'acts') => {
    const part = freeName(procedure[inner], inner === 'acts' ? 'act' : 'state')
    change(addInner(flow, name, inner, part, inner === 'acts' ? words.newAct : words.newState))
    choose(`${at}.${inner}.${part}`)
  }
  return (
    <section>
      <ProcedurePicture flow={flow} name={name} />
      <h3>{say(words.acts)}</h3>
      <ul className="act-lines">
        <li>
          <button type="button" data-faulty={isFaulty(`${at}.opens`)} onClick={() => choose(`${at}.opens`)}>
            <b>{say(procedure.opens.words)}</b>
            {to(procedure.opens.to)} <small>{whoOf(procedure.opens.permit)}</small>
          </button>
        </li>
        {Object.entries(procedure.acts).map(([act, rule]) => (
          <li key={act}>
            <button type="button" data-faulty={isFaulty(`${at}.acts.${act}`)} onClick={() => choose(`${at}.acts.${act}`)}>
              <b>{say(rule.words)}</b>
              {to(rule.to)} <small>{whoOf(rule.permit)}</small>
            </button>
          </li>
        ))}
      </ul>
      <h3>{say(words.states)}</h3>
      <p className="step-links">
        {Object.entries(procedure.states).map(([state, point]) => (
          <button key={state} type="button" className="tag" data-faulty={isFaulty(`${at}.states.${state}`)} onClick={() => choose(`${at}.states.${state}`)}>
            {say(point.words)}
          </button>
        ))}
      </p>
      {!disabled && (
        <p className="step-links">
          <Button size="small" icon={<Icon name="plus" size={14} />} onClick={() => add('acts')}>
            {say(words.addAct)}
          </Button>
          <Button size="small" icon={<Icon name="plus" size={14} />} onClick={() => add('states')}>
            {say(words.addState)}
          </Button>
        </p>
      )}
    </section>
  )
}

const [WIDE, HIGH, BOX, TALL] = [116, 40, 92, 26]

/** A small picture of a procedure: its states by how far they are from its opening, and the acts between them. */
export function ProcedurePicture({ flow, name }: { flow: Flow; name: string }) {
  const { say } = useWords()
  const procedure = flow.procedures[name]!
  const layers = layersOf(procedure)
  const at = new Map(layers.map(({ name: state, depth, row }) => [state, { x: depth * WIDE + 2, y: row * HIGH + 4 }]))
  const width = (Math.max(0, ...layers.map(({ depth }) => depth)) + 1) * WIDE
  const height = (Math.max(0, ...layers.map(({ row }) => row)) + 1) * HIGH
  const ways = Object.entries(procedure.acts).flatMap(([act, { from, to }]) =>
    to === undefined ? [] : from.flatMap((state) => (at.has(state) && at.has(to) && state !== to ? [{ id: `${act} ${state}`, a: at.get(state)!, b: at.get(to)! }] : [])),
  )
  return (
    <svg className="procedure-picture" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={`${say(words.picture)}: ${say(procedure.words)}`}>
      {ways.map(({ id, a, b }) => {
        const [x1, y1, x2, y2] = [a.x + BOX, a.y + TALL / 2, b.x, b.y + TALL / 2]
        const bend = Math.max(12, Math.abs(x2 - x1) / 2)
        return <path key={id} d={`M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`} fill="none" stroke="var(--ink-300)" strokeWidth="1.2" />
      })}
      {layers.map(({ name: state }) => {
        const { x, y } = at.get(state)!
        const point = procedure.states[state]!
        const text = say(point.words)
        return (
          <g key={state}>
            <rect x={x} y={y} width={BOX} height={TALL} rx={point.ended ? 13 : 4} fill={point.ended ? 'var(--ink-100)' : 'var(--brand-50)'} stroke={point.ended ? 'var(--ink-300)' : 'var(--brand-200)'} />
            <text x={x + BOX / 2} y={y + TALL / 2 + 4} textAnchor="middle" fontSize="11" fill="var(--ink-900)">
              {text.length > 14 ? `${text.slice(0, 13)}…` : text}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
