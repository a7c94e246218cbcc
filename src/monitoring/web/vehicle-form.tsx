import { Button, Drawer, Form, Input, Popconfirm, Select } from 'antd'
import { useState } from 'react'
import { useDivisions } from '../../atlas/web/index.ts'
import { useAct, useWords } from '../../kernel/web/index.ts'
import { UnitField } from '../../registry/web/index.ts'
import { postVehicle, postVehicleRelease, PUMP_SIGNAL, putVehicle, VEHICLE_KIND_CODES, VEHICLE_KINDS, VEHICLE_STATES, type NewVehicle, type VehicleShown } from '../contract.ts'
import { STATE_WORDS } from './texts.ts'

const words = {
  add: { zh: '登记车辆', en: 'Register a vehicle' },
  change: { zh: '修改车辆', en: 'Change the vehicle' },
  code: { zh: '车辆编号', en: 'Code' },
  plate: { zh: '号牌号码', en: 'Plate' },
  phone: { zh: '终端手机号', en: 'Phone number of the terminal' },
  phoneHelp: { zh: '终端按号牌与手机号注册，两者须与此处一致', en: 'The terminal registers by plate and number; both must be as they stand here' },
  kind: { zh: '种类', en: 'Kind' },
  name: { zh: '名称', en: 'Name' },
  district: { zh: '所属区县', en: 'District' },
  owner: { zh: '所属单位（可不填）', en: 'Unit (optional)' },
  driver: { zh: '驾驶员（可不填）', en: 'Driver (optional)' },
  pumpSignal: { zh: '泵状态取自（可不填）', en: 'Where the pump tells (optional)' },
  pumpHelp: {
    zh: 'status:23 状态位第 23 位；signals:8 扩展车辆信号；inputs:2 IO 状态；item:e1:0 厂家附加项 0xE1 第 0 位。置位即运转。',
    en: 'status:23 a bit of the status; signals:8 of the vehicle signals; inputs:2 of the inputs; item:e1:0 of the maker’s item 0xE1. Set means that it runs.',
  },
  state: { zh: '状态', en: 'State' },
  save: { zh: '保存', en: 'Save' },
  terminal: { zh: '已绑定终端', en: 'Bound terminal' },
  unbound: { zh: '尚无终端注册', en: 'No terminal registered yet' },
  release: { zh: '解除绑定', en: 'Let go of it' },
  releaseAsk: { zh: '原终端的鉴权码即失效，换装的终端可以注册。', en: 'The code of this terminal ends, and another may register.' },
}

const BLANK: NewVehicle = { code: '', plate: '', phone: '', kind: 'patrol', name: '', district: '', ownerUnit: null, driver: '', state: 'in_service' }

/** Registers a vehicle, or changes one. */
export function VehicleForm({ vehicle, close, done }: { vehicle?: VehicleShown | undefined; close: () => void; done: (shown: VehicleShown) => void }) {
  const { say } = useWords()
  const { items } = useDivisions()
  const [now, setNow] = useState<NewVehicle>(vehicle ?? BLANK)
  const add = useAct(postVehicle, { done })
  const change = useAct(putVehicle, { done })
  const release = useAct(postVehicleRelease, { done })
  const set = (part: Partial<NewVehicle>) => setNow({ ...now, ...part })
  const save = () => {
    const { code, plate, phone, kind, name, district, ownerUnit, driver, state } = now
    const pumpSignal = kind === 'pump' ? now.pumpSignal?.trim().toLowerCase() || null : null
    const body = { plate, phone, kind, name, district, ownerUnit, driver, pumpSignal, state }
    if (vehicle) change.mutate({ params: { code }, body })
    else add.mutate({ body: { code, ...body } })
  }
  const text = (key: 'code' | 'plate' | 'phone' | 'name' | 'driver', most: number, help?: string) => (
    <Form.Item label={say(words[key])} {...(help && { extra: help })} htmlFor={`vehicle-${key}`}>
      <Input id={`vehicle-${key}`} value={now[key]} required={key !== 'driver'} disabled={key === 'code' && Boolean(vehicle)} maxLength={most} onChange={(event) => set({ [key]: event.target.value })} />
    </Form.Item>
  )
  return (
    <Drawer open title={say(vehicle ? words.change : words.add)} onClose={close} size={400}>
      <Form layout="vertical" requiredMark={false} onFinish={save}>
        {text('code', 64)}
        {text('plate', 20)}
        {text('phone', 20, say(words.phoneHelp))}
        {text('name', 80)}
        <Form.Item label={say(words.kind)}>
          <Select aria-label={say(words.kind)} value={now.kind} onChange={(kind) => set({ kind })} options={VEHICLE_KIND_CODES.map((value) => ({ value, label: say(VEHICLE_KINDS[value]) }))} />
        </Form.Item>
        <Form.Item label={say(words.district)}>
          <Select
            aria-label={say(words.district)}
            value={now.district || null}
            onChange={(district: string | null) => set({ district: district ?? '' })}
            options={items.filter(({ level }) => level === 'district').map(({ code, name }) => ({ value: code, label: say(name) }))}
          />
        </Form.Item>
        <Form.Item label={say(words.owner)}>
          <UnitField value={now.ownerUnit ?? undefined} name={vehicle?.ownerName ? say(vehicle.ownerName) : undefined} onChange={(unit) => set({ ownerUnit: unit ?? null })} />
        </Form.Item>
        {text('driver', 40)}
        {now.kind === 'pump' && (
          <Form.Item label={say(words.pumpSignal)} extra={say(words.pumpHelp)} htmlFor="vehicle-pump">
            <Input id="vehicle-pump" value={now.pumpSignal ?? ''} maxLength={12} pattern={PUMP_SIGNAL} onChange={(event) => set({ pumpSignal: event.target.value })} />
          </Form.Item>
        )}
        <Form.Item label={say(words.state)}>
          <Select aria-label={say(words.state)} value={now.state} onChange={(state) => set({ state })} options={VEHICLE_STATES.map((value) => ({ value, label: say(STATE_WORDS[value]!) }))} />
        </Form.Item>
        {vehicle && (
          <p className="small muted">
            {vehicle.terminal ? `${say(words.terminal)} ${vehicle.terminal} ` : say(words.unbound)}
            {vehicle.terminal && (
              <Popconfirm title={say(words.releaseAsk)} okText={say(words.release)} onConfirm={() => release.mutate({ params: { code: vehicle.code }, body: undefined })}>
                <Button size="small">{say(words.release)}</Button>
              </Popconfirm>
            )}
          </p>
        )}
        <Button type="primary" htmlType="submit" loading={add.isPending || change.isPending} disabled={now.district === ''}>
          {say(words.save)}
        </Button>
      </Form>
    </Drawer>
  )
}
