import { EmptyState, sayCount, useNow, useWords } from '../../kernel/web/index.ts'
import type { AssignmentShown, FloodPointShown } from '../contract.ts'
import { tally } from './flood-command-words.ts'
import { Ring } from './flood-points.tsx'
import { arrowOf, sayCm, trendWords } from './flood-words.ts'
import { LevelMark } from './level-mark.tsx'

const words = {
  points: { zh: '积水点', en: 'Flood points' },
  all: { zh: '共', en: 'in all' },
  point: { zh: '点位', en: 'Point' },
  cm: { zh: '厘米', en: 'cm' },
  people: { zh: '到岗', en: 'There' },
  ofCalled: { zh: '到岗人数 / 叫应人数', en: 'People there, of those called up' },
  orders: { zh: '指令', en: 'Orders' },
  level: { zh: '等级', en: 'Level' },
  late: { zh: '有指令超时', en: 'An order is overdue' },
  none: { zh: '还没有积水点。', en: 'There are no flood points yet.' },
}

interface Props {
  readonly points: readonly FloodPointShown[]
  readonly running: readonly AssignmentShown[]
  readonly chosen: string | undefined
  readonly choose: (device: string) => void
}

/** All points, the worst first: how the water stands, who is there, and what was ordered. */
export function CommandPoints({ points, running, chosen, choose }: Props) {
  const { say } = useWords()
  const now = useNow()
  const byPoint = Map.groupBy(running, ({ point }) => point.device)
  return (
    <section className="card flood-points" aria-label={say(words.points)}>
      <h2>
        {say(words.points)}{' '}
        <span>
          {say(words.all)} {sayCount(points.length)}
        </span>
      </h2>
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
              <th scope="col" title={say(words.ofCalled)}>
                {say(words.people)}
              </th>
              <th scope="col">{say(words.orders)}</th>
            </tr>
          </thead>
          <tbody>
            {points.map((point) => {
              const { called, there, orders, overdue } = tally(byPoint.get(point.device) ?? [], now)
              return (
                <tr key={point.device} aria-selected={point.device === chosen} onClick={() => choose(point.device)}>
                  <td>{point.state > 0 ? <LevelMark level={point.state} size={20} /> : <Ring />}</td>
                  <th scope="row">
                    <button type="button" aria-pressed={point.device === chosen} onClick={() => choose(point.device)}>
                      {point.name}
                    </button>
                  </th>
                  <td className="number">
                    <b>{point.silent ? '—' : sayCm(point.level)}</b> <i title={say(trendWords(point.trend))}>{arrowOf(point.trend)}</i>
                  </td>
                  <td className="number">
                    {called > 0 ? (
                      <>
                        <b>{there}</b>/{called}
                      </>
                    ) : (
                      <span className="muted">—</span>
                    )}
                  </td>
                  <td className={`number ${overdue > 0 ? 'near' : ''}`} title={overdue > 0 ? say(words.late) : undefined}>
                    {orders > 0 ? `${orders}${overdue > 0 ? ' ×' : ''}` : <span className="muted">—</span>}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </section>
  )
}
