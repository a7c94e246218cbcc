import { useQuery } from '@tanstack/react-query'
import { deskQuery, useLiveDesk } from './queries.ts'

/** How many calls ring. */
export function RingingBadge() {
  useLiveDesk()
  const ringing = useQuery(deskQuery).data?.ringing.length ?? 0
  return ringing > 0 ? <>{ringing}</> : null
}
