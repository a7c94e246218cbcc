import { Link } from '@tanstack/react-router'
import { EmptyState, ErrorState, useWords } from '../../kernel/web/index.ts'

export function Missing() {
  const { say } = useWords()
  return (
    <EmptyState why={say({ zh: '没有这个页面。', en: 'There is no such page.' })}>
      <Link to="/">{say({ zh: '回到工作台', en: 'To the workbench' })}</Link>
    </EmptyState>
  )
}

export const Failed = ({ error, reset }: { error: unknown; reset: () => void }) => <ErrorState error={error} retry={reset} />
