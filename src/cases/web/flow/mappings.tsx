import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { sayCount, sayMoment, tell, useAct, useWords } from '../../../kernel/web/index.ts'
import { postMapping, type FlowListed, type MappingRow } from '../../flow-edit/contract.ts'
import type { StateMapping, StateTarget } from '../../flow-edit/mapping.ts'
import { mappingPreviewQuery, mappingsQuery } from './queries.ts'

const words = {
  title: { zh: '在办案件转流程', en: 'Moving open cases' },
  lead: { zh: '在办案件只按一份有名称的对应关系转入另一流程，每案留下一步历史', en: 'Open cases move to another flow only by a named mapping; each keeps a step of it in its history' },
  begin: { zh: '新的对应关系', en: 'A new mapping' },
  name: { zh: '名称', en: 'Name' },
  from: { zh: '从', en: 'From' },
  to: { zh: '到', en: 'To' },
  state: { zh: '状态', en: 'State' },
  cases: { zh: '在办', en: 'Open' },
  target: { zh: '转为', en: 'Becomes' },
  clock: { zh: '时限', en: 'Limit' },
  stays: { zh: '不转（留在原流程）', en: 'Stays with its flow' },
  keep: { zh: '照走', en: 'goes on' },
  anew: { zh: '重新起计', en: 'begins anew' },
  lapsing: { zh: '新流程没有的进行中程序将终止', en: 'open procedures that the new flow does not know will end' },
  without: { zh: '件没有去处，留在原流程', en: 'cases have no target and stay' },
  go: { zh: '转入新流程', en: 'Move the cases' },
  begun: { zh: '开始转入', en: 'The cases are being moved' },
  under: { zh: '进行中', en: 'under way' },
  moved: { zh: '已转', en: 'moved' },
  stayed: { zh: '未转', en: 'stayed' },
}

/** Mappings with how far they are, and a new one with its preview. */
export function Mappings({ flows }: { flows: readonly FlowListed[] }) {
  const { say } = useWords()
  const { data } = useQuery(mappingsQuery)
  const [open, setOpen] = useState(false)
  return (
    <section className="card pad">
      <div className="card-head">
        <h2>{say(words.title)}</h2>
        {!open && (
          <Button size="small" onClick={() => setOpen(true)}>
            {say(words.begin)}
          </Button>
        )}
      </div>
      <p className="muted small">{say(words.lead)}</p>
      {open && <NewMapping flows={flows} close={() => setOpen(false)} />}
      <ul className="use-lines">
        {data?.items.map((mapping) => (
          <li key={mapping.id}>
            <b>{mapping.name}</b>
            <code>
              {mapping.from} → {mapping.to}
            </code>
            <span>
              {say(words.moved)} {sayCount(mapping.moved)} · {say(words.stayed)} {sayCount(mapping.stayed)}
            </span>
            {mapping.endedAt === null && <span className="tag yellow">{say(words.under)}</span>}
            <span className="muted small">
              {sayMoment(mapping.begunAt)} {mapping.begunBy}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function NewMapping({ flows, close }: { flows: readonly FlowListed[]; close: () => void }) {
  const { say, language } = useWords()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [from, setFrom] = useState(() => flows.toSorted((a, b) => b.openCases - a.openCases)[0]!.key)
  const [to, setTo] = useState(() => flows.find(({ key }) => key !== from)!.key)
  const [states, setStates] = useState<StateMapping>({})
  const preview = useQuery({ ...mappingPreviewQuery(from, to, states), enabled: from !== to })
  const begin = useAct(postMapping, {
    done: () => {
      tell(say(words.begun))
      void queries.invalidateQueries({ queryKey: ['flows'] })
      close()
    },
  })
  const options = flows.map(({ key, words: title, openCases }) => ({ value: key, label: `${say(title)} ${key} (${sayCount(openCases)})` }))
  const rows = from === to ? [] : (preview.data?.rows ?? [])
  const set = ({ state, to: target, clock }: MappingRow, change: Partial<StateTarget>) => setStates({ ...states, [state]: { to: target, clock, ...change } })
  const choose = (put: (key: string) => void) => (key: string) => {
    put(key)
    setStates({})
  }
  return (
    <div className="new-mapping">
      <div className="three-fields">
        <label>
          {say(words.name)}
          <Input value={name} onChange={(event) => setName(event.target.value)} maxLength={80} />
        </label>
        <label>
          {say(words.from)}
          <Select value={from} onChange={choose(setFrom)} options={options} style={{ width: '100%' }} />
        </label>
        <label>
          {say(words.to)}
          <Select value={to} onChange={choose(setTo)} options={options} style={{ width: '100%' }} />
        </label>
      </div>
      <table className="flow-table">
        <thead>
          <tr>
            {[words.state, words.cases, words.target, words.clock].map((head) => (
              <th key={head.en}>{say(head)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.state}>
              <td>{say(row.words)}</td>
              <td className="number">{sayCount(row.cases)}</td>
              <td>
                <Select
                  size="small"
                  style={{ minWidth: 200 }}
                  value={row.to ?? ''}
                  status={row.fault ? 'error' : ''}
                  aria-label={`${say(words.target)} ${say(row.words)}`}
                  onChange={(target: string) => set(row, { to: target || null })}
                  options={[{ value: '', label: say(words.stays) }, ...(preview.data?.targets.map(({ state, words: title }) => ({ value: state, label: say(title) })) ?? [])]}
                />
                {row.fault && <span className="fault">{say(row.fault)}</span>}
              </td>
              <td>
                <Select
                  size="small"
                  value={row.clock}
                  disabled={row.to === null}
                  aria-label={`${say(words.clock)} ${say(row.words)}`}
                  onChange={(clock: 'keep' | 'anew') => set(row, { clock })}
                  options={[
                    { value: 'keep', label: say(words.keep) },
                    { value: 'anew', label: say(words.anew) },
                  ]}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {preview.data && preview.data.without > 0 && (
        <p className="small">
          {sayCount(preview.data.without)} {say(words.without)}
        </p>
      )}
      {preview.data && preview.data.lapsing > 0 && (
        <p className="small">
          {sayCount(preview.data.lapsing)} {language === 'zh' ? '个' : ''}
          {say(words.lapsing)}
        </p>
      )}
      <Button
        type="primary"
        disabled={name.trim() === '' || from === to || rows.some(({ fault }) => fault !== null)}
        loading={begin.isPending}
        onClick={() => begin.mutate({ body: { name, from, to, states: Object.fromEntries(rows.map(({ state, to: target, clock }) => [state, { to: target, clock }])) } })}
      >
        {say(words.go)}
      </Button>
    </div>
  )
}
