import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, InputNumber, Table } from 'antd'
import { useState } from 'react'
import { ask, ErrorState, sayMoment, tell, useAct, useWords } from '../../kernel/web/index.ts'
import { getSettings, putSetting, type SettingShown } from '../contract.ts'
import './people.css'

const words = {
  title: { zh: '参数', en: 'Settings' },
  lead: { zh: '改动立即生效，不影响已经办理的事项', en: 'A change holds at once, and changes nothing that was done before' },
  name: { zh: '参数', en: 'Setting' },
  value: { zh: '取值', en: 'Value' },
  shipped: { zh: '出厂值', en: 'As shipped' },
  range: { zh: '范围', en: 'Range' },
  by: { zh: '最近设置', en: 'Last set' },
  never: { zh: '未改动', en: 'as shipped' },
  save: { zh: '保存', en: 'Save' },
  reset: { zh: '恢复出厂值', en: 'As shipped' },
  saved: { zh: '参数已保存', en: 'The setting is saved' },
}

/** Every number of the house that a city may set, with its meaning. */
export default function SettingsPage() {
  const { say } = useWords()
  const settings = useQuery({ queryKey: ['settings'], queryFn: async ({ signal }) => (await ask(getSettings, { signal })).items })
  if (settings.isError) return <ErrorState error={settings.error} retry={() => void settings.refetch()} />
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
      </header>
      <section className="card keys-list">
        <Table<SettingShown>
          size="small"
          rowKey="code"
          pagination={false}
          loading={settings.isPending}
          dataSource={settings.data ?? []}
          columns={[
            {
              title: say(words.name),
              render: (_, row) => (
                <>
                  <b>{say(row.words)}</b>
                  <p className="muted small">{say(row.means)}</p>
                </>
              ),
            },
            { title: say(words.value), width: 420, render: (_, row) => <Value key={row.value} row={row} /> },
            { title: say(words.shipped), width: 110, align: 'right', render: (_, row) => <span className="number">{row.shipped}</span> },
            { title: say(words.range), width: 140, align: 'right', render: (_, row) => <span className="number">{`${row.least}–${row.most}`}</span> },
            { title: say(words.by), width: 220, render: (_, row) => (row.set ? `${row.set.by} ${sayMoment(row.set.at).slice(0, 16)}` : <span className="muted">{say(words.never)}</span>) },
          ]}
        />
      </section>
    </div>
  )
}

function Value({ row }: { row: SettingShown }) {
  const { say } = useWords()
  const queries = useQueryClient()
  const [value, setValue] = useState<number | null>(row.value)
  const save = useAct(putSetting, {
    done: () => {
      tell(say(words.saved))
      void queries.invalidateQueries({ queryKey: ['settings'] })
    },
  })
  const send = (next: number | null) => save.mutate({ params: { code: row.code }, body: { value: next } })
  return (
    <form
      className="setting-value"
      onSubmit={(event) => {
        event.preventDefault()
        if (value !== null) send(value)
      }}
    >
      <InputNumber controls={false} min={row.least} max={row.most} precision={0} value={value} onChange={setValue} suffix={say(row.unit)} aria-label={say(row.words)} style={{ width: 210 }} />
      {value !== null && value !== row.value && (
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {say(words.save)}
        </Button>
      )}
      {value === row.value && row.value !== row.shipped && (
        <Button onClick={() => send(null)} loading={save.isPending}>
          {say(words.reset)}
        </Button>
      )}
    </form>
  )
}
