// The pages of the portal; the shell puts them on the screen.

import './portal.css'
import { usePath } from '../../../kernel/web/index.ts'
import { Home } from './home.tsx'
import { ProgressPage } from './progress.tsx'
import { Report } from './report.tsx'

export function Portal() {
  const { parts, query } = usePath()
  if (parts[0] === 'report') return <Report />
  if (parts[0] === 'progress' && parts[1]) return <ProgressPage key={parts[1]} number={parts[1]} word={query.get('word') ?? undefined} />
  return <Home />
}
