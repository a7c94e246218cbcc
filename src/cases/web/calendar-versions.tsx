import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { EmptyState, ErrorState, Icon, Loading, sayCount, sayMoment, useWords } from '../../kernel/web/index.ts'
import type { CalendarVersion } from '../../registry/contract.ts'
import { MoveTable } from './calendar-moves.tsx'
import { calendarMovesQuery, calendarRunsQuery } from './calendar-queries.ts'

const words = {
  title: { zh: '版本', en: 'Versions' },
  none: { zh: '还没有本市的版本，用的是随程序附带的日历。', en: 'This city has no version yet; the shipped calendar holds.' },
  version: { zh: '版', en: 'Version' },
  at: { zh: '发布时间', en: 'Published' },
  by: { zh: '谁', en: 'Who' },
  pack: { zh: '城市包', en: 'City pack' },
  note: { zh: '原因', en: 'Why' },
  hours: { zh: '一天几小时', en: 'Hours a day' },
  own: { zh: '自定日子', en: 'Own days' },
  reckoned: { zh: '重算', en: 'Reckoned' },
  moved: { zh: '件变动', en: 'moved' },
  waiting: { zh: '进行中', en: 'under way' },
  show: { zh: '哪些案件变动了', en: 'Which cases moved' },
  nothing: { zh: '没有案件变动。', en: 'No case moved.' },
  more: { zh: '更多', en: 'More' },
}

/** Every version, who made it and why, and what it moved. */
export function CalendarVersions({ items }: { items: readonly CalendarVersion[] }) {
  const { say } = useWords()
  const runs = useQuery(calendarRunsQuery).data?.items ?? []
  const [open, setOpen] = useState<number>()
  return (
    <section className="card pad calendar-versions">
      <h2>{say(words.title)}</h2>
      {items.length === 0 && <EmptyState why={say(words.none)} />}
      {items.length > 0 && (
        <div className="move-rows">
          <table>
            <thead>
              <tr>
                {[words.version, words.at, words.by, words.note, words.hours, words.own, words.reckoned].map((head) => (
                  <th key={head.zh} scope="col">
                    {say(head)}
                  </th>
                ))}
                <th />
              </tr>
            </thead>
            <tbody>
              {items.map(({ version, recordedAt, by, note, minutesADay, ownDays }) => {
                const mine = runs.filter((run) => run.version === version)
                const moved = mine.reduce((sum, run) => sum + run.moved, 0)
                const seen = mine.reduce((sum, run) => sum + run.seen, 0)
                const waiting = mine.some(({ endedAt }) => endedAt === null)
                return (
                  <tr key={version}>
                    <td>{version}</td>
                    <td className="number">{sayMoment(recordedAt)}</td>
                    <td>{by ?? say(words.pack)}</td>
                    <td>{note}</td>
                    <td>{minutesADay / 60}</td>
                    <td>{ownDays}</td>
                    <td>
                      {mine.length > 0 && `${sayCount(seen)} · ${sayCount(moved)} ${say(words.moved)}`}
                      {waiting && <span className="tag orange"> {say(words.waiting)}</span>}
                    </td>
                    <td>
                      {moved > 0 && (
                        <button
                          type="button"
                          className="bare"
                          aria-expanded={open === version}
                          aria-label={say(words.show)}
                          title={say(words.show)}
                          onClick={() => setOpen(open === version ? undefined : version)}
                        >
                          <Icon name={open === version ? 'down' : 'right'} size={12} />
                        </button>
                      )}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
      {open !== undefined && <Moves version={open} />}
    </section>
  )
}

function Moves({ version }: { version: number }) {
  const { say } = useWords()
  const moves = useInfiniteQuery(calendarMovesQuery(version))
  const items = moves.data?.pages.flatMap((page) => page.items) ?? []
  if (moves.isError) return <ErrorState error={moves.error} retry={() => void moves.refetch()} />
  if (moves.isPending) return <Loading lines={6} />
  if (items.length === 0) return <EmptyState why={say(words.nothing)} />
  return (
    <>
      <h3>
        {say(words.show)} · {version}
      </h3>
      <MoveTable items={items} />
      {moves.hasNextPage && (
        <p className="more-line">
          <Button onClick={() => void moves.fetchNextPage()} loading={moves.isFetchingNextPage}>
            {say(words.more)}
          </Button>
        </p>
      )}
    </>
  )
}
