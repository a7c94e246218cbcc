import { EmptyState, sayCount, sayNear, useNow, useWords, wallTime } from '../../kernel/web/index.ts'
import type { AlarmShown, FloodPointShown, GaugeShown, WallShown } from '../contract.ts'
import { arrowOf, sayCm, sayMm, sayOutlook, trendWords } from './flood-words.ts'
import { LevelMark } from './level-mark.tsx'
import { ALARM_STATE_WORDS, sayNow } from './say-alarm.ts'
import { sayLag } from './texts.ts'

const words = {
  products: { zh: '设备在线', en: 'Devices heard' },
  silent: { zh: '静默', en: 'silent' },
  kinds: { zh: '类', en: 'kinds' },
  noProducts: { zh: '还没有在用设备。', en: 'No device is in service yet.' },
  intake: { zh: '接入', en: 'Intake' },
  perMinute: { zh: '条/分，近 1 小时', en: 'a minute, last hour' },
  refused: { zh: '拒收', en: 'Refused' },
  lag: { zh: '测得到入库', en: 'measured to stored' },
  taken: { zh: '入库', en: 'Stored' },
  alarms: { zh: '正在告警', en: 'Alarms' },
  noAlarms: { zh: '没有未解除的告警。', en: 'No alarm is open.' },
  others: { zh: '另有', en: 'and' },
  othersOf: { zh: '条', en: 'more' },
  rain: { zh: '雨量', en: 'Rain' },
  rainOf: { zh: '毫米，近 1 小时 / 24 小时', en: 'mm, hour / day' },
  noRain: { zh: '近 24 小时无雨。', en: 'No rain within a day.' },
  points: { zh: '积水点', en: 'Flood points' },
  cm: { zh: '水位 厘米', en: 'cm' },
  dry: { zh: '处正常', en: 'below blue' },
}

const SHOWN_PRODUCTS = 8
const SHOWN_ALARMS = 7
const SHOWN_POINTS = 6
const SHOWN_GAUGES = 5

export function Products({ products }: { products: WallShown['products'] }) {
  const { say } = useWords()
  const heard = products.reduce((sum, { devices, silent }) => sum + devices - silent, 0)
  const all = products.reduce((sum, { devices }) => sum + devices, 0)
  // Of many kinds first those of which something is to be seen.
  const troubled = ({ silent, levels }: WallShown['products'][number]) => Number(silent > 0 || levels.some((n) => n > 0))
  const shown = products.toSorted((one, other) => troubled(other) - troubled(one)).slice(0, SHOWN_PRODUCTS)
  return (
    <section>
      <h2>
        {say(words.products)}{' '}
        <span className="number">
          {shown.length < products.length && `${shown.length}/${products.length} ${say(words.kinds)}　`}
          {sayCount(heard)} / {sayCount(all)}
        </span>
      </h2>
      {products.length === 0 && <EmptyState why={say(words.noProducts)} />}
      <ul className="wall-products">
        {shown.map(({ code, words: name, devices, silent, levels }) => {
          const worst = [4, 3, 2, 1].find((level) => (levels[level - 1] ?? 0) > 0) ?? 0
          return (
            <li key={code}>
              <span>{say(name)}</span>
              <span className="number">
                <b>{devices - silent}</b> / {devices}
              </span>
              <meter min={0} max={devices} value={devices - silent} aria-label={say(name)} />
              <span data-some={silent > 0 || undefined}>
                {say(words.silent)} <span className="number">{silent}</span>
              </span>
              <span className="wall-mark">{worst > 0 ? <LevelMark level={worst} size={22} /> : '—'} {worst > 0 && <b className="number">{levels.reduce((sum, n) => sum + n, 0)}</b>}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const [WIDTH, HEIGHT] = [424, 150]

export function Intake({ minutes, lagMs }: Pick<WallShown, 'minutes' | 'lagMs'>) {
  const { say, language } = useWords()
  const most = Math.max(1, ...minutes.map(({ taken, refused }) => taken + refused))
  const step = WIDTH / minutes.length
  const tall = (n: number) => (n / most) * HEIGHT
  const sum = (key: 'taken' | 'refused') => minutes.reduce((total, minute) => total + minute[key], 0)
  const label = `${say(words.intake)}: ${say(words.taken)} ${sum('taken')}, ${say(words.refused)} ${sum('refused')}`
  return (
    <section>
      <h2>
        {say(words.intake)} <span>{say(words.perMinute)}</span>
      </h2>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + 24}`} role="img" aria-label={label} className="wall-intake">
        <line x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
        {minutes.map(({ at, taken, refused }, i) => (
          <g key={at}>
            <rect x={i * step + 1} width={step - 2} y={HEIGHT - tall(taken)} height={tall(taken)} className="taken" />
            <rect x={i * step + 1} width={step - 2} y={HEIGHT - tall(taken + refused)} height={tall(refused)} className="refused" />
          </g>
        ))}
        <text x="0" y={HEIGHT + 20}>
          {wallTime(minutes[0]!.at).time.slice(0, 5)}
        </text>
        <text x={WIDTH} y={HEIGHT + 20} textAnchor="end">
          {wallTime(minutes.at(-1)!.at).time.slice(0, 5)}
        </text>
      </svg>
      <p className="wall-line">
        <span>
          {say(words.taken)} <b className="number">{sayCount(sum('taken'))}</b>
        </span>
        <span data-some={sum('refused') > 0 || undefined}>
          {say(words.refused)} <b className="number">{sayCount(sum('refused'))}</b>
        </span>
        <span>
          {say(words.lag)} <b className="number">{lagMs === null ? '—' : sayLag(lagMs, language)}</b>
        </span>
      </p>
    </section>
  )
}

/** The wettest gauges. */
export function Rain({ gauges }: { gauges: readonly GaugeShown[] }) {
  const { say } = useWords()
  const wet = gauges.filter(({ day }) => day > 0).toSorted((one, other) => other.hour - one.hour || other.day - one.day)
  return (
    <section>
      <h2>
        {say(words.rain)} <span>{say(words.rainOf)}</span>
      </h2>
      {wet.length === 0 && <p className="wall-quiet">{say(words.noRain)}</p>}
      <ul className="wall-rain">
        {wet.slice(0, SHOWN_GAUGES).map(({ device, name, hour, day }) => (
          <li key={device}>
            <span>{name}</span>
            <b className="number">{sayMm(hour)}</b>
            <span className="number">{sayMm(day)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function Alarms({ alarms, total }: { alarms: readonly AlarmShown[]; total: number }) {
  const { say, language } = useWords()
  const now = useNow()
  return (
    <section>
      <h2>
        {say(words.alarms)} <span className="number">{sayCount(total)}</span>
      </h2>
      {total === 0 && <p className="wall-quiet">{say(words.noAlarms)}</p>}
      <ul className="wall-alarms">
        {alarms.slice(0, SHOWN_ALARMS).map((alarm) => (
          <li key={alarm.id}>
            <LevelMark level={alarm.level || alarm.peak} size={28} />
            <span>
              <b>
                {alarm.deviceName} <span className="number">{sayNow(alarm, language)}</span>
              </b>
              <span>
                {say(alarm.ruleWords)}　{sayNear(alarm.raisedAt, now)}　{say(ALARM_STATE_WORDS[alarm.state])}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {total > SHOWN_ALARMS && (
        <p className="wall-more">
          {say(words.others)} {sayCount(total - SHOWN_ALARMS)} {say(words.othersOf)}
        </p>
      )}
    </section>
  )
}

export function Points({ points }: { points: readonly FloodPointShown[] }) {
  const { say, language } = useWords()
  const shown = points.slice(0, SHOWN_POINTS)
  const dry = points.filter(({ state, silent }) => state === 0 && !silent).length
  return (
    <section>
      <h2>
        {say(words.points)} <span>{say(words.cm)}</span>
      </h2>
      <ul className="wall-points">
        {shown.map((point) => {
          const { text, near } = sayOutlook(point, language)
          return (
            <li key={point.device} data-silent={point.silent || undefined}>
              <span className="wall-mark">{point.state > 0 ? <LevelMark level={point.state} size={24} /> : ''}</span>
              <span>{point.name}</span>
              <b className="number">
                {point.silent ? '—' : `${sayCm(point.level)} ${arrowOf(point.trend)}`}
              </b>
              <span data-near={near || undefined}>{point.silent ? say(words.silent) : point.state === 4 ? say(trendWords(point.trend)) : text}</span>
            </li>
          )
        })}
      </ul>
      <p className="wall-more">
        {sayCount(dry)} {say(words.dry)}
      </p>
    </section>
  )
}
