import { useQueryClient } from '@tanstack/react-query'
import { Button, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { tell, useAct, useWords } from '../../kernel/web/index.ts'
import { PROFILES } from '../../cases/contract.ts'
import { FLOOD_PROFILES, FLOOD_ROLES, nearestTrucks, postOrder, type FloodPointShown, type FloodProfile, type StaffShown, type TruckShown } from '../contract.ts'
import { sayFar } from './flood-command-words.ts'
import { DOING_WORDS } from './vehicle-words.ts'

const words = {
  whom: { zh: '给谁', en: 'Whom' },
  people: { zh: '本点人员', en: 'People of this point' },
  trucks: { zh: '空闲泵车，最近的在前', en: 'Free pump trucks, the nearest first' },
  what: { zh: '指令内容', en: 'What to do' },
  clock: { zh: '时限', en: 'Clock' },
  none: { zh: '不设时限', en: 'None' },
  send: { zh: '下达', en: 'Order' },
  cancel: { zh: '取消', en: 'Cancel' },
  sent: { zh: '指令已下达', en: 'The order is given' },
  unplaced: { zh: '位置未知', en: 'position unknown' },
}

const USUAL = { person: { zh: '到点查看并封控，报告积水情况', en: 'Go there, close the road if need be, and report the water' }, truck: { zh: '前往抽排积水', en: 'Go there and pump' } }

interface Props {
  readonly point: FloodPointShown
  readonly staff: readonly StaffShown[]
  readonly trucks: readonly TruckShown[]
  readonly first: { readonly person?: string; readonly truck?: string }
  readonly close: () => void
}

/** An order to one of the point's people, or to a truck that is free. */
export function OrderForm({ point, staff, trucks, first, close }: Props) {
  const { say, language } = useWords()
  const queries = useQueryClient()
  const near = nearestTrucks(point.position, trucks)
  const people = staff.filter(({ reachable }) => reachable)
  const start = first.truck ? `t ${first.truck}` : first.person ? `p ${first.person}` : people[0] ? `p ${people[0].id}` : near[0] ? `t ${near[0].truck.code}` : undefined
  const [whom, setWhom] = useState(start)
  const isTruck = whom?.startsWith('t ') ?? false
  const [text, setText] = useState<string>()
  const [profile, setProfile] = useState<FloodProfile | 'none'>()
  const said = text ?? say(isTruck ? USUAL.truck : USUAL.person)
  const clock = profile ?? (isTruck ? '103060' : '135')
  const act = useAct(postOrder, {
    done: () => {
      tell(say(words.sent))
      void queries.invalidateQueries({ queryKey: ['flood-command'] })
      close()
    },
  })
  return (
    <form
      className="fc-form"
      onSubmit={(event) => {
        event.preventDefault()
        const id = whom!.slice(2)
        act.mutate({ body: { point: point.device, ...(isTruck ? { truck: id } : { person: id }), words: said.trim(), ...(clock !== 'none' && { profile: clock }) } })
      }}
    >
      <label>
        {say(words.whom)}
        <Select
          value={whom}
          onChange={setWhom}
          aria-label={say(words.whom)}
          options={[
            { label: say(words.people), options: people.map(({ id, name, role }) => ({ value: `p ${id}`, label: `${name} · ${say(FLOOD_ROLES[role])}` })) },
            { label: say(words.trucks), options: near.map(({ truck, metres }) => ({ value: `t ${truck.code}`, label: [truck.name, metres === null ? say(words.unplaced) : sayFar(metres, language), truck.doing === 'silent' && say(DOING_WORDS.silent)].filter(Boolean).join(' · ') })) },
          ].filter(({ options }) => options.length > 0)}
        />
      </label>
      <label className="wide">
        {say(words.what)}
        <Input autoFocus maxLength={500} value={said} onChange={(event) => setText(event.target.value)} />
      </label>
      <div>
        <span>{say(words.clock)}</span>
        <Radio.Group value={clock} onChange={(event) => setProfile(event.target.value as FloodProfile | 'none')}>
          {FLOOD_PROFILES.map((code) => (
            <Radio key={code} value={code}>
              {say(PROFILES[code].words)}
            </Radio>
          ))}
          <Radio value="none">{say(words.none)}</Radio>
        </Radio.Group>
      </div>
      <p className="fc-acts">
        <Button type="primary" htmlType="submit" loading={act.isPending} disabled={whom === undefined || said.trim() === ''}>
          {say(words.send)}
        </Button>
        <Button onClick={close}>{say(words.cancel)}</Button>
      </p>
    </form>
  )
}
