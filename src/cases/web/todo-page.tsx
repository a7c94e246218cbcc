import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Checkbox, Drawer } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useDivisions } from '../../atlas/web/index.ts'
import {
  EmptyState,
  ErrorState,
  Lamp,
  LAMPS,
  lampWords,
  Loading,
  sayCount,
  sayList,
  sayNear,
  serverNow,
  useAddress,
  useKeys,
  useMe,
  useWords,
  type LampColour,
} from '../../kernel/web/index.ts'
import { BulkBar } from './bulk-bar.tsx'
import { CasePreview } from './case-preview.tsx'
import { flat, todoCountsQuery, todoQuery } from './queries.ts'
import { TodoRow } from './todo-row.tsx'
import { useMore } from './use-more.ts'
import { useSelection } from './use-selection.ts'
import './todo.css'

const words = {
  title: { zh: '待办', en: 'To do' },
  order: { zh: '超时、临期在前，其余按剩余时间', en: 'overdue first, then due soon, then by the time left' },
  all: { zh: '全部', en: 'All' },
  allCategories: { zh: '全部类别', en: 'all categories' },
  clock: { zh: '时限', en: 'Time left' },
  what: { zh: '事项', en: 'Case' },
  where: { zh: '地点', en: 'Place' },
  act: { zh: '办理', en: 'State' },
  unit: { zh: '单位', en: 'Unit' },
  byLamp: { zh: '按时限筛选', en: 'By time left' },
  byState: { zh: '按办理筛选', en: 'By state' },
  list: { zh: '待办案件', en: 'Cases that wait' },
  move: { zh: '上下', en: 'move' },
  open: { zh: '打开', en: 'open' },
  main: { zh: '办理', en: 'act' },
  back: { zh: '回退', en: 'return' },
  keys: { zh: '全部快捷键', en: 'all keys' },
  pickAll: { zh: '选择已列出的全部', en: 'Select all that are listed' },
  preview: { zh: '预览', en: 'Preview' },
}

const useWide = () => {
  const [wide, setWide] = useState(() => matchMedia('(min-width: 1280px)').matches)
  useEffect(() => {
    const query = matchMedia('(min-width: 1280px)')
    const hear = () => setWide(query.matches)
    query.addEventListener('change', hear)
    return () => query.removeEventListener('change', hear)
  }, [])
  return wide
}

export default function TodoPage() {
  const { say, language } = useWords()
  const [address, setAddress] = useAddress<{ lamp?: string; state?: string; case?: string }>()
  const go = useNavigate()
  const wide = useWide()
  const filter = { ...(address.lamp && { lamp: address.lamp as LampColour }), ...(address.state && { state: address.state }) }
  const todo = useInfiniteQuery(todoQuery(filter))
  const counts = useQuery(todoCountsQuery).data
  const items = flat(todo.data)
  const chosen = items.find(({ number }) => number === address.case) ?? (wide ? items[0] : undefined)
  const units = items.some(({ unit }) => unit !== null)
  const selection = useSelection(items.map(({ number }) => number))
  // The rows are drawn anew only where something of theirs changed.
  const toggle = useRef(selection.toggle)
  toggle.current = selection.toggle
  const tick = useCallback((number: string) => toggle.current(number), [])
  const at = chosen ? items.indexOf(chosen) : -1
  const more = useMore(todo)

  const choose = (number: string | undefined) => setAddress({ case: number })
  const move = (by: number) => {
    const next = items[Math.max(0, Math.min(items.length - 1, at + by))]
    if (!next) return
    choose(next.number)
    document.getElementById(`case-${next.number}`)?.scrollIntoView({ block: 'nearest' })
  }
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: () => chosen && void go({ to: `/cases/${chosen.number}` as never }),
  })
  const total = address.lamp
    ? counts?.byLamp[address.lamp as LampColour]
    : address.state
      ? counts?.byState.find(({ state }) => state === address.state)?.n
      : counts?.total

  return (
    <div className="todo">
      <section className="todo-list" aria-label={say(words.list)}>
        <header>
          <div>
            <h1>{say(words.title)}</h1>
            <Whose />
          </div>
        </header>
        <div className="todo-filters">
          <div className="segments" role="group" aria-label={say(words.byLamp)}>
            <button type="button" aria-pressed={!address.lamp} onClick={() => setAddress({ lamp: undefined, case: undefined })}>
              {say(words.all)} <b>{sayCount(counts?.total)}</b>
            </button>
            {LAMPS.map((lamp) => (
              <button
                key={lamp}
                type="button"
                aria-pressed={address.lamp === lamp}
                onClick={() => setAddress({ lamp: address.lamp === lamp ? undefined : lamp, case: undefined })}
              >
                <Lamp colour={lamp} size={14} label={false} /> {say(lampWords[lamp])}{' '}
                <b>{sayCount(counts?.byLamp[lamp] ?? (counts && 0))}</b>
              </button>
            ))}
          </div>
          <div className="kinds" role="group" aria-label={say(words.byState)}>
            {counts?.byState.map(({ state, words: name, n }) => (
              <button
                key={state}
                type="button"
                aria-pressed={address.state === state}
                onClick={() => setAddress({ state: address.state === state ? undefined : state, case: undefined })}
              >
                {say(name)} <b>{sayCount(n)}</b>
              </button>
            ))}
          </div>
        </div>
        <BulkBar items={items} selection={selection} />
        <div className="todo-heads" data-units={units || undefined}>
          <Checkbox checked={selection.all} indeterminate={selection.some} onChange={selection.toggleAll} aria-label={say(words.pickAll)} />
          {[words.clock, words.what, words.where, words.act, ...(units ? [words.unit] : [])].map((head) => (
            <span key={head.zh}>{say(head)}</span>
          ))}
        </div>
        <div className="todo-rows" data-units={units || undefined} ref={more.scroll}>
          {todo.isPending && <Loading lines={12} />}
          {todo.isError && <ErrorState error={todo.error} retry={() => void todo.refetch()} />}
          {todo.isSuccess && items.length === 0 && <Nothing filtered={Boolean(address.lamp ?? address.state)} />}
          <ol>
            {items.map((item) => (
              <TodoRow
                key={item.number}
                item={item}
                chosen={item === chosen}
                choose={choose}
                ticked={selection.has(item.number)}
                tick={tick}
                units={units}
              />
            ))}
          </ol>
          <div ref={more.end} />
        </div>
        <footer>
          <span>
            {language === 'zh'
              ? `显示 ${items.length} / ${sayCount(total ?? items.length)} 件${todo.hasNextPage ? '，继续向下滚动加载' : ''}`
              : `${items.length} of ${sayCount(total ?? items.length)} shown${todo.hasNextPage ? '; scroll for more' : ''}`}
          </span>
          <span className="key-line">
            <kbd>J</kbd> <kbd>K</kbd> {say(words.move)} <kbd>↵</kbd> {say(words.open)} <kbd>D</kbd> {say(words.main)} <kbd>R</kbd>{' '}
            {say(words.back)} <kbd>?</kbd> {say(words.keys)}
          </span>
        </footer>
      </section>
      {wide ? (
        <aside aria-label={say(words.preview)}>
          {chosen && <CasePreview number={chosen.number} place={`${at + 1} / ${sayCount(total ?? items.length)}`} />}
        </aside>
      ) : (
        <Drawer
          open={Boolean(address.case && chosen)}
          onClose={() => choose(undefined)}
          size={448}
          styles={{ body: { padding: 0 } }}
          title={say(words.preview)}
        >
          <aside className="in-drawer">
            {chosen && <CasePreview number={chosen.number} place={`${at + 1} / ${sayCount(total ?? items.length)}`} />}
          </aside>
        </Drawer>
      )}
    </div>
  )
}

/** Whose list it is: posts, and the region and categories they reach. */
function Whose() {
  const { say, language } = useWords()
  const me = useMe()
  const divisions = useDivisions()
  const acting = me?.grants ?? []
  const roles = [...new Set(acting.map((grant) => say(grant.roleName)))]
  const regions = [...new Set(acting.map((grant) => divisions.scope(grant.region)))]
  return (
    <p className="muted small">
      {[
        sayList(roles, language),
        sayList(regions, language),
        acting.every((grant) => grant.category === '') && say(words.allCategories),
        say(words.order),
      ]
        .filter(Boolean)
        .join(' · ')}
    </p>
  )
}

function Nothing({ filtered }: { filtered: boolean }) {
  const { say } = useWords()
  const time = sayNear(serverNow(), serverNow())
  return (
    <EmptyState
      why={
        filtered
          ? say({ zh: '这一类没有待办，请看“全部”。', en: 'Nothing of this kind waits; see All.' })
          : say({
              zh: `没有待办（${time} 查看）。新案件一到，会自动出现在这里。`,
              en: `Nothing waits for you (seen ${time}). New cases appear here by themselves.`,
            })
      }
    />
  )
}
