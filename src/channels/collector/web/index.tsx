// The pages of the collector's phone; the shell puts them on the screen.

import './collector.css'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ErrorState, Loading, meQuery, onSignedOut, usePath } from '../../../kernel/web/index.ts'
import { Home, Position } from './home.tsx'
import { Records } from './records.tsx'
import { ReportPage } from './report.tsx'
import { SignIn } from './sign-in.tsx'
import { TaskPage } from './task.tsx'
import { Tasks } from './tasks.tsx'

export function Collector() {
  const queries = useQueryClient()
  const me = useQuery(meQuery)
  // A session that ended while the page was open brings back the door; drafts stay on the phone.
  useEffect(() => onSignedOut(() => queries.setQueryData(meQuery.queryKey, null)), [queries])
  if (me.error && !me.data) {
    return (
      <div className="phone collector">
        <ErrorState error={me.error} retry={() => void me.refetch()} />
      </div>
    )
  }
  if (me.data === undefined)
    return (
      <div className="phone collector">
        <Loading />
      </div>
    )
  const may = me.data?.permits.includes('collector.work') === true
  if (!may) return <SignIn wrong={me.data !== null} done={() => void queries.resetQueries()} />
  return (
    <>
      <Position />
      <Page />
    </>
  )
}

function Page() {
  const [, page, district, id] = usePath().parts
  if (page === 'tasks' && district && id) return <TaskPage key={id} district={district} id={id} />
  if (page === 'tasks') return <Tasks />
  if (page === 'report') return <ReportPage />
  if (page === 'records') return <Records />
  return <Home />
}
