import { Button, Input } from 'antd'
import { useEffect, useRef } from 'react'
import { Icon, useWords } from '../../../kernel/web/index.ts'
import { stepsFrom, type Flow } from '../../flow.ts'
import { addPart, chosenAt, freeName, partAt, pathOf, removePart, setField, setStages, type Chosen } from './change-flow.ts'
import { ACT_FIELDS, CLOCK_FIELDS, OPENS_FIELDS, POINT_FIELDS, PROCEDURE_FIELDS, STATE_FIELDS, STEP_FIELDS, type Field } from './part-fields.ts'
import { PartForm, WordsInput } from './part-form.tsx'
import { ProcedureParts } from './procedure-parts.tsx'
import { groupWords } from './say-part.ts'

const words = {
  flow: { zh: '流程', en: 'Flow' },
  name: { zh: '名称', en: 'Name' },
  stages: { zh: '阶段', en: 'Stages' },
  addStage: { zh: '加一个阶段', en: 'Add a stage' },
  removeStage: { zh: '删去阶段', en: 'Remove the stage' },
  remove: { zh: '删去', en: 'Remove' },
  arriving: { zh: '到这里的步骤', en: 'Steps that lead here' },
  leaving: { zh: '从这里走的步骤', en: 'Steps that lead on' },
  newStep: { zh: '从这里加一个步骤', en: 'Add a step from here' },
  none: { zh: '没有', en: 'None' },
  limit: { zh: '该步骤起计的时限', en: 'The limit that it starts' },
  close: { zh: '返回流程', en: 'Back to the flow' },
  act: { zh: '动作', en: 'Act' },
  opens: { zh: '启动', en: 'How it is opened' },
  point: { zh: '程序状态', en: 'State of the procedure' },
  step: { zh: '新步骤', en: 'New step' },
}

interface Props {
  flow: Flow
  path: string
  faults: readonly { at: string; reason: { zh: string; en: string } }[]
  disabled: boolean
  choose: (path: string) => void
  change: (flow: Flow, key?: string) => void
}

export function fieldsOf({ group, inner }: Chosen): readonly Field[] {
  if (group === 'states') return STATE_FIELDS
  if (group === 'steps') return STEP_FIELDS
  if (group === 'clocks') return CLOCK_FIELDS
  if (inner === 'opens') return OPENS_FIELDS
  if (inner === 'acts') return ACT_FIELDS
  return inner === 'states' ? POINT_FIELDS : PROCEDURE_FIELDS
}

/** The form of what is chosen in the picture. */
export function PartPanel(props: Props) {
  const { flow, path, faults, disabled, choose, change } = props
  const { say } = useWords()
  const chosen = chosenAt(flow, path)
  const part = partAt(flow, chosen)
  const panel = useRef<HTMLDivElement>(null)
  // A fault leads to its field.
  useEffect(() => {
    if (chosen.field === undefined) return
    const found = panel.current?.querySelector<HTMLElement>(`[data-field="${chosen.field}"] input, [data-field="${chosen.field}"] button`)
    found?.focus()
    found?.scrollIntoView({ block: 'center' })
  }, [path, chosen.field])

  if (!part) return <FlowPanel {...props} />
  const at = pathOf(chosen)
  const own = faults.filter((fault) => fault.at === at || fault.at.startsWith(`${at}.`))
  const fields = fieldsOf(chosen)
  const byField = Map.groupBy(own, (fault) => fault.at.slice(at.length + 1).split('.')[0]!)
  const shown = new Map([...byField].map(([field, list]) => [field, list.map(({ reason }) => say(reason))]))
  // What stands at no field of the form, or at that of another part, is said on top.
  const above = [...shown].filter(([field]) => !fields.some(({ name }) => name === field)).flatMap(([, list]) => list)
  const kind = chosen.inner === undefined ? groupWords[chosen.group!] : chosen.inner === 'states' ? words.point : chosen.inner === 'acts' ? words.act : words.opens
  const remove = () => {
    change(removePart(flow, chosen))
    choose(chosen.inner === undefined ? '' : `procedures.${chosen.name}`)
  }
  return (
    <div className="part-panel" ref={panel}>
      <header>
        <div>
          <span className="muted small">
            {say(kind)} <code>{chosen.part ?? chosen.name}</code>
          </span>
          <h2>{say(part.words)}</h2>
        </div>
        <div>
          {!disabled && chosen.inner !== 'opens' && (
            <Button size="small" danger onClick={remove}>
              {say(words.remove)}
            </Button>
          )}
          <button type="button" className="link" onClick={() => choose(chosen.inner === undefined ? '' : `procedures.${chosen.name}`)} aria-label={say(words.close)}>
            <Icon name="close" />
          </button>
        </div>
      </header>
      {above.map((fault) => (
        <p key={fault} className="fault" role="alert">
          {fault}
        </p>
      ))}
      <PartForm
        key={at}
        flow={flow}
        fields={fields}
        part={part}
        faults={shown}
        disabled={disabled}
        {...(chosen.group === 'procedures' && { points: flow.procedures[chosen.name!]!.states })}
        change={(field, value) => change(setField(flow, chosen, field, value), `${at}.${field}`)}
      />
      {chosen.group === 'steps' && <StepLimit {...props} step={chosen.name!} />}
      {chosen.group === 'states' && <StateSteps {...props} state={chosen.name!} />}
      {chosen.group === 'procedures' && chosen.inner === undefined && <ProcedureParts flow={flow} name={chosen.name!} disabled={disabled} choose={choose} change={change} faults={faults} />}
    </div>
  )
}

/** The limit that a step starts, changed where it is looked for; it is one limit however many steps start it. */
function StepLimit({ flow, step, disabled, change }: Props & { step: string }) {
  const { say } = useWords()
  const clock = flow.steps[step]!.clock
  const limit = clock === undefined ? undefined : flow.clocks[clock]
  if (clock === undefined || !limit) return null
  return (
    <section>
      <h3>
        {say(words.limit)} · {say(limit.words)}
      </h3>
      <PartForm
        flow={flow}
        fields={CLOCK_FIELDS.filter(({ name }) => name === 'amount' || name === 'unit')}
        part={limit}
        faults={new Map()}
        disabled={disabled}
        change={(field, value) => change(setField(flow, { group: 'clocks', name: clock }, field, value), `clocks.${clock}.${field}`)}
      />
    </section>
  )
}

function StateSteps({ flow, state, disabled, choose, change }: Props & { state: string }) {
  const { say } = useWords()
  const arriving = Object.keys(flow.steps).filter((step) => flow.steps[step]!.to === state)
  const leaving = stepsFrom(flow, state)
  const add = () => {
    const name = freeName(flow.steps, 'step')
    change(addPart(flow, 'steps', name, words.step, state))
    choose(`steps.${name}`)
  }
  return (
    <section>
      {([['arriving', arriving], ['leaving', leaving]] as const).map(([which, steps]) => (
        <div key={which}>
          <h3>{say(words[which])}</h3>
          <p className="step-links">
            {steps.length === 0 && <span className="muted">{say(words.none)}</span>}
            {steps.map((step) => (
              <button key={step} type="button" className="tag" onClick={() => choose(`steps.${step}`)}>
                {say(flow.steps[step]!.words)}
              </button>
            ))}
          </p>
        </div>
      ))}
      {!disabled && (
        <Button size="small" icon={<Icon name="plus" size={14} />} onClick={add}>
          {say(words.newStep)}
        </Button>
      )}
    </section>
  )
}

function FlowPanel({ flow, faults, disabled, change }: Props) {
  const { say } = useWords()
  const top = faults.filter(({ at }) => !at.includes('.'))
  return (
    <div className="part-panel">
      <header>
        <div>
          <span className="muted small">
            {say(words.flow)} <code>{`${flow.code}.${flow.version}`}</code>
          </span>
          <h2>{say(flow.words)}</h2>
        </div>
      </header>
      {top.map(({ at, reason }) => (
        <p key={at + reason.en} className="fault" role="alert">
          {at}: {say(reason)}
        </p>
      ))}
      <div className="part-form">
        <div className="part-field">
          <label htmlFor="flow-words-zh">{say(words.name)}</label>
          <WordsInput id="flow-words" value={flow.words} set={(next) => change({ ...flow, words: next }, 'words')} disabled={disabled} />
        </div>
        <fieldset className="part-field">
          <legend>{say(words.stages)}</legend>
          {flow.stages.map((stage, i) => (
            <div key={i} className="stage-line">
              <span className="number muted">{i + 1}</span>
              {(['zh', 'en'] as const).map((language) => (
                <Input
                  key={language}
                  value={stage[language]}
                  aria-label={`${say(words.stages)} ${i + 1} ${language}`}
                  disabled={disabled}
                  maxLength={60}
                  onChange={(event) => change(setStages(flow, flow.stages.with(i, { ...stage, [language]: event.target.value })), `stages.${i}.${language}`)}
                />
              ))}
              {!disabled && (
                <button type="button" className="link" aria-label={`${say(words.removeStage)} ${i + 1}`} onClick={() => change(setStages(flow, flow.stages.toSpliced(i, 1), i + 1))}>
                  <Icon name="minus" />
                </button>
              )}
            </div>
          ))}
          {!disabled && (
            <Button size="small" icon={<Icon name="plus" size={14} />} onClick={() => change(setStages(flow, [...flow.stages, { zh: '新阶段', en: 'New stage' }]))}>
              {say(words.addStage)}
            </Button>
          )}
        </fieldset>
      </div>
    </div>
  )
}
