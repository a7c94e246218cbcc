import { useQuery } from '@tanstack/react-query'
import { sayCount } from '../../kernel/web/index.ts'
import { mineCountsQuery } from './procedure-queries.ts'
import { useLiveCases } from './queries.ts'

/** How many procedures wait for the reader, beside the menu's word; nothing where none does. */
export function ApprovalsBadge() {
  useLiveCases()
  const counts = useQuery(mineCountsQuery).data
  return counts && counts.total > 0 ? <>{`${sayCount(counts.total)}${counts.more ? '+' : ''}`}</> : null
}
