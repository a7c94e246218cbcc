import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Popconfirm, QRCode, Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { useDivisions } from '../../atlas/web/index.ts'
import { Chart, drawnAt, ErrorState, Loading, sayCount, sayMoment, serverNow, useAct, useAddress, useMay, useWords } from '../../kernel/web/index.ts'
import { postDeviceKey, type DeviceShown, type ProductShown } from '../contract.ts'
import { ChangeDeviceForm } from './device-form.tsx'
import { NewKey } from './new-key.tsx'
import { deviceQuery, productsQuery, trendQuery, type FixedSpan } from './queries.ts'
import { sayValue, STATE_WORDS } from './texts.ts'
import './monitoring.css'

const words = {
  product: { zh: '产品', en: 'Product' },
  place: { zh: '区县 / 单元网格', en: 'District / cell' },
  owner: { zh: '权属单位', en: 'Owner' },
  component: { zh: '所监测的部件', en: 'Component' },
  gateway: { zh: '网关', en: 'Gateway' },
  key: { zh: '密钥尾号', en: 'Key ends with' },
  latest: { zh: '最新读数', en: 'Latest readings' },
  metric: { zh: '指标', en: 'Metric' },
  never: { zh: '尚无读数', en: 'no reading yet' },
  late: { zh: '迟到', en: 'late' },
  silent: { zh: '静默', en: 'Silent' },
  trend: { zh: '曲线', en: 'Trend' },
  time: { zh: '时间', en: 'Time' },
  mean: { zh: '均值', en: 'Mean' },
  low: { zh: '最低', en: 'Lowest' },
  high: { zh: '最高', en: 'Highest' },
  nothing: { zh: '这段时间没有读数。', en: 'There are no readings of this time.' },
  readings: { zh: '条读数', en: 'readings' },
  renew: { zh: '更换密钥', en: 'Other key' },
  renewAsk: { zh: '原密钥立即失效，设备须改用新密钥。', en: 'The key before ends at once; the device must use the new one.' },
  print: { zh: '打印标签', en: 'Print the label' },
  edit: { zh: '修改', en: 'Change' },
}

const SPANS = [
  { hours: 24, words: { zh: '24 小时', en: '24 h' } },
  { hours: 24 * 7, words: { zh: '7 天', en: '7 days' } },
  { hours: 24 * 30, words: { zh: '30 天', en: '30 days' } },
  { hours: 24 * 365, words: { zh: '一年', en: 'A year' } },
]

export default function DevicePage() {
  const { code } = useParams({ strict: false }) as { code: string }
  const device = useQuery(deviceQuery(code))
  const products = useQuery(productsQuery)
  if (device.isError) return <ErrorState error={device.error} retry={() => void device.refetch()} />
  if (!device.data || !products.data) return <Loading />
  const product = products.data.items.find((each) => each.code === device.data.product)
  return product ? <Shown device={device.data} product={product} /> : null
}

function Shown({ device, product }: { device: DeviceShown; product: ProductShown }) {
  const { say } = useWords()
  const may = useMay()
  const divisions = useDivisions()
  const queries = useQueryClient()
  const [address, setAddress] = useAddress<{ metric?: string; hours?: string; from?: string; to?: string }>()
  const [secret, setSecret] = useState<string>()
  const [editing, setEditing] = useState(false)
  const renew = useAct(postDeviceKey, {
    done: ({ key }) => {
      setSecret(key)
      void queries.invalidateQueries({ queryKey: ['monitoring'] })
    },
  })
  const metric = product.metrics.find(({ code }) => code === address.metric) ?? product.metrics[0]!
  const named = namedSpan(address)
  const hours = named ? 0 : (SPANS.find((each) => String(each.hours) === address.hours)?.hours ?? 24)
  const spans = [...(named ? [{ value: 0, label: `${sayMoment(named.from).slice(5, 16)} – ${sayMoment(named.to).slice(5, 16)}` }] : []), ...SPANS.map((each) => ({ value: each.hours, label: say(each.words) }))]
  const facts = [
    [words.product, say(product)],
    [words.place, [divisions.within(device.cell?.slice(0, 12) ?? device.district), device.cell].filter(Boolean).join(' · ')],
    [words.owner, device.ownerName && say(device.ownerName)],
    [words.component, device.component],
    [words.gateway, device.gateway],
    [words.key, device.keyTail],
  ] as const
  return (
    <div className="page">
      <header className="page-head">
        <div className="device-name">
          <h1>{device.name}</h1>
          <p className="muted small">
            {device.code} <span className={`tag ${device.state === 'in_service' ? 'green' : ''}`}>{say(STATE_WORDS[device.state]!)}</span>{' '}
            {device.silent && <span className="tag yellow">{say(words.silent)}</span>}
          </p>
        </div>
        <div style={{ display: 'flex', gap: 8 }}>
          <Button onClick={() => window.print()}>{say(words.print)}</Button>
          {may('monitoring.edit') && <Button onClick={() => setEditing(true)}>{say(words.edit)}</Button>}
          {may('monitoring.edit') && (
            <Popconfirm title={say(words.renewAsk)} okText={say(words.renew)} onConfirm={() => renew.mutate({ params: { code: device.code } })}>
              <Button loading={renew.isPending}>{say(words.renew)}</Button>
            </Popconfirm>
          )}
        </div>
      </header>
      {editing && (
        <ChangeDeviceForm
          device={device}
          close={() => setEditing(false)}
          done={() => {
            setEditing(false)
            void queries.invalidateQueries({ queryKey: ['monitoring'] })
          }}
        />
      )}
      {secret && <NewKey code={device.code} secret={secret} close={() => setSecret(undefined)} />}
      <div className="device-parts">
        <section className="card pad">
          <div style={{ display: 'flex', gap: 12, flexWrap: 'wrap', justifyContent: 'space-between', marginBottom: 8 }}>
            <Segmented aria-label={say(words.metric)} value={metric.code} onChange={(value) => setAddress({ metric: value })} options={product.metrics.map((each) => ({ value: each.code, label: say(each) }))} />
            <Segmented aria-label={say(words.time)} value={hours} onChange={(value) => value > 0 && setAddress({ hours: String(value), from: undefined, to: undefined })} options={spans} />
          </div>
          <Trend device={device} metric={metric} span={named ?? hours} />
        </section>
        <aside className="card pad device-label">
          <h2>{say(words.latest)}</h2>
          {product.metrics.map((each) => {
            const found = device.latest.find((latest) => latest.metric === each.code)
            return (
              <p key={each.code}>
                <span className="muted">{say(each)}</span> <b className="number">{found ? sayValue(product, each.code, found.value) : say(words.never)}</b>
                {found && <span className="muted small"> {sayMoment(found.at)}</span>} {found?.late && <span className="tag">{say(words.late)}</span>}
              </p>
            )
          })}
          <dl>
            {facts.map(([name, value]) => (
              <div key={name.en}>
                <dt className="muted small">{say(name)}</dt>
                <dd>{value || '—'}</dd>
              </div>
            ))}
          </dl>
          <QRCode type="svg" value={device.code} aria-label={device.code} size={128} bordered={false} />
        </aside>
      </div>
    </div>
  )
}

/** Such as a report leads to. */
const namedSpan = ({ from, to }: { from?: string; to?: string }): FixedSpan | undefined =>
  from !== undefined && to !== undefined && Number.isFinite(Date.parse(from)) && Date.parse(from) < Date.parse(to) ? { from, to } : undefined

function Trend({ device, metric, span }: { device: DeviceShown; metric: ProductShown['metrics'][number]; span: number | FixedSpan }) {
  const { say } = useWords()
  const trend = useQuery(trendQuery(device.code, metric.code, span, serverNow))
  const points = trend.data?.points
  const option = useMemo(() => {
    const line = (index: 1 | 2 | 3, color: string, width: number) => ({
      type: 'line',
      showSymbol: (points?.length ?? 0) < 60,
      data: points?.map((point) => [drawnAt(point[0]), point[index]]) ?? [],
      lineStyle: { color, width },
      itemStyle: { color },
    })
    return {
      animation: false,
      grid: { left: 52, right: 12, top: 12, bottom: 28 },
      xAxis: { type: 'time' },
      yAxis: { type: 'value', scale: true, splitNumber: 3, splitLine: { lineStyle: { color: '#EBEFF1' } } },
      tooltip: { trigger: 'axis' },
      series: [line(3, '#86BCC7', 1), line(2, '#86BCC7', 1), line(1, '#0F5F70', 1.6)],
    }
  }, [points])
  if (trend.isError) return <ErrorState error={trend.error} retry={() => void trend.refetch()} />
  if (!points) return <Loading />
  if (points.length === 0) return <p className="muted">{say(words.nothing)}</p>
  const digits = (value: number) => value.toFixed(metric.precision)
  return (
    <>
      <h2>
        {say(metric)} {metric.unit && `(${metric.unit})`}{' '}
        <span className="muted small">
          {sayCount(trend.data!.readings)} {say(words.readings)}
        </span>
      </h2>
      <Chart
        label={`${say(words.trend)} ${say(metric)}`}
        height={340}
        option={option}
        table={{
          heads: [say(words.time), say(words.mean), say(words.low), say(words.high)],
          rows: points.map(([at, mean, low, high]) => [sayMoment(at), digits(mean), digits(low), digits(high)]),
        }}
      />
    </>
  )
}
