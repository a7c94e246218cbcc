import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Checkbox, DatePicker, Input, Select } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { ErrorState, Loading, tell, useAct, useAddress, useWords } from '../../../kernel/web/index.ts'
import { postPublish } from '../../flow-edit/contract.ts'
import { checkQuery, flowsQuery } from './queries.ts'

const words = {
  title: { zh: '发布前检查', en: 'Check before publishing' },
  bad: { zh: '以下问题须先解决，点击前往', en: 'These must be mended first; click to go there' },
  sound: { zh: '检查通过', en: 'The check has passed' },
  against: { zh: '与哪个版本相比', en: 'Compared with' },
  current: { zh: '在用版本', en: 'the version in use' },
  changes: { zh: '变化', en: 'What is different' },
  same: { zh: '没有变化', en: 'Nothing is different' },
  note: { zh: '说明这次改了什么', en: 'Say what was changed' },
  use: { zh: '发布后启用：新上报的案件按此流程办理，在办案件仍按原流程', en: 'Use it once published: new cases follow it, open cases keep their own' },
  where: { zh: '用于', en: 'For' },
  city: { zh: '全市', en: 'the whole city' },
  since: { zh: '启用时间（不填即刻）', en: 'From when (empty: at once)' },
  publish: { zh: '发布流程', en: 'Publish the flow' },
  published: { zh: '流程已发布', en: 'The flow is published' },
}

/** What would be different, and what keeps the draft from being published. */
export function PublishPanel({ code, base, revision, lead }: { code: string; base: string; revision: number; lead: () => void }) {
  const { say, language } = useWords()
  const go = useNavigate()
  const queries = useQueryClient()
  const [, setAddress] = useAddress<{ at?: string }>()
  const [against, setAgainst] = useState<string>()
  const check = useQuery(checkQuery(code, revision, against))
  const flows = useQuery(flowsQuery).data
  const [note, setNote] = useState('')
  const [uses, setUses] = useState(true)
  const [district, setDistrict] = useState('')
  const [since, setSince] = useState<Dayjs | null>(null)
  const publish = useAct(postPublish, {
    done: ({ key }) => {
      tell(`${say(words.published)} ${key}`)
      // The draft itself is gone.
      void queries.invalidateQueries({ queryKey: ['flows', 'list'] })
      void queries.invalidateQueries({ queryKey: ['flow'] })
      void go({ to: '/flows' as never })
    },
  })
  if (check.isError) return <ErrorState error={check.error} retry={() => void check.refetch()} />
  if (!check.data) return <Loading lines={8} />
  const { faults, changes } = check.data
  const goTo = (at: string) => {
    lead()
    setAddress({ at })
  }
  return (
    <div className="flow-publish">
      <section className="card pad">
        <h2>{say(words.title)}</h2>
        {faults.length > 0 ? (
          <>
            <p>{say(words.bad)}</p>
            <ul>
              {faults.map(({ at, reason }) => (
                <li key={at + reason.en}>
                  <button type="button" className="link" onClick={() => goTo(at)}>
                    <code>{at}</code> {say(reason)}
                  </button>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p className="tag green">{say(words.sound)}</p>
        )}
      </section>
      <section className="card pad">
        <div className="card-head">
          <h2>
            {say(words.changes)} <span className="tag">{changes.length}</span>
          </h2>
          <label className="small">
            {say(words.against)}{' '}
            <Select
              size="small"
              style={{ minWidth: 180 }}
              value={against ?? ''}
              onChange={(key: string) => setAgainst(key || undefined)}
              options={[{ value: '', label: `${say(words.current)} ${check.data.against}` }, ...(flows?.items.map(({ key }) => ({ value: key, label: key === base ? `${key} *` : key })) ?? [])]}
            />
          </label>
        </div>
        {changes.length === 0 && <p className="muted">{say(words.same)}</p>}
        <ol className="change-lines">
          {changes.map(({ at, words: sentence }) => (
            <li key={at}>
              <button type="button" className="link" onClick={() => goTo(at)}>
                {say(sentence)}
              </button>
            </li>
          ))}
        </ol>
      </section>
      <section className="card pad">
        <label htmlFor="publish-note">{say(words.note)}</label>
        <Input.TextArea id="publish-note" value={note} onChange={(event) => setNote(event.target.value)} maxLength={200} rows={2} />
        <Checkbox checked={uses} onChange={(event) => setUses(event.target.checked)}>
          {say(words.use)}
        </Checkbox>
        {uses && (
          <div className="publish-use">
            <label>
              {say(words.where)}
              <Select value={district} onChange={setDistrict} style={{ minWidth: 160 }} options={[{ value: '', label: say(words.city) }, ...(flows?.districts.map(({ code: value, name }) => ({ value, label: name[language] })) ?? [])]} />
            </label>
            <label>
              {say(words.since)}
              <DatePicker showTime value={since} onChange={setSince} />
            </label>
          </div>
        )}
        <Button
          type="primary"
          disabled={faults.length > 0 || note.trim() === ''}
          loading={publish.isPending}
          onClick={() => publish.mutate({ params: { code }, body: { revision, note, ...(uses && { use: { district, ...(since && { since: since.toISOString() }) } }) } })}
        >
          {say(words.publish)}
        </Button>
      </section>
    </div>
  )
}
