import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, InputNumber, Select } from 'antd'
import { Suspense, useId, useState } from 'react'
import { PlaceField, type ChosenPlace } from '../../cases/web/index.ts'
import { tell, useAct, useWords } from '../../kernel/web/index.ts'
import { UnitField } from '../../registry/web/index.ts'
import { FIELD_CODES, FIELDS, KINDS_OF_RISK, kindsOf, postRisk, putRisk, RISK_STATES, SHIPPED, type Field, type RiskBody, type RiskShown } from '../contract.ts'
import { MatrixGrid } from './risk-matrix.tsx'
import { matrixQuery } from './risk-queries.ts'

const words = {
  add: { zh: '登记风险', en: 'Register a risk' },
  change: { zh: '修改风险', en: 'Change the risk' },
  name: { zh: '名称', en: 'Name' },
  field: { zh: '领域', en: 'Field' },
  kind: { zh: '类型', en: 'Kind' },
  place: { zh: '位置', en: 'Place' },
  component: { zh: '关联部件代码（可不填）', en: 'Code of the component (optional)' },
  devices: { zh: '监测设备编号（可不填，回车分隔）', en: 'Codes of devices that watch it (optional)' },
  judged: { zh: '可能性与后果：点一格', en: 'How likely, and how grave: choose a cell' },
  measures: { zh: '管控措施', en: 'Control measures' },
  unit: { zh: '责任单位（可不填）', en: 'Owner (optional)' },
  person: { zh: '责任人（可不填）', en: 'Person (optional)' },
  days: { zh: '复评周期（天）', en: 'Review period (days)' },
  state: { zh: '状态', en: 'State' },
  note: { zh: '修改说明（可不填）', en: 'What was changed, and why (optional)' },
  save: { zh: '保存', en: 'Save' },
  cancel: { zh: '取消', en: 'Cancel' },
  saved: { zh: '风险已保存', en: 'The risk is saved' },
}

const STATES = { watched: { zh: '管控中', en: 'Watched' }, ended: { zh: '已消除', en: 'Removed' } }

const BLANK: Omit<RiskBody, 'position'> = {
  name: '', field: 'municipal', kind: 'gas', component: null, devices: [], likelihood: 2, consequence: 3, measures: '', ownerUnit: null, ownerPerson: '', reviewDays: 180, state: 'watched',
}

interface Props {
  /** As it stands; left out for a new one. */
  readonly risk?: RiskShown
  readonly done: (risk: RiskShown) => void
  readonly close: () => void
}

export function RiskForm({ risk, done, close }: Props) {
  const { say } = useWords()
  const id = useId()
  const queries = useQueryClient()
  const [body, setBody] = useState<Omit<RiskBody, 'position'>>(() => (risk ? pickBody(risk) : BLANK))
  const [place, setPlace] = useState<ChosenPlace | undefined>(risk && { position: [...risk.position] })
  const [note, setNote] = useState('')
  const matrix = useQuery(matrixQuery).data?.now
  const set = (change: Partial<RiskBody>) => setBody((old) => ({ ...old, ...change }))
  const after = (saved: RiskShown) => {
    tell(say(words.saved))
    void queries.invalidateQueries({ queryKey: ['monitoring', 'risks'] })
    done(saved)
  }
  const add = useAct(postRisk, { done: after })
  const change = useAct(putRisk, { done: after })
  const save = () => {
    const whole = { ...body, position: place!.position }
    if (risk) change.mutate({ params: { district: risk.district, code: risk.code }, body: { ...whole, ...(note.trim() && { note: note.trim() }) } })
    else add.mutate({ body: whole })
  }
  const ready = body.name.trim() !== '' && body.measures.trim() !== '' && place !== undefined
  return (
    <form
      className="card pad risk-form"
      aria-label={say(risk ? words.change : words.add)}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <h2>{say(risk ? words.change : words.add)}</h2>
      <div className="risk-form-body">
        <div>
          <label>
            {say(words.name)}
            <Input value={body.name} maxLength={80} onChange={(event) => set({ name: event.target.value })} />
          </label>
          <div className="hazard-two">
            <label>
              {say(words.field)}
              <Select value={body.field} aria-label={say(words.field)} onChange={(field: Field) => set({ field, kind: kindsOf(field)[0]! })} options={FIELD_CODES.map((code) => ({ value: code, label: say(FIELDS[code]) }))} />
            </label>
            <label>
              {say(words.kind)}
              <Select value={body.kind} aria-label={say(words.kind)} onChange={(kind) => set({ kind })} options={kindsOf(body.field).map((code) => ({ value: code, label: say(KINDS_OF_RISK[code].words) }))} />
            </label>
          </div>
          <label>
            {say(words.measures)}
            <Input.TextArea value={body.measures} maxLength={2_000} rows={3} onChange={(event) => set({ measures: event.target.value })} />
          </label>
          <div className="hazard-two">
            <label>
              {say(words.unit)}
              <UnitField value={body.ownerUnit ?? undefined} onChange={(unit) => set({ ownerUnit: unit ?? null })} {...(risk?.ownerName && { name: say(risk.ownerName) })} />
            </label>
            <label>
              {say(words.person)}
              <Input value={body.ownerPerson} maxLength={40} onChange={(event) => set({ ownerPerson: event.target.value })} />
            </label>
            <label>
              {say(words.days)}
              <InputNumber controls={false} min={1} max={1_100} precision={0} value={body.reviewDays} onChange={(days) => set({ reviewDays: days ?? 180 })} style={{ width: '100%' }} />
            </label>
            <label>
              {say(words.component)}
              <Input value={body.component ?? ''} maxLength={40} onChange={(event) => set({ component: event.target.value.trim() || null })} />
            </label>
            {risk && (
              <label>
                {say(words.state)}
                <Select value={body.state} aria-label={say(words.state)} onChange={(state) => set({ state })} options={RISK_STATES.map((state) => ({ value: state, label: say(STATES[state]) }))} />
              </label>
            )}
          </div>
          <label>
            {say(words.devices)}
            <Select mode="tags" value={body.devices} aria-label={say(words.devices)} onChange={(devices) => set({ devices })} tokenSeparators={[',', ' ', '，', ';', '；']} open={false} suffixIcon={null} style={{ width: '100%' }} />
          </label>
          {risk && (
            <label>
              {say(words.note)}
              <Input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
            </label>
          )}
        </div>
        <div>
          <p className="label">{say(words.judged)}</p>
          <MatrixGrid cells={matrix?.cells ?? SHIPPED} chosen={body} choose={(likelihood, consequence) => set({ likelihood, consequence })} />
          <label htmlFor={`${id}-place`}>{say(words.place)}</label>
          <Suspense fallback={<div className="place-map" />}>
            <PlaceField id={`${id}-place`} value={place} onChange={setPlace} category={undefined} />
          </Suspense>
        </div>
      </div>
      <div className="buttons">
        <Button type="primary" htmlType="submit" disabled={!ready} loading={add.isPending || change.isPending}>
          {say(words.save)}
        </Button>
        <Button onClick={close}>{say(words.cancel)}</Button>
      </div>
    </form>
  )
}

const pickBody = ({ name, field, kind, component, devices, likelihood, consequence, measures, ownerUnit, ownerPerson, reviewDays, state }: RiskShown): Omit<RiskBody, 'position'> => ({
  name, field, kind, component, devices, likelihood, consequence, measures, ownerUnit, ownerPerson, reviewDays, state,
})
