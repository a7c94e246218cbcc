import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useDeferredValue, useMemo, useState } from 'react'
import { CityMap } from '../../atlas/web/index.ts'
import { EmptyState, ErrorState, Icon, LEVEL_TONES, Loading, sayCount, sayMoment, useAddress, useWords } from '../../kernel/web/index.ts'
import { TRADE_CODES, TRADES, type DeviceMap, type DeviceShown, type ProductShown, type Trade } from '../contract.ts'
import { LevelMark } from './level-mark.tsx'
import { deviceMapQuery, deviceQuery, devicesQuery, productsQuery, type MapView } from './queries.ts'
import { sayValue } from './texts.ts'
import './device-map.css'

const words = {
  title: { zh: '设备地图', en: 'Map of devices' },
  trades: { zh: '行业', en: 'Trade' },
  all: { zh: '全部', en: 'All' },
  map: { zh: '在用设备的位置与告警；右侧列表是同样的设备', en: 'Devices in service and what rings; the list beside holds the same' },
  list: { zh: '设备列表', en: 'Devices' },
  table: { zh: '列表', en: 'As a list' },
  back: { zh: '返回列表', en: 'Back to the list' },
  ringing: { zh: '正在告警', en: 'Ringing' },
  inService: { zh: '在用设备', en: 'In service' },
  more: { zh: '继续加载', en: 'Load more' },
  none: { zh: '这个行业还没有在用设备。', en: 'No device of this trade is in service.' },
  quiet: { zh: '正常', en: 'Quiet' },
  silent: { zh: '静默', en: 'Silent' },
  never: { zh: '未上报', en: 'Nothing yet' },
  heap: { zh: '聚合数', en: 'so many here' },
  open: { zh: '打开设备页', en: 'Open its page' },
  owner: { zh: '权属单位', en: 'Owner' },
}

type Address = Partial<Record<'trade' | 'device', string>>

export default function DeviceMapPage() {
  const { say } = useWords()
  const [address, setAddress] = useAddress<Address>()
  const trade = TRADE_CODES.find((code) => code === address.trade)
  const [seen, setSeen] = useState<MapView>()
  const view = useDeferredValue(seen)
  const found = useQuery(deviceMapQuery(view, trade))
  const chosen = useQuery({ ...deviceQuery(address.device ?? ''), enabled: address.device !== undefined }).data
  const { movers, heaps } = useMarks(found.data, address.device === undefined ? undefined : chosen)
  const choose = (device: string | undefined) => setAddress({ device })
  return (
    <div className="device-map">
      <header className="device-band">
        <h1>{say(words.title)}</h1>
        <div className="segments" role="group" aria-label={say(words.trades)}>
          <button type="button" aria-pressed={!trade} onClick={() => setAddress({ trade: undefined, device: undefined })}>
            {say(words.all)}
          </button>
          {(found.data?.trades ?? []).map(({ trade: code, devices, ringing }) => (
            <button key={code} type="button" aria-pressed={trade === code} onClick={() => setAddress({ trade: code, device: undefined })}>
              {say(TRADES[code])} <span className="number">{sayCount(devices)}</span>
              {ringing > 0 && (
                <b className="count number" title={say(words.ringing)}>
                  {sayCount(ringing)}
                </b>
              )}
            </button>
          ))}
        </div>
        <Link className="small" to={'/devices' as never} search={{ ...(trade && { trade }) } as never}>
          {say(words.table)}
        </Link>
      </header>
      <div className="device-ground">
        <div className="card">
          <CityMap label={say(words.map)} movers={movers} heaps={heaps} padding={{ left: 0, right: 0, bottom: 52 }} onMove={(box, zoom) => setSeen({ box, zoom })} onPick={choose} />
          <Legend />
        </div>
        <section className="card device-side" aria-label={say(words.list)}>
          {address.device === undefined ? (
            <DeviceList trade={trade} shown={found.data} choose={choose} />
          ) : (
            <>
              <button type="button" className="plain-button back" onClick={() => choose(undefined)}>
                <Icon name="left" size={14} /> {say(words.back)}
              </button>
              {chosen ? <Chosen device={chosen} level={found.data?.ringing.find(({ code }) => code === chosen.code)?.level ?? 0} /> : <Loading lines={6} />}
            </>
          )}
        </section>
      </div>
    </div>
  )
}

const point = (position: readonly [number, number], properties: Record<string, unknown>): GeoJSON.Feature => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [...position] }, properties })

/** Each by itself, or gathered; what is chosen always by itself. What is silent and does not ring is a hollow square. */
function useMarks(found: DeviceMap | undefined, chosen: DeviceShown | undefined): Record<'movers' | 'heaps', GeoJSON.FeatureCollection> {
  return useMemo(() => {
    const collect = (features: GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({ type: 'FeatureCollection', features })
    const items = found?.items ?? []
    const toneOf = (level: number, silent: boolean) => (level === 0 && silent ? 'silent' : LEVEL_TONES[level])
    const single = items.filter(({ code }) => code !== null && code !== chosen?.code)
    const level = found?.ringing.find(({ code }) => code === chosen?.code)?.level ?? 0
    return {
      movers: collect([
        ...single.map((each) => point([each.lng, each.lat], { id: each.code, name: each.level >= 3 ? each.name : '', tone: toneOf(each.level, each.silent), bearing: 0 })),
        ...(chosen?.position ? [point(chosen.position, { id: chosen.code, name: chosen.name, tone: toneOf(level, chosen.silent), bearing: 0, chosen: true })] : []),
      ]),
      heaps: collect(items.filter(({ code }) => code === null).map((each) => point([each.lng, each.lat], { n: each.n, level: each.level }))),
    }
  }, [found, chosen])
}

function DeviceList({ trade, shown, choose }: { trade: Trade | undefined; shown: DeviceMap | undefined; choose: (code: string) => void }) {
  const { say } = useWords()
  const products = useQuery(productsQuery).data?.items ?? []
  const list = useInfiniteQuery(devicesQuery({ state: 'in_service', ...(trade && { trade }) }))
  if (list.isError) return <ErrorState error={list.error} retry={() => void list.refetch()} />
  if (list.isPending || !shown) return <Loading lines={10} />
  const ringing = new Map(shown.ringing.map(({ code, level }) => [code, level]))
  const items = list.data.pages.flatMap((page) => page.items)
  const productOf = (code: string) => products.find((each) => each.code === code)
  return (
    <div className="device-scroll">
      {shown.ringing.length > 0 && <h2>{say(words.ringing)}</h2>}
      <ol>
        {shown.ringing.map(({ code, name, product, level }) => (
          <li key={code}>
            <button type="button" onClick={() => choose(code)}>
              <LevelMark level={level} size={20} />
              <span>
                <b>{name}</b>
                <span className="muted small">{say(productOf(product) ?? { zh: product, en: product })}</span>
              </span>
            </button>
          </li>
        ))}
      </ol>
      <h2>
        {say(words.inService)} <span className="number muted">{sayCount(shown.devices)}</span>
      </h2>
      {items.length === 0 && <EmptyState why={say(words.none)} />}
      <ol>
        {items.map((device) => (
          <li key={device.code}>
            <button type="button" onClick={() => choose(device.code)}>
              {ringing.has(device.code) ? <LevelMark level={ringing.get(device.code)!} size={20} /> : <i className={device.silent ? 'hollow' : 'ring'} />}
              <span>
                <b>{device.name}</b>
                <span className="muted small">{sayReadings(device, productOf(device.product), say)}</span>
              </span>
              {device.silent && <span className="tag yellow">{say(words.silent)}</span>}
            </button>
          </li>
        ))}
      </ol>
      {list.hasNextPage && (
        <p className="device-more">
          <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
            {say(words.more)}
          </Button>
        </p>
      )}
    </div>
  )
}

/** The first two of what it measures. */
function sayReadings(device: DeviceShown, product: ProductShown | undefined, say: ReturnType<typeof useWords>['say']): string {
  const said = device.latest.slice(0, 2).map(({ metric, value }) => `${say(product?.metrics.find(({ code }) => code === metric) ?? { zh: metric, en: metric })} ${sayValue(product, metric, value)}`)
  return said.join('　') || say(words.never)
}

function Chosen({ device, level }: { device: DeviceShown; level: number }) {
  const { say } = useWords()
  const product = useQuery(productsQuery).data?.items.find(({ code }) => code === device.product)
  return (
    <div className="device-chosen">
      <h2>
        {level > 0 && <LevelMark level={level} size={22} />} {device.name}
      </h2>
      <p className="muted small">
        {product && say(product)} · {device.code} {device.silent && <span className="tag yellow">{say(words.silent)}</span>}
      </p>
      <dl>
        {device.latest.map(({ metric, value, at }) => (
          <div key={metric}>
            <dt>{say(product?.metrics.find(({ code }) => code === metric) ?? { zh: metric, en: metric })}</dt>
            <dd>
              <b className="number">{sayValue(product, metric, value)}</b> <span className="muted small number">{sayMoment(at).slice(5)}</span>
            </dd>
          </div>
        ))}
        <div>
          <dt>{say(words.owner)}</dt>
          <dd>{device.ownerName ? say(device.ownerName) : '—'}</dd>
        </div>
      </dl>
      <Link to={`/devices/${encodeURIComponent(device.code)}` as never}>{say(words.open)}</Link>
    </div>
  )
}

function Legend() {
  const { say } = useWords()
  return (
    <div className="card device-legend small">
      <span>
        <LevelMark level={4} size={15} /> – <LevelMark level={1} size={15} /> {say(words.ringing)}
      </span>
      <span>
        <i className="ring" /> {say(words.quiet)}
      </span>
      <span>
        <i className="hollow" /> {say(words.silent)}
      </span>
      <span>
        <i className="heap">9</i> {say(words.heap)}
      </span>
    </div>
  )
}
