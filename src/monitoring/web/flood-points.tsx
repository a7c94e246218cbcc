import { useState } from 'react'
import { EmptyState, LEVEL_TONES, sayCount, useMay, useWords } from '../../kernel/web/index.ts'
import { LEVELS, SCENES, type FloodPointShown } from '../contract.ts'
import { arrowOf, sayCm, sayOutlook, trendWords } from './flood-words.ts'
import { AddPoint } from './flood-add.tsx'
import { LevelMark } from './level-mark.tsx'

const words = {
  points: { zh: '积水点', en: 'Flood points' },
  all: { zh: '共', en: 'in all' },
  dry: { zh: '正常', en: 'Below blue' },
  silent: { zh: '没有新读数', en: 'silent' },
  point: { zh: '点位', en: 'Point' },
  cm: { zh: '厘米', en: 'cm' },
  outlook: { zh: '趋势预测', en: 'Outlook' },
  level: { zh: '等级', en: 'Level' },
  more: { zh: '展开其余', en: 'Show the other' },
  none: { zh: '还没有积水点。在设备页登记液位计，再由管理员设为积水点。', en: 'There are no flood points yet: register level gauges, and let an administrator make them flood points.' },
  alarm: { zh: '告警', en: 'alarm' },
}

const SHOWN = 14

export function Ring({ size = 16 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="-9 -9 18 18" aria-hidden="true">
      <circle r="6" fill="var(--paper)" stroke="var(--grey)" strokeWidth="2.4" />
    </svg>
  )
}

export function PointsColumn({ points, chosen, choose }: { points: readonly FloodPointShown[]; chosen: string | undefined; choose: (device: string) => void }) {
  const { say, language } = useWords()
  const may = useMay()
  const [whole, setWhole] = useState(false)
  const worth = Math.max(SHOWN, points.filter(({ state }) => state > 0).length)
  const silent = points.filter((point) => point.silent).length
  const shown = whole ? points : points.slice(0, worth)
  return (
    <section className="card flood-points" aria-label={say(words.points)}>
      <h2>
        {say(words.points)}{' '}
        <span>
          {say(words.all)} {sayCount(points.length)}
        </span>
      </h2>
      <ul className="flood-counts">
        {[4, 3, 2, 1, 0].map((level) => (
          <li key={level} title={level > 0 ? say(LEVELS[level - 1]!.words) : say(words.dry)}>
            {level > 0 ? <LevelMark level={level} size={22} /> : <Ring />}
            <b className="number">{points.filter(({ state, silent }) => !silent && state === level).length}</b>
            <span className="off-screen">{level === 0 && say(words.dry)}</span>
          </li>
        ))}
      </ul>
      {silent > 0 && (
        <p className="flood-silent small">
          {say(words.silent)} <b className="number">{sayCount(silent)}</b>
        </p>
      )}
      {points.length === 0 && <EmptyState why={say(words.none)} />}
      {points.length > 0 && (
        <table className="flood-table points">
          <thead>
            <tr>
              <th scope="col">
                <span className="off-screen">{say(words.level)}</span>
              </th>
              <th scope="col">{say(words.point)}</th>
              <th scope="col">{say(words.cm)}</th>
              <th scope="col">{say(words.outlook)}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((point) => {
              const { text, near } = sayOutlook(point, language)
              return (
                <tr key={point.device} data-state={point.state} aria-selected={point.device === chosen} onClick={() => choose(point.device)}>
                  <td>{point.state > 0 ? <LevelMark level={point.state} size={20} /> : <Ring />}</td>
                  <th scope="row">
                    <button type="button" aria-pressed={point.device === chosen} onClick={() => choose(point.device)}>
                      {point.name}
                    </button>
                    <span>{say(SCENES[point.scene])}</span>
                  </th>
                  <td className="number">
                    <b>{point.silent ? '—' : sayCm(point.level)}</b> <i title={say(trendWords(point.trend))}>{arrowOf(point.trend)}</i>
                  </td>
                  <td className={near ? 'near' : 'muted'}>{text}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      {!whole && points.length > shown.length && (
        <button type="button" className="plain-button" onClick={() => setWhole(true)}>
          {say(words.more)} {sayCount(points.length - shown.length)}
        </button>
      )}
      {may('monitoring.rule') && <AddPoint done={choose} />}
    </section>
  )
}

/** The points as the map shows them; those at orange and red by name. */
export const floodMovers = (points: readonly FloodPointShown[], chosen: string | undefined): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: points.flatMap(({ device, name, position, state, level, silent }) =>
    position
      ? [
          {
            type: 'Feature',
            geometry: { type: 'Point', coordinates: [...position] },
            properties: { id: device, name: state > 2 && !silent ? `${name} ${sayCm(level)}` : '', tone: LEVEL_TONES[state], bearing: 0, chosen: device === chosen },
          },
        ]
      : [],
  ),
})
