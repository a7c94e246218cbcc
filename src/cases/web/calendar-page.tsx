import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Input, Popconfirm } from 'antd'
import { useState } from 'react'
import { ErrorState, Icon, Loading, tell, useAct, useNow, useWords } from '../../kernel/web/index.ts'
import { postCalendarVersion, type CalendarEdit } from '../../registry/contract.ts'
import { postCalendarPreview } from '../contract.ts'
import { announcedOf, sameEdit, turnDay, yearOf, type Announced } from './calendar-draft.ts'
import { CalendarMoves } from './calendar-moves.tsx'
import { calendarVersionQuery, calendarVersionsQuery } from './calendar-queries.ts'
import { CalendarVersions } from './calendar-versions.tsx'
import { CalendarYear } from './calendar-year.tsx'
import './calendar.css'

const words = {
  title: { zh: '工作日历', en: 'Working calendar' },
  lead: {
    zh: '工作时与工作日按此计算。发布新版本后，只有在办案件正在走的时限重算，已办结的不变。',
    en: 'Working hours and working days are counted by it. A new version moves the limits of open cases that are running, and no others.',
  },
  hours: { zh: '办公时段', en: 'Hours of service' },
  addHours: { zh: '加一段', en: 'Add hours' },
  removeHours: { zh: '去掉这一段', en: 'Remove these hours' },
  from: { zh: '起', en: 'From' },
  until: { zh: '止', en: 'Until' },
  holidays: { zh: '采用国务院公布的节假日与调休', en: 'With the announced holidays and make-up workdays of China' },
  ownDays: { zh: '本市自定的日子', en: 'Days named by this city' },
  nameIt: { zh: '接下来点选的日子叫什么，如 台风停工', en: 'What the days you click next are called' },
  off: { zh: '休', en: 'off' },
  works: { zh: '班', en: 'works' },
  try: { zh: '试算', en: 'Try it' },
  publish: { zh: '发布新版本', en: 'Publish' },
  publishAsk: { zh: '发布后立即生效，在办案件的时限随之重算，并逐件记录。', en: 'It holds at once; the limits of open cases are reckoned anew, each with a step in its history.' },
  note: { zh: '为什么改', en: 'Why' },
  undo: { zh: '放弃修改', en: 'Discard' },
  published: { zh: '已发布，正在重算在办案件', en: 'Published; open cases are being reckoned anew' },
  unchanged: { zh: '点日子改为休息或上班', en: 'Click a day to turn it' },
  changed: { zh: '有未发布的修改', en: 'There are changes that are not published' },
}

export default function CalendarPage() {
  const { say } = useWords()
  const versions = useQuery(calendarVersionsQuery)
  const newest = versions.data?.items[0]?.version ?? 0
  const stands = useQuery({ ...calendarVersionQuery(newest), enabled: versions.isSuccess })
  const shipped = useQuery(calendarVersionQuery(0))
  const failed = versions.error ?? stands.error ?? shipped.error
  return (
    <div className="page calendar-page">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
      </header>
      {failed && <ErrorState error={failed} retry={() => void versions.refetch()} />}
      {!failed && (!stands.data || !shipped.data) && <Loading lines={14} />}
      {stands.data && shipped.data && (
        <Editor key={stands.data.version} base={stands.data.version} stands={stands.data.edit} announced={announcedOf(shipped.data.facts)} />
      )}
      {versions.data && <CalendarVersions items={versions.data.items} />}
    </div>
  )
}

function Editor({ base, stands, announced }: { base: number; stands: CalendarEdit; announced: Announced }) {
  const { say } = useWords()
  const now = useNow()
  const queries = useQueryClient()
  const [draft, setDraft] = useState(stands)
  const [name, setName] = useState('')
  const [note, setNote] = useState('')
  const [year, setYear] = useState(() => yearOf(now))
  const preview = useAct(postCalendarPreview)
  const publish = useAct(postCalendarVersion, {
    done: () => {
      tell(say(words.published))
      void queries.invalidateQueries({ queryKey: ['calendar'] })
    },
  })
  const changed = !sameEdit(draft, stands)
  const change = (next: CalendarEdit) => {
    setDraft(next)
    preview.reset()
  }
  const setHours = (i: number, j: 0 | 1, text: string) =>
    change({ ...draft, hours: draft.hours.map((span, k) => (k === i ? (j === 0 ? [text, span[1]] : [span[0], text]) : span)) })
  return (
    <>
      <div className="calendar-columns">
        <CalendarYear year={year} setYear={setYear} draft={draft} announced={announced} turn={(date) => change(turnDay(draft, announced, date, name))} />
        <aside className="card pad calendar-side">
          <fieldset>
            <legend>{say(words.hours)}</legend>
            {draft.hours.map(([from, until], i) => (
              <div key={i} className="hours">
                <Input value={from} onChange={(event) => setHours(i, 0, event.target.value)} aria-label={say(words.from)} maxLength={5} />
                –
                <Input value={until} onChange={(event) => setHours(i, 1, event.target.value)} aria-label={say(words.until)} maxLength={5} />
                {draft.hours.length > 1 && (
                  <Button
                    type="text"
                    size="small"
                    icon={<Icon name="close" size={12} />}
                    aria-label={say(words.removeHours)}
                    onClick={() => change({ ...draft, hours: draft.hours.filter((_, k) => k !== i) })}
                  />
                )}
              </div>
            ))}
            <Button size="small" onClick={() => change({ ...draft, hours: [...draft.hours, ['19:00', '21:00']] })}>
              {say(words.addHours)}
            </Button>
          </fieldset>
          <Checkbox
            checked={draft.holidays === 'CN'}
            onChange={({ target }) => {
              const { holidays: _, ...rest } = draft
              change(target.checked ? { ...rest, holidays: 'CN' } : rest)
            }}
          >
            {say(words.holidays)}
          </Checkbox>
          <Input value={name} onChange={(event) => setName(event.target.value)} placeholder={say(words.nameIt)} aria-label={say(words.nameIt)} maxLength={40} />
          {draft.days.length > 0 && (
            <div>
              <h3>{say(words.ownDays)}</h3>
              <ul className="own-days">
                {draft.days
                  .toSorted((a, b) => b.date.localeCompare(a.date))
                  .slice(0, 12)
                  .map(({ date, off, name: called }) => (
                    <li key={date}>
                      <span className="number">{date}</span> <i className="tag">{say(off ? words.off : words.works)}</i> {called}
                    </li>
                  ))}
              </ul>
            </div>
          )}
          <p className="small muted" role="status">
            {say(changed ? words.changed : words.unchanged)}
          </p>
          <Input value={note} onChange={(event) => setNote(event.target.value)} placeholder={say(words.note)} aria-label={say(words.note)} maxLength={200} />
          <div className="calendar-acts">
            <Button disabled={!changed} loading={preview.isPending} onClick={() => preview.mutate({ body: draft })}>
              {say(words.try)}
            </Button>
            <Popconfirm
              title={say(words.publishAsk)}
              okText={say(words.publish)}
              disabled={!changed || !note.trim()}
              onConfirm={() => publish.mutate({ body: { ...draft, base, note: note.trim() } })}
            >
              <Button type="primary" disabled={!changed || !note.trim()} loading={publish.isPending}>
                {say(words.publish)}
              </Button>
            </Popconfirm>
            {changed && (
              <Button type="text" onClick={() => change(stands)}>
                {say(words.undo)}
              </Button>
            )}
          </div>
        </aside>
      </div>
      {preview.data && <CalendarMoves preview={preview.data} />}
    </>
  )
}
