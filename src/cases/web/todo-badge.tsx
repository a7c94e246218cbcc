import { useQuery } from '@tanstack/react-query'
import { sayCount } from '../../kernel/web/index.ts'
import { todoCountsQuery, useLiveCases } from './queries.ts'

/** How many wait, beside the menu's word. It keeps the stream open on every page. */
export function TodoBadge() {
  useLiveCases()
  const counts = useQuery(todoCountsQuery).data
  return counts ? <>{`${sayCount(counts.total)}${counts.more ? '+' : ''}`}</> : null
}
