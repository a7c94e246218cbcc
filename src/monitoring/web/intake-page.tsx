import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Table } from 'antd'
import { EmptyState, ErrorState, Loading, sayCount, sayMoment, useWords, wallTime } from '../../kernel/web/index.ts'
import type { HealthShown } from '../contract.ts'
import { healthQuery, productsQuery } from './queries.ts'
import { reasonWords, sayLag, WAY_WORDS } from './texts.ts'
import './monitoring.css'

const words = {
  title: { zh: '接入状况', en: 'Intake' },
  lead: { zh: '近一小时收到什么、迟了多少、拒收了什么、谁没有声音', en: 'What came within the hour, how late, what was refused, and who is silent' },
  devices: { zh: '在用设备', en: 'Devices in service' },
  silent: { zh: '静默设备', en: 'Silent devices' },
  waiting: { zh: '等待入库', en: 'Waiting to be stored' },
  minute: { zh: '分钟', en: 'Minute' },
  way: { zh: '方式', en: 'Way' },
  outcome: { zh: '结果', en: 'Outcome' },
  taken: { zh: '入库', en: 'Stored' },
  n: { zh: '条数', en: 'Readings' },
  lag: { zh: '平均迟延', en: 'Mean lag' },
  most: { zh: '最大迟延', en: 'Most lag' },
  none: { zh: '近一小时没有收到读数。', en: 'Nothing came within the hour.' },
  device: { zh: '设备', en: 'Device' },
  metric: { zh: '指标', en: 'Metric' },
  last: { zh: '最后一次', en: 'Last' },
  never: { zh: '从未', en: 'never' },
  nobody: { zh: '没有静默的设备。', en: 'No device is silent.' },
}

export default function IntakePage() {
  const { say, language } = useWords()
  const health = useQuery(healthQuery)
  const products = useQuery(productsQuery).data?.items
  if (health.isError) return <ErrorState error={health.error} retry={() => void health.refetch()} />
  if (!health.data) return <Loading />
  const { devices, silent, waiting, minutes, silence } = health.data
  const nameOf = ({ product, metric }: HealthShown['silence'][number]) => {
    const found = products?.find(({ code }) => code === product)?.metrics.find(({ code }) => code === metric)
    return found ? say(found) : metric
  }
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
      </header>
      <dl style={{ display: 'flex', gap: 40, marginBottom: 16 }}>
        {(
          [
            [words.devices, devices],
            [words.silent, silent],
            [words.waiting, waiting],
          ] as const
        ).map(([name, count]) => (
          <div key={name.en}>
            <dt className="muted small">{say(name)}</dt>
            <dd className="number" style={{ fontSize: 24, lineHeight: '34px', margin: 0 }}>
              {sayCount(count)}
            </dd>
          </div>
        ))}
      </dl>
      <div className="intake-tables">
        <section className="card">
          <Table<HealthShown['minutes'][number]>
            size="small"
            rowKey={(row) => `${row.at} ${row.way} ${row.reason}`}
            pagination={false}
            dataSource={minutes.toReversed()}
            locale={{ emptyText: <EmptyState why={say(words.none)} /> }}
            columns={[
              { title: say(words.minute), render: (_, row) => <span className="number">{wallTime(row.at).time.slice(0, 5)}</span> },
              { title: say(words.way), render: (_, row) => say(WAY_WORDS[row.way] ?? { zh: row.way, en: row.way }) },
              {
                title: say(words.outcome),
                render: (_, row) => (row.reason === '' ? <span className="tag green">{say(words.taken)}</span> : <Link to={`/quarantine?reason=${row.reason}` as never}>{say(reasonWords(row.reason))}</Link>),
              },
              { title: say(words.n), align: 'right', render: (_, row) => <span className="number">{sayCount(row.n)}</span> },
              { title: say(words.lag), align: 'right', render: (_, row) => <span className="number">{row.reason === '' ? sayLag(row.lagMs, language) : '—'}</span> },
              { title: say(words.most), align: 'right', render: (_, row) => <span className="number">{row.reason === '' ? sayLag(row.mostLagMs, language) : '—'}</span> },
            ]}
          />
        </section>
        <section className="card">
          <Table<HealthShown['silence'][number]>
            size="small"
            rowKey={(row) => `${row.code} ${row.metric}`}
            pagination={false}
            dataSource={silence}
            locale={{ emptyText: <EmptyState why={say(words.nobody)} /> }}
            columns={[
              {
                title: say(words.device),
                render: (_, row) => (
                  <>
                    <Link to={`/devices/${encodeURIComponent(row.code)}` as never}>{row.name}</Link> <span className="muted small">{row.code}</span>
                  </>
                ),
              },
              { title: say(words.metric), render: (_, row) => nameOf(row) },
              { title: say(words.last), render: (_, row) => <span className="number">{row.lastAt ? sayMoment(row.lastAt) : say(words.never)}</span> },
            ]}
          />
        </section>
      </div>
    </div>
  )
}
