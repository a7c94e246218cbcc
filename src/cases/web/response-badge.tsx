import { useQuery } from '@tanstack/react-query'
import { sayCount, useMay } from '../../kernel/web/index.ts'
import { useMyOrders } from './my-orders.tsx'
import { runningQuery, useLiveResponses } from './response-queries.ts'

/** How many responses run, or wait for me. On every page of the workbench, so that a receipt leaves wherever one is. */
export function ResponseBadge() {
  useLiveResponses()
  const mine = useMyOrders()
  const reads = useMay()('case.read')
  const running = useQuery({ ...runningQuery, enabled: reads }).data?.items.length ?? 0
  const count = mine.length || running
  return count > 0 ? <>{sayCount(count)}</> : null
}
