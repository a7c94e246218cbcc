import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button, Input, Modal } from 'antd'
import { useMemo, useState } from 'react'
import { CityMap } from '../../../atlas/web/index.ts'
import { Chart, ErrorState, groupNumber, Loading, sayCount, sayNear, tell, useAct, useNow, useWords, wallTime } from '../../../kernel/web/index.ts'
import { postStormDismiss, postStormMerge, type MergeReply, type StormDetail } from '../../contract.ts'
import { Refusals } from './candidates-panel.tsx'
import { stormQuery, useLiveStorms } from './queries.ts'
import './incident.css'

const words = {
  list: { zh: '同源事件', en: 'Report storms' },
  reports: { zh: '件反映', en: 'reports' },
  usual: { zh: '平常同期', en: 'Usual in the same time' },
  merged: { zh: '已合并', en: 'Merged' },
  map: { zh: '反映的位置；下面的表是同样的案件', en: 'Where they lie; the table below holds the same cases' },
  curve: { zh: '每 5 分钟反映件数', en: 'Reports in each 5 minutes' },
  time: { zh: '时间', en: 'Time' },
  members: { zh: '反映', en: 'Reports' },
  what: { zh: '内容', en: 'What' },
  where: { zh: '地点', en: 'Where' },
  when: { zh: '时间', en: 'When' },
  state: { zh: '状态', en: 'State' },
  main: { zh: '主案', en: 'Main case' },
  all: { zh: '全选', en: 'Choose all' },
  pick: { zh: '选中', en: 'Choose' },
  merge: { zh: '并入主案', en: 'Merge into the main case' },
  dismiss: { zh: '不是同源事件', en: 'It is no storm' },
  why: { zh: '理由', en: 'Why' },
  effect: { zh: '各案照常分别办理，同类反映不再提示为这一事件。', en: 'Each case goes on by itself, and they are proposed together no more.' },
  cancel: { zh: '取消', en: 'Cancel' },
  into: { zh: '已并入', en: 'Merged into' },
}

export default function StormPage() {
  const { district, storm } = useParams({ strict: false }) as { district: string; storm: string }
  useLiveStorms()
  const one = useQuery(stormQuery(district, storm))
  if (one.isError && !one.data) return <ErrorState error={one.error} retry={() => void one.refetch()} />
  if (!one.data) return <Loading lines={12} />
  return <Shown detail={one.data} />
}

function Shown({ detail }: { detail: StormDetail }) {
  const { say, language } = useWords()
  const now = useNow()
  const queries = useQueryClient()
  const { storm, members, proposedRoot } = detail
  const [root, setRoot] = useState<string>()
  const [out, setOut] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState(false)
  const [note, setNote] = useState('')
  const [reply, setReply] = useState<MergeReply>()
  const main = root ?? proposedRoot ?? undefined
  const mergeable = members.filter((each) => each.mayMerge && each.number !== main)
  const chosen = mergeable.filter(({ number }) => !out.has(number))
  const refresh = () => {
    void queries.invalidateQueries({ queryKey: ['storms'] })
    void queries.invalidateQueries({ queryKey: ['cases'] })
  }
  const merge = useAct(postStormMerge, {
    done: (done) => {
      setReply(done)
      const n = done.verdicts.filter(({ merged }) => merged).length
      tell(language === 'zh' ? `已合并 ${n} 件，共 ${done.reports} 件反映` : `${n} merged, ${done.reports} reports in all`)
      refresh()
    },
  })
  const dismiss = useAct(postStormDismiss, {
    done: () => {
      setAsking(false)
      refresh()
    },
  })
  const params = { district: storm.district, storm: storm.id }
  const toggle = (number: string) => setOut(new Set(out.has(number) ? [...out].filter((each) => each !== number) : [...out, number]))
  return (
    <div className="page storm-page">
      <nav className="crumb small muted">
        <Link to={'/storms' as never}>{say(words.list)}</Link>
      </nav>
      <header className="page-head">
        <div>
          <h1>{say(storm.words)}</h1>
          <p className="muted small">
            {say(storm.region)} · {sayNear(storm.since, now)} – {sayNear(storm.lastAt, now)}
          </p>
        </div>
        <p className="storm-count" aria-live="polite">
          <b className="number">{sayCount(storm.reports)}</b> {say(words.reports)}
          <small>
            {say(words.usual)} {storm.usual} · {say(words.merged)} {sayCount(storm.merged)}
          </small>
        </p>
      </header>
      <div className="storm-top">
        <section className="card storm-map">
          <Where detail={detail} main={main} />
        </section>
        <Curve detail={detail} />
      </div>
      <section className="card pad">
        <h2 className="with-aside">
          {say(words.members)} {sayCount(members.length)}
          {storm.state !== 'dismissed' && (
            <span className="buttons">
              {storm.state === 'open' && <Button onClick={() => setAsking(true)}>{say(words.dismiss)}</Button>}
              <Button
                type="primary"
                disabled={!main || chosen.length === 0}
                loading={merge.isPending}
                onClick={() => main && merge.mutate({ params, body: { root: main, numbers: chosen.map(({ number }) => number).slice(0, 500) } })}
              >
                {say(words.merge)} ({sayCount(chosen.length)})
              </Button>
            </span>
          )}
        </h2>
        {reply && <Refusals reply={reply} />}
        <table className="storms">
          <thead>
            <tr>
              <th scope="col">
                <input
                  type="checkbox"
                  aria-label={say(words.all)}
                  checked={chosen.length > 0 && chosen.length === mergeable.length}
                  disabled={mergeable.length === 0}
                  onChange={(event) => setOut(new Set(event.target.checked ? [] : mergeable.map(({ number }) => number)))}
                />
              </th>
              {([words.main, words.what, words.where, words.when, words.state] as const).map((head) => (
                <th key={head.en} scope="col">
                  {say(head)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {members.map((each) => (
              <tr key={each.number} {...(each.number === main && { 'data-on': true })}>
                <td>
                  <input
                    type="checkbox"
                    aria-label={`${say(words.pick)} ${groupNumber(each.number)}`}
                    checked={each.number !== main && each.mayMerge && !out.has(each.number)}
                    disabled={!each.mayMerge || each.number === main}
                    onChange={() => toggle(each.number)}
                  />
                </td>
                <td>
                  <input
                    type="radio"
                    name="main"
                    aria-label={`${say(words.main)} ${groupNumber(each.number)}`}
                    checked={each.number === main}
                    disabled={!each.mayMerge || storm.root !== null}
                    onChange={() => setRoot(each.number)}
                  />
                </td>
                <td>
                  <Link to={`/cases/${each.number}` as never}>{each.description}</Link>
                </td>
                <td className="muted">{each.address}</td>
                <td>{sayNear(each.reportedAt, now)}</td>
                <td>
                  {say(each.stateWords)}
                  {each.mergedInto && <small>{`${say(words.into)} ${groupNumber(each.mergedInto)}`}</small>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Modal
        open={asking}
        title={`${say(words.dismiss)}${language === 'zh' ? '：' : ': '}${say(storm.words)}`}
        okText={say(words.dismiss)}
        okButtonProps={{ danger: true, disabled: !note.trim(), loading: dismiss.isPending }}
        cancelText={say(words.cancel)}
        onOk={() => dismiss.mutate({ params, body: { note: note.trim() } })}
        onCancel={() => setAsking(false)}
        destroyOnHidden
      >
        <p>{say(words.effect)}</p>
        <Input.TextArea value={note} onChange={(event) => setNote(event.target.value)} aria-label={say(words.why)} placeholder={say(words.why)} maxLength={1000} rows={2} />
      </Modal>
    </div>
  )
}

function Where({ detail: { storm, members }, main }: { detail: StormDetail; main: string | undefined }) {
  const { say } = useWords()
  const points = useMemo(
    (): GeoJSON.FeatureCollection => ({
      type: 'FeatureCollection',
      features: members.flatMap(({ number, position, mergedInto }) =>
        position ? [{ type: 'Feature', properties: { id: number, lamp: mergedInto ? 'grey' : 'yellow' }, geometry: { type: 'Point', coordinates: [...position] } }] : [],
      ),
    }),
    [members],
  )
  const root = members.find(({ number }) => number === main)?.position
  return (
    <CityMap
      label={say(words.map)}
      center={storm.centre}
      zoom={storm.metres > 1500 ? 12.5 : storm.metres > 500 ? 14.2 : 15.5}
      points={points}
      pin={root ? { position: root } : undefined}
      tools="zoom"
    />
  )
}

function Curve({ detail: { curve } }: { detail: StormDetail }) {
  const { say } = useWords()
  const option = useMemo(
    () => ({
      animation: false,
      grid: { left: 36, right: 12, top: 12, bottom: 24 },
      xAxis: { type: 'category', data: curve.map(({ from }) => wallTime(from).time.slice(0, 5)), axisTick: { show: false } },
      yAxis: { type: 'value', minInterval: 1, splitNumber: 3, splitLine: { lineStyle: { color: '#EBEFF1' } } },
      series: [{ type: 'bar', data: curve.map(({ reports }) => reports), itemStyle: { color: '#0F5F70' }, barCategoryGap: '10%' }],
    }),
    [curve],
  )
  return (
    <section className="card pad storm-curve">
      <h2>{say(words.curve)}</h2>
      <Chart
        label={say(words.curve)}
        height={220}
        option={option}
        table={{ heads: [say(words.time), say(words.reports)], rows: curve.map(({ from, reports }) => [wallTime(from).time.slice(0, 5), sayCount(reports)]) }}
      />
    </section>
  )
}
