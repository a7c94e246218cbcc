import { useQuery } from '@tanstack/react-query'
import { DatePicker, Input } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { CityMap } from '../../atlas/web/index.ts'
import { ask, ErrorState, Loading, sayCount, sayMoment, startOfDay, useWords } from '../../kernel/web/index.ts'
import { CategoryField } from '../../registry/web/index.ts'
import { getDecision, ROAD_NAMES } from '../contract.ts'
import { Answers } from './answers.tsx'
import { modelQuery } from './queries.ts'

const words = {
  title: { zh: '试一试', en: 'Try it' },
  map: { zh: '点地图选位置', en: 'Point at the map to choose the place' },
  text: { zh: '问题描述（可不填，供学习建议）', en: 'What was reported (optional, for the learned suggestion)' },
  component: { zh: '部件标识码（可不填）', en: 'Code of the component (optional)' },
  at: { zh: '时间，空为现在', en: 'When; empty for now' },
  first: { zh: '在地图上点一处，选一个类别。', en: 'Point at a place and choose a category.' },
}

/** Who would be asked, for a category at a place, without any case. */
export function TryOut() {
  const { say, language } = useWords()
  const [place, setPlace] = useState<[number, number]>()
  const [category, setCategory] = useState<string>()
  const [text, setText] = useState('')
  const [component, setComponent] = useState('')
  const [at, setAt] = useState<Dayjs | null>(null)
  const query = {
    category: category ?? '',
    lng: place?.[0] ?? 0,
    lat: place?.[1] ?? 0,
    ...(text.trim() && { text: text.trim() }),
    ...(component.trim() && { component: component.trim() }),
    // The moment is one of the city's wall clock, whatever the zone of this machine.
    ...(at && { at: new Date(Date.parse(startOfDay(at.format('YYYY-MM-DD'))) + at.diff(at.startOf('day'))).toISOString() }),
  }
  const found = useQuery({
    queryKey: ['responsibility', 'decision', query],
    queryFn: ({ signal }) => ask(getDecision, { query, signal }),
    enabled: place !== undefined && category !== undefined,
    placeholderData: (old) => old,
  })
  const model = useQuery(modelQuery).data
  const zh = language === 'zh'
  return (
    <>
      <header>
        <h2>{say(words.title)}</h2>
      </header>
      <div className="try-map">
        <CityMap label={say(words.map)} onPlace={setPlace} pin={place && { position: place }} tools="zoom" />
      </div>
      <div className="try-fields">
        <CategoryField value={category} onChange={setCategory} />
        <Input
          value={text}
          onChange={(event) => setText(event.target.value)}
          maxLength={500}
          placeholder={say(words.text)}
          aria-label={say(words.text)}
        />
        <Input
          value={component}
          onChange={(event) => setComponent(event.target.value)}
          maxLength={30}
          placeholder={say(words.component)}
          aria-label={say(words.component)}
        />
        <DatePicker
          value={at}
          onChange={(moment: Dayjs | null) => setAt(moment)}
          showTime={{ format: 'HH:mm', defaultValue: dayjs('08:00', 'HH:mm') }}
          format="YYYY-MM-DD HH:mm"
          placeholder={say(words.at)}
          aria-label={say(words.at)}
        />
      </div>
      {found.isError && <ErrorState error={found.error} />}
      {!found.data && !found.isError && (found.isFetching ? <Loading lines={4} /> : <p className="muted small">{say(words.first)}</p>)}
      {found.data && !found.isError && (
        <div aria-live="polite">
          <p className="try-where">
            {[say(found.data.where), found.data.road && say(ROAD_NAMES[found.data.road]), say(found.data.order)].filter(Boolean).join(' · ')}
          </p>
          <Answers {...found.data} />
        </div>
      )}
      {model && (
        <p className="try-where" style={{ marginTop: 14 }}>
          {zh
            ? `学习建议第 ${model.version} 版，${sayMoment(model.trainedAt).slice(0, 16)} 学自 ${sayCount(model.samples)} 件案卷；在未学过的 ${sayCount(model.measured)} 件上首选对 ${(model.top1 * 100).toFixed(1)}%，前三对 ${(model.top3 * 100).toFixed(1)}%，只看类别 ${(model.byCategory * 100).toFixed(1)}%。`
            : `Learned suggestion ${model.version}, ${sayMoment(model.trainedAt).slice(0, 16)}, from ${sayCount(model.samples)} cases; of ${sayCount(model.measured)} it had not seen, first right ${(model.top1 * 100).toFixed(1)}%, among three ${(model.top3 * 100).toFixed(1)}%, by category alone ${(model.byCategory * 100).toFixed(1)}%.`}
        </p>
      )}
    </>
  )
}
