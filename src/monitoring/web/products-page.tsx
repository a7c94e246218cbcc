import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, InputNumber, Select, Table } from 'antd'
import { useState } from 'react'
import { EmptyState, ErrorState, Icon, tell, useAct, useMay, useWords } from '../../kernel/web/index.ts'
import { getProductsSheet, KEEP_DAYS, postProductsSheet, putProduct, TRADE_CODES, TRADES, type Trade, type MetricBody, type ProductBody, type ProductShown } from '../contract.ts'
import { ListExport } from './list-export.tsx'
import { ListImport } from './list-import.tsx'
import { productsQuery } from './queries.ts'
import './monitoring.css'

const words = {
  title: { zh: '设备产品', en: 'Products' },
  lead: { zh: '物模型：一类设备量什么、单位、量程与采样周期', en: 'What a kind of device measures: units, ranges and periods' },
  code: { zh: '代码', en: 'Code' },
  zh: { zh: '名称', en: 'Name' },
  en: { zh: '英文名称', en: 'English name' },
  trade: { zh: '行业', en: 'Trade' },
  noTrade: { zh: '不分行业', en: 'None in particular' },
  metrics: { zh: '指标', en: 'Metrics' },
  unit: { zh: '单位', en: 'Unit' },
  min: { zh: '下限', en: 'Least' },
  max: { zh: '上限', en: 'Most' },
  precision: { zh: '小数位', en: 'Digits' },
  period: { zh: '周期（秒）', en: 'Period (s)' },
  keepDays: { zh: '保存天数', en: 'Days kept' },
  add: { zh: '新增产品', en: 'New product' },
  import: { zh: '导入', en: 'Import' },
  importTitle: { zh: '导入设备产品', en: 'Import products' },
  addMetric: { zh: '增加指标', en: 'Another metric' },
  edit: { zh: '修改', en: 'Change' },
  save: { zh: '保存', en: 'Save' },
  saved: { zh: '产品已保存', en: 'The product is saved' },
  cancel: { zh: '取消', en: 'Cancel' },
  remove: { zh: '去掉', en: 'Take out' },
  none: { zh: '还没有产品。先定义产品，再登记设备。', en: 'No products yet. Define one, then register devices of it.' },
}

const METRIC: MetricBody = { code: '', zh: '', en: '', unit: '', min: 0, max: 100, precision: 1, period: 60, keepDays: KEEP_DAYS }

export default function ProductsPage() {
  const { say } = useWords()
  const may = useMay()
  const queries = useQueryClient()
  const products = useQuery(productsQuery)
  const [open, setOpen] = useState<{ code: string; body: ProductBody }>()
  const [importing, setImporting] = useState(false)
  if (products.isError) return <ErrorState error={products.error} retry={() => void products.refetch()} />
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
        <div style={{ display: 'flex', gap: 8 }}>
          <ListExport from={getProductsSheet} name="products" />
          {may('monitoring.edit') && (
            <>
              <Button onClick={() => setImporting(true)}>{say(words.import)}</Button>
              <Button type="primary" icon={<Icon name="plus" />} onClick={() => setOpen({ code: '', body: { zh: '', en: '', metrics: [METRIC] } })}>
                {say(words.add)}
              </Button>
            </>
          )}
        </div>
      </header>
      {importing && <ListImport title={say(words.importTitle)} into={postProductsSheet} from={getProductsSheet} close={() => setImporting(false)} />}
      {open && (
        <ProductForm
          key={open.code}
          {...open}
          close={() => setOpen(undefined)}
          done={() => {
            setOpen(undefined)
            tell(say(words.saved))
            void queries.invalidateQueries({ queryKey: ['monitoring'] })
          }}
        />
      )}
      <section className="card">
        <Table<ProductShown>
          size="small"
          rowKey="code"
          pagination={false}
          loading={products.isPending}
          dataSource={products.data?.items ?? []}
          locale={{ emptyText: <EmptyState why={say(words.none)} /> }}
          columns={[
            { title: say(words.zh), render: (_, row) => say(row) },
            { title: say(words.code), dataIndex: 'code' },
            { title: say(words.trade), render: (_, { trade }) => (trade ? say(TRADES[trade]) : '—') },
            {
              title: say(words.metrics),
              render: (_, row) =>
                row.metrics.map((metric) => (
                  <div key={metric.code}>
                    {say(metric)} <span className="muted small">{`${metric.code} · ${metric.min}–${metric.max} ${metric.unit} · ${metric.period} s`}</span>
                  </div>
                )),
            },
            {
              align: 'right',
              render: (_, { code, zh, en, trade, metrics }) =>
                may('monitoring.edit') && (
                  <Button size="small" onClick={() => setOpen({ code, body: { zh, en, trade, metrics } })}>
                    {say(words.edit)}
                  </Button>
                ),
            },
          ]}
        />
      </section>
    </div>
  )
}

function ProductForm({ code, body, done, close }: { code: string; body: ProductBody; done: () => void; close: () => void }) {
  const { say } = useWords()
  const [now, setNow] = useState(body)
  const [name, setName] = useState(code)
  const save = useAct(putProduct, { done })
  const set = (at: number, part: Partial<MetricBody>) => setNow({ ...now, metrics: now.metrics.map((metric, i) => (i === at ? { ...metric, ...part } : metric)) })
  const heads = [words.code, words.zh, words.en, words.unit, words.min, words.max, words.precision, words.period, words.keepDays]
  return (
    <section className="card pad" style={{ marginBottom: 12 }}>
      <Form layout="vertical" requiredMark={false} onFinish={() => save.mutate({ params: { code: name }, body: now })}>
        <Form.Item label={say(words.code)} htmlFor="product-code">
          <Input id="product-code" style={{ width: 240 }} value={name} required disabled={code !== ''} maxLength={64} pattern="[A-Za-z0-9][A-Za-z0-9_.:\-]*" onChange={(event) => setName(event.target.value)} />
        </Form.Item>
        {(['zh', 'en'] as const).map((each) => (
          <Form.Item key={each} label={say(words[each])} htmlFor={`product-${each}`}>
            <Input id={`product-${each}`} style={{ width: 360 }} value={now[each]} required maxLength={40} onChange={(event) => setNow({ ...now, [each]: event.target.value })} />
          </Form.Item>
        ))}
        <Form.Item label={say(words.trade)} htmlFor="product-trade">
          <Select
            id="product-trade"
            style={{ width: 240 }}
            value={now.trade ?? ''}
            onChange={(code) => setNow({ ...now, trade: TRADE_CODES.find((each) => each === code) ?? null })}
            options={[{ value: '', label: say(words.noTrade) }, ...TRADE_CODES.map((value: string) => ({ value, label: say(TRADES[value as Trade]) }))]}
          />
        </Form.Item>
        <table className="metrics-form">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head.en} scope="col">
                  {say(head)}
                </th>
              ))}
              <th aria-label={say(words.remove)} />
            </tr>
          </thead>
          <tbody>
            {now.metrics.map((metric, at) => (
              <tr key={at}>
                {(['code', 'zh', 'en', 'unit'] as const).map((field) => (
                  <td key={field}>
                    <Input
                      aria-label={say(words[field])}
                      value={metric[field]}
                      required={field !== 'unit'}
                      // Its readings are known by its code.
                      disabled={field === 'code' && code !== '' && at < body.metrics.length}
                      maxLength={40}
                      onChange={(event) => set(at, { [field]: event.target.value })}
                    />
                  </td>
                ))}
                {(['min', 'max', 'precision', 'period', 'keepDays'] as const).map((field) => (
                  <td key={field}>
                    <InputNumber controls={false} aria-label={say(words[field])} value={metric[field] ?? null} required onChange={(value) => value !== null && set(at, { [field]: value })} />
                  </td>
                ))}
                <td>
                  {(code === '' || at >= body.metrics.length) && now.metrics.length > 1 && (
                    <Button size="small" onClick={() => setNow({ ...now, metrics: now.metrics.filter((_, i) => i !== at) })}>
                      {say(words.remove)}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <Button onClick={() => setNow({ ...now, metrics: [...now.metrics, METRIC] })}>{say(words.addMetric)}</Button>{' '}
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {say(words.save)}
        </Button>{' '}
        <Button onClick={close}>{say(words.cancel)}</Button>
      </Form>
    </section>
  )
}
