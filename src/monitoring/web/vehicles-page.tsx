import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useMemo, useState } from 'react'
import { CityMap, useDivisions } from '../../atlas/web/index.ts'
import { EmptyState, ErrorState, Icon, sayCount, sayMoment, sayNear, useAddress, useMay, useNow, useWords } from '../../kernel/web/index.ts'
import { VEHICLE_DOINGS, VEHICLE_KINDS, type VehicleShown } from '../contract.ts'
import { STATE_WORDS } from './texts.ts'
import { VehicleForm } from './vehicle-form.tsx'
import { VehicleMark } from './vehicle-mark.tsx'
import { useVehiclesPath, vehiclesQuery, VEHICLES_AT_ONCE } from './vehicle-queries.ts'
import { alarmWords, bearingWords, DOING_WORDS, sayKmh, toneOf } from './vehicle-words.ts'
import './vehicles.css'

const words = {
  title: { zh: '车辆', en: 'Vehicles' },
  map: { zh: '车辆实时位置；左侧列表是同样的车辆', en: 'Where the vehicles are; the list beside it holds the same' },
  search: { zh: '号牌、名称或编号', en: 'Plate, name or code' },
  all: { zh: '全部', en: 'All' },
  none: { zh: '没有符合的车辆。', en: 'No vehicle fits.' },
  add: { zh: '登记车辆', en: 'Register a vehicle' },
  change: { zh: '修改', en: 'Change' },
  replay: { zh: '轨迹回放', en: 'Replay its track' },
  close: { zh: '关闭', en: 'Close' },
  chosen: { zh: '选中的车辆', en: 'The chosen vehicle' },
  owner: { zh: '单位', en: 'Unit' },
  driver: { zh: '驾驶员', en: 'Driver' },
  district: { zh: '区县', en: 'District' },
  speed: { zh: '速度', en: 'Speed' },
  heard: { zh: '最后上报', en: 'Last heard' },
  fixed: { zh: '最后定位', en: 'Last fix' },
  terminal: { zh: '终端', en: 'Terminal' },
  phone: { zh: '终端手机号', en: 'Phone of the terminal' },
  unbound: { zh: '未注册', en: 'not registered' },
  data: { zh: '数据', en: 'Data' },
}

/** As in the style sheet: below it the list lies under the map. */
const NARROW_PX = 760
const NARROW = { left: 0, right: 0, top: 16, bottom: Math.round(innerHeight * 0.46) }
const ORDER = ['alarm', 'moving', 'still', 'silent']

export default function VehiclesPage() {
  const { say, language } = useWords()
  const may = useMay()
  const queries = useQueryClient()
  const [{ vehicle: chosen, doing, words: asked = '' }, setAddress] = useAddress<Partial<Record<'vehicle' | 'doing' | 'words', string>>>()
  const [text, setText] = useState(asked)
  const [form, setForm] = useState<'add' | 'change'>()
  const found = useQuery(vehiclesQuery(asked))
  const all = useMemo(() => (found.data?.items ?? []).toSorted((a, b) => ORDER.indexOf(toneOf(a)) - ORDER.indexOf(toneOf(b)) || a.code.localeCompare(b.code)), [found.data])
  const list = useMemo(() => (doing ? all.filter((each) => each.doing === doing) : all), [all, doing])
  const movers = useMemo(() => moversOf(list, chosen), [list, chosen])
  const narrow = innerWidth < NARROW_PX
  const one = all.find(({ code }) => code === chosen)
  return (
    <div className="fleet">
      <CityMap
        label={say(words.map)}
        movers={movers}
        padding={narrow ? NARROW : { left: 312, right: one ? 332 : 0, bottom: 48 }}
        onPick={(code) => setAddress({ vehicle: code })}
      />
      <section className="card fleet-list" aria-label={say(words.title)}>
        <header>
          <h1>
            {say(words.title)} {sayCount(list.length)}
          </h1>
          {may('monitoring.edit') && (
            <Button size="small" icon={<Icon name="plus" size={14} />} onClick={() => setForm('add')}>
              {say(words.add)}
            </Button>
          )}
        </header>
        <Input.Search
          allowClear
          size="small"
          maxLength={60}
          value={text}
          placeholder={say(words.search)}
          aria-label={say(words.search)}
          onChange={(event) => setText(event.target.value)}
          onSearch={(wanted) => setAddress({ words: wanted.trim() })}
        />
        <div className="segments">
          <button type="button" aria-pressed={!doing} onClick={() => setAddress({ doing: undefined })}>
            {say(words.all)}
          </button>
          {VEHICLE_DOINGS.slice(0, 3).map((each) => (
            <button key={each} type="button" aria-pressed={doing === each} onClick={() => setAddress({ doing: doing === each ? undefined : each })}>
              {say(DOING_WORDS[each])} {sayCount(all.filter((vehicle) => vehicle.doing === each).length)}
            </button>
          ))}
        </div>
        <ol>
          {list.map((vehicle) => (
            <FleetRow key={vehicle.code} vehicle={vehicle} on={vehicle.code === chosen} pick={() => setAddress({ vehicle: vehicle.code === chosen ? undefined : vehicle.code })} />
          ))}
        </ol>
        {found.isError && <ErrorState error={found.error} retry={() => void found.refetch()} />}
        {found.isSuccess && list.length === 0 && <EmptyState why={say(words.none)} />}
        {found.data?.more && (
          <p className="muted small more-note">
            {language === 'zh' ? `只显示 ${VEHICLES_AT_ONCE} 辆，请搜索其余` : `The first ${VEHICLES_AT_ONCE} only; search for the others`}
          </p>
        )}
      </section>
      {one && <Chosen vehicle={one} change={may('monitoring.edit') ? () => setForm('change') : undefined} close={() => setAddress({ vehicle: undefined })} />}
      <div className="card fleet-legend small">
        {(['moving', 'still', 'silent'] as const).map((each) => (
          <span key={each}>
            <VehicleMark tone={each} /> {say(DOING_WORDS[each])}
          </span>
        ))}
        <span>
          <VehicleMark tone="alarm" /> {say({ zh: '报警', en: 'Alarm' })}
        </span>
        <span className="muted number">
          {say(words.data)} {found.dataUpdatedAt > 0 ? sayMoment(found.dataUpdatedAt).slice(11) : '—'}
        </span>
      </div>
      {form && (
        <VehicleForm
          key={form === 'change' ? one?.code : ''}
          vehicle={form === 'change' ? one : undefined}
          close={() => setForm(undefined)}
          done={({ code }) => {
            setForm(undefined)
            setAddress({ vehicle: code })
            void queries.invalidateQueries({ queryKey: ['monitoring'] })
          }}
        />
      )}
    </div>
  )
}

const moversOf = (vehicles: readonly VehicleShown[], chosen: string | undefined): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: vehicles.flatMap((vehicle) =>
    vehicle.latest?.position
      ? [
          {
            type: 'Feature',
            geometry: { type: 'Point', coordinates: [...vehicle.latest.position] },
            properties: { id: vehicle.code, name: vehicle.name, tone: toneOf(vehicle), bearing: vehicle.latest.bearing, chosen: vehicle.code === chosen },
          },
        ]
      : [],
  ),
})

function FleetRow({ vehicle, on, pick }: { vehicle: VehicleShown; on: boolean; pick: () => void }) {
  const { say } = useWords()
  const now = useNow()
  const { latest, doing } = vehicle
  return (
    <li {...(on && { className: 'chosen' })}>
      <button type="button" onClick={pick} aria-pressed={on}>
        <VehicleMark tone={toneOf(vehicle)} label={say(DOING_WORDS[doing])} />
        <span>
          <b>{vehicle.name}</b>
          <small>
            {vehicle.plate} · {say(VEHICLE_KINDS[vehicle.kind])}
          </small>
        </span>
        <span className="number small right">
          {doing === 'moving' && latest ? sayKmh(latest.speedKmh) : say(DOING_WORDS[doing])}
          <small>{latest ? sayNear(latest.at, now) : '—'}</small>
        </span>
      </button>
    </li>
  )
}

function Chosen({ vehicle, change, close }: { vehicle: VehicleShown; change: (() => void) | undefined; close: () => void }) {
  const { say } = useWords()
  const { name } = useDivisions()
  const path = useVehiclesPath()
  const { latest, doing } = vehicle
  const facts = [
    [words.speed, latest && doing !== 'silent' ? `${sayKmh(latest.speedKmh)}${doing === 'moving' ? ` · ${say(bearingWords(latest.bearing))}` : ''}` : '—'],
    [words.heard, latest ? sayMoment(latest.at) : '—'],
    ...(latest?.fixedAt && latest.fixedAt !== latest.at ? [[words.fixed, sayMoment(latest.fixedAt)] as const] : []),
    [words.owner, vehicle.ownerName ? say(vehicle.ownerName) : '—'],
    [words.district, name(vehicle.district)],
    [words.driver, vehicle.driver || '—'],
    [words.phone, vehicle.phone],
    [words.terminal, vehicle.terminal ?? say(words.unbound)],
  ] as const
  return (
    <section className="card fleet-one" aria-label={say(words.chosen)}>
      <header>
        <VehicleMark tone={toneOf(vehicle)} />
        <div>
          <h2>{vehicle.name}</h2>
          <p className="muted small">
            {vehicle.plate} · {say(VEHICLE_KINDS[vehicle.kind])} · {vehicle.code}
          </p>
        </div>
        <button type="button" className="copy" aria-label={say(words.close)} onClick={close}>
          <Icon name="close" size={14} />
        </button>
      </header>
      <p className="tags">
        <span className={`tag ${doing === 'moving' ? 'brand' : ''}`}>{say(DOING_WORDS[doing])}</span>
        {vehicle.state !== 'in_service' && <span className="tag yellow">{say(STATE_WORDS[vehicle.state]!)}</span>}
        {latest?.alarms.map((alarm) => (
          <span key={alarm} className="tag red">
            {say(alarmWords(alarm))}
          </span>
        ))}
      </p>
      <dl className="fleet-facts">
        {facts.map(([label, value]) => (
          <div key={label.en}>
            <dt>{say(label)}</dt>
            <dd className="number">{value}</dd>
          </div>
        ))}
      </dl>
      <footer>
        <Link to={`${path}/${encodeURIComponent(vehicle.code)}` as never} className="fleet-replay">
          <Icon name="play" size={14} /> {say(words.replay)}
        </Link>
        {change && <Button onClick={change}>{say(words.change)}</Button>}
      </footer>
    </section>
  )
}
