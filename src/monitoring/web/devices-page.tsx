import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Input, Select, Table } from 'antd'
import { useState } from 'react'
import { EmptyState, ErrorState, Icon, sayMoment, useAddress, useMay, useWords } from '../../kernel/web/index.ts'
import { DEVICE_STATES, getDevicesSheet, postDevicesSheet, TRADE_CODES, TRADES, type DeviceQuery, type DeviceShown } from '../contract.ts'
import { NewDeviceForm } from './device-form.tsx'
import { ListExport } from './list-export.tsx'
import { ListImport } from './list-import.tsx'
import { NewKey } from './new-key.tsx'
import { devicesQuery, productsQuery } from './queries.ts'
import { sayValue, STATE_WORDS } from './texts.ts'

const words = {
  title: { zh: '设备', en: 'Devices' },
  lead: { zh: '登记在册的设备、最新读数与状态', en: 'Registered devices, their latest readings and state' },
  search: { zh: '代码或名称', en: 'Code or name' },
  product: { zh: '产品', en: 'Product' },
  trade: { zh: '行业', en: 'Trade' },
  map: { zh: '地图', en: 'Map' },
  state: { zh: '状态', en: 'State' },
  device: { zh: '设备', en: 'Device' },
  latest: { zh: '最新读数', en: 'Latest readings' },
  at: { zh: '时间', en: 'Time' },
  silent: { zh: '静默', en: 'Silent' },
  never: { zh: '未上报', en: 'Nothing yet' },
  add: { zh: '登记设备', en: 'Register a device' },
  import: { zh: '导入', en: 'Import' },
  importTitle: { zh: '导入设备', en: 'Import devices' },
  more: { zh: '更多设备', en: 'More devices' },
  none: { zh: '没有符合的设备。', en: 'No device fits.' },
}

export default function DevicesPage() {
  const { say } = useWords()
  const may = useMay()
  const go = useNavigate()
  const queries = useQueryClient()
  const [address, setAddress] = useAddress<Record<string, string | undefined>>()
  const [text, setText] = useState(address.words ?? '')
  const [open, setOpen] = useState<'form' | 'import'>()
  const [made, setMade] = useState<{ code: string; secret: string }>()
  const products = useQuery(productsQuery).data?.items ?? []
  const list = useInfiniteQuery(devicesQuery(address as DeviceQuery))
  if (list.isError) return <ErrorState error={list.error} retry={() => void list.refetch()} />
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const productOf = (code: string) => products.find((each) => each.code === code)
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
        <div style={{ display: 'flex', gap: 8 }}>
          <Button icon={<Icon name="map" />} onClick={() => void go({ to: '/device-map', search: address.trade ? { trade: address.trade } : {} } as never)}>
            {say(words.map)}
          </Button>
          <ListExport from={getDevicesSheet} name="devices" filter={{ words: address.words || undefined, product: address.product, trade: address.trade, state: address.state }} />
          {may('monitoring.edit') && (
            <>
              <Button onClick={() => setOpen('import')}>{say(words.import)}</Button>
              <Button type="primary" icon={<Icon name="plus" />} onClick={() => setOpen('form')}>
                {say(words.add)}
              </Button>
            </>
          )}
        </div>
      </header>
      {made && <NewKey {...made} close={() => setMade(undefined)} />}
      {open === 'import' && <ListImport title={say(words.importTitle)} into={postDevicesSheet} from={getDevicesSheet} close={() => setOpen(undefined)} />}
      {open === 'form' && (
        <NewDeviceForm
          close={() => setOpen(undefined)}
          done={(code, secret) => {
            setOpen(undefined)
            setMade({ code, secret })
            void queries.invalidateQueries({ queryKey: ['monitoring'] })
          }}
        />
      )}
      <div className="filter-line" style={{ display: 'flex', gap: 8, flexWrap: 'wrap', marginBottom: 12 }}>
        <Input.Search
          style={{ width: 260 }}
          allowClear
          maxLength={60}
          value={text}
          placeholder={say(words.search)}
          aria-label={say(words.search)}
          onChange={(event) => setText(event.target.value)}
          onSearch={(asked) => setAddress({ words: asked.trim() })}
        />
        <Select
          style={{ width: 180 }}
          allowClear
          placeholder={say(words.product)}
          aria-label={say(words.product)}
          value={address.product ?? null}
          onChange={(product: string | null) => setAddress({ product: product ?? undefined })}
          options={products.map((each) => ({ value: each.code, label: say(each) }))}
        />
        <Select
          style={{ width: 140 }}
          allowClear
          placeholder={say(words.trade)}
          aria-label={say(words.trade)}
          value={address.trade ?? null}
          onChange={(trade: string | null) => setAddress({ trade: trade ?? undefined })}
          options={TRADE_CODES.map((value) => ({ value, label: say(TRADES[value]) }))}
        />
        <Select
          style={{ width: 140 }}
          allowClear
          placeholder={say(words.state)}
          aria-label={say(words.state)}
          value={address.state ?? null}
          onChange={(state: string | null) => setAddress({ state: state ?? undefined })}
          options={DEVICE_STATES.map((value) => ({ value, label: say(STATE_WORDS[value]!) }))}
        />
      </div>
      <section className="card">
        <Table<DeviceShown>
          size="small"
          rowKey="code"
          pagination={false}
          loading={list.isPending}
          dataSource={items}
          locale={{ emptyText: <EmptyState why={say(words.none)} /> }}
          columns={[
            {
              title: say(words.device),
              render: (_, row) => (
                <>
                  <Link to={`/devices/${encodeURIComponent(row.code)}` as never}>{row.name}</Link>
                  <p className="muted small">{row.code}</p>
                </>
              ),
            },
            { title: say(words.product), render: (_, row) => say(productOf(row.product) ?? { zh: row.product, en: row.product }) },
            {
              title: say(words.latest),
              render: (_, row) => {
                const metrics = productOf(row.product)?.metrics ?? []
                return row.latest.length === 0 ? (
                  <span className="muted">{say(words.never)}</span>
                ) : (
                  row.latest.map(({ metric, value }) => (
                    <div key={metric} className="number">
                      <span className="muted">{say(metrics.find(({ code }) => code === metric) ?? { zh: metric, en: metric })}</span> {sayValue(productOf(row.product), metric, value)}
                    </div>
                  ))
                )
              },
            },
            { title: say(words.at), render: (_, row) => <span className="number">{sayMoment(row.latest.map(({ at }) => at).toSorted().at(-1))}</span> },
            {
              title: say(words.state),
              render: (_, row) => (
                <>
                  <span className={`tag ${row.state === 'in_service' ? 'green' : ''}`}>{say(STATE_WORDS[row.state]!)}</span> {row.silent && <span className="tag yellow">{say(words.silent)}</span>}
                </>
              ),
            },
          ]}
        />
        {list.hasNextPage && (
          <p className="more-line">
            <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
              {say(words.more)}
            </Button>
          </p>
        )}
      </section>
    </div>
  )
}
