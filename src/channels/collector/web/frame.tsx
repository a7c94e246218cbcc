import { useQuery } from '@tanstack/react-query'
import { useEffect, type ReactNode } from 'react'
import { ask, goBack, Icon, Sign, To, useOnline, usePath, useWords, type SignName } from '../../../kernel/web/index.ts'
import { MyOrders } from '../../../cases/web/index.ts'
import { MyFlood } from '../../../monitoring/web/index.ts'
import type { Words } from '../../../kernel/contract.ts'
import { getTasks } from '../contract.ts'
import { T } from './texts.ts'

const HOME = '/collector'

/** My tasks, shared by all pages; fetched again each half minute while the page is seen. */
export const useTasks = () => useQuery({ queryKey: ['tasks'], queryFn: ({ signal }) => ask(getTasks, { signal }), refetchInterval: 30_000 })

const TABS: readonly { path: string; sign: SignName | 'plus'; name: Words }[] = [
  { path: HOME, sign: 'home', name: T.home },
  { path: `${HOME}/report`, sign: 'plus', name: T.report },
  { path: `${HOME}/tasks`, sign: 'list', name: T.tasks },
  { path: `${HOME}/records`, sign: 'clock', name: T.history },
]

function Tabs() {
  const { say } = useWords()
  const { path } = usePath()
  const waiting = useTasks().data?.items.length ?? 0
  const here = TABS.findLast((tab) => path.startsWith(tab.path))
  return (
    <nav className="tabs">
      {TABS.map((tab) => (
        <To key={tab.path} href={tab.path} {...(tab === here && { 'aria-current': 'page' as const })}>
          {tab.sign === 'plus' ? <Icon name="plus" size={24} /> : <Sign name={tab.sign} />}
          {say(tab.name)}
          {tab.name === T.tasks && waiting > 0 && <i>{waiting > 99 ? '99+' : waiting}</i>}
        </To>
      ))}
    </nav>
  )
}

/** Dark header for the street, the page, and four tabs at the thumb. */
export function Frame({ title, back = false, right, children }: { title: string; back?: boolean; right?: ReactNode; children: ReactNode }) {
  const { say } = useWords()
  const online = useOnline()
  const { query } = usePath()
  useEffect(() => void (document.title = `${title} · ${say(T.app)}`), [title, say])
  return (
    <div className="phone collector">
      <header className="bar">
        {back && (
          <button type="button" className="back" aria-label={say(T.back)} onClick={() => goBack(HOME)}>
            <Icon name="left" size={30} />
          </button>
        )}
        <h1>{title}</h1>
        {!online && (
          <span className="off" role="status">
            <Sign name="cloud" size={20} />
            {say(T.offline)}
          </span>
        )}
        {right}
      </header>
      <main className="has-tabs">
        <MyOrders />
        <MyFlood />
        {query.has('done') && (
          <p className="done-note" role="status">
            <Icon name="check" size={22} />
            {say(T.answered)}
          </p>
        )}
        {children}
      </main>
      <Tabs />
    </div>
  )
}
