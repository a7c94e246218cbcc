import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { tell, useAct, useWords } from '../../kernel/web/index.ts'
import { UnitField } from '../../registry/web/index.ts'
import { DEVICE_STATES, postDevice, putDevice, type DeviceBody, type DeviceShown, type NewDevice } from '../contract.ts'
import { productsQuery } from './queries.ts'
import { STATE_WORDS } from './texts.ts'

const words = {
  code: { zh: '代码', en: 'Code' },
  name: { zh: '名称', en: 'Name' },
  product: { zh: '产品', en: 'Product' },
  district: { zh: '区县代码', en: 'Code of the district' },
  lng: { zh: '经度（可不填）', en: 'Longitude (optional)' },
  lat: { zh: '纬度（可不填）', en: 'Latitude (optional)' },
  owner: { zh: '权属单位（可不填）', en: 'Owner (optional)' },
  component: { zh: '所监测的部件（可不填）', en: 'Component that it watches (optional)' },
  gateway: { zh: '网关（可不填）', en: 'Gateway (optional)' },
  state: { zh: '状态', en: 'State' },
  register: { zh: '登记并取密钥', en: 'Register and get its key' },
  save: { zh: '保存', en: 'Save' },
  saved: { zh: '设备已保存', en: 'The device is saved' },
  cancel: { zh: '取消', en: 'Cancel' },
}

const BLANK: NewDevice = { code: '', product: '', name: '', district: '', position: null, ownerUnit: null, component: null, gateway: null, state: 'in_service' }

export function NewDeviceForm({ done, close }: { done: (code: string, secret: string) => void; close: () => void }) {
  const { say } = useWords()
  const save = useAct(postDevice, { done: ({ device, key }) => done(device.code, key) })
  return <DeviceForm from={BLANK} act={say(words.register)} saving={save.isPending} save={(body) => save.mutate({ body })} close={close} />
}

/** What is known of a device that stands already, to be changed; its product stays, as its readings are numbered by it. */
export function ChangeDeviceForm({ device, done, close }: { device: DeviceShown; done: () => void; close: () => void }) {
  const { say } = useWords()
  const save = useAct(putDevice, {
    done: () => {
      tell(say(words.saved))
      done()
    },
  })
  const { code, product, name, district, position, ownerUnit, component, gateway, state } = device
  return (
    <DeviceForm
      from={{ code, product, name, district, position, ownerUnit, component, gateway, state }}
      stands
      act={say(words.save)}
      saving={save.isPending}
      save={(body) => save.mutate({ params: { code }, body: bodyOf(body) })}
      close={close}
    />
  )
}

const bodyOf = ({ product, name, district, position, ownerUnit, component, gateway, state }: NewDevice): DeviceBody => ({ product, name, district, position, ownerUnit, component, gateway, state })

interface FormProps {
  readonly from: NewDevice
  readonly stands?: boolean
  readonly act: string
  readonly saving: boolean
  readonly save: (device: NewDevice) => void
  readonly close: () => void
}

function DeviceForm({ from, stands = false, act, saving, save, close }: FormProps) {
  const { say } = useWords()
  const [now, setNow] = useState(from)
  const [[lng, lat], setPlace] = useState<[number | null, number | null]>([from.position?.[0] ?? null, from.position?.[1] ?? null])
  const products = useQuery(productsQuery).data?.items ?? []
  const set = (part: Partial<NewDevice>) => setNow({ ...now, ...part })
  const text = (key: 'code' | 'name' | 'district' | 'component' | 'gateway', required: boolean) => (
    <Form.Item label={say(words[key])} htmlFor={`device-${key}`}>
      <Input
        id={`device-${key}`}
        value={now[key] ?? ''}
        required={required}
        disabled={stands && key === 'code'}
        maxLength={key === 'name' ? 80 : 64}
        onChange={(event) => set({ [key]: event.target.value || (required ? '' : null) })}
      />
    </Form.Item>
  )
  return (
    <section className="card pad" style={{ marginBottom: 12, maxWidth: 720 }}>
      <Form layout="vertical" requiredMark={false} onFinish={() => save({ ...now, position: lng !== null && lat !== null ? [lng, lat] : null })}>
        {text('code', true)}
        {text('name', true)}
        <Form.Item label={say(words.product)}>
          <Select
            aria-label={say(words.product)}
            value={now.product || null}
            disabled={stands}
            onChange={(product: string) => set({ product })}
            options={products.map((each) => ({ value: each.code, label: say(each) }))}
          />
        </Form.Item>
        {text('district', true)}
        <Form.Item label={say(words.lng)} htmlFor="device-lng">
          <InputNumber id="device-lng" controls={false} style={{ width: 200 }} min={-180} max={180} value={lng} onChange={(value) => setPlace([value, lat])} />
        </Form.Item>
        <Form.Item label={say(words.lat)} htmlFor="device-lat">
          <InputNumber id="device-lat" controls={false} style={{ width: 200 }} min={-90} max={90} value={lat} onChange={(value) => setPlace([lng, value])} />
        </Form.Item>
        <Form.Item label={say(words.owner)}>
          <UnitField value={now.ownerUnit ?? undefined} onChange={(unit) => set({ ownerUnit: unit ?? null })} />
        </Form.Item>
        {text('component', false)}
        {text('gateway', false)}
        {stands && (
          <Form.Item label={say(words.state)}>
            <Select
              aria-label={say(words.state)}
              style={{ width: 200 }}
              value={now.state}
              onChange={(state) => set({ state })}
              options={DEVICE_STATES.map((value) => ({ value, label: say(STATE_WORDS[value]!) }))}
            />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" loading={saving} disabled={now.product === ''}>
          {act}
        </Button>{' '}
        <Button onClick={close}>{say(words.cancel)}</Button>
      </Form>
    </section>
  )
}
