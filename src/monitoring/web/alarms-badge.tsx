import { useQuery } from '@tanstack/react-query'
import { sayCount } from '../../kernel/web/index.ts'
import { alarmCountsQuery, useLiveAlarms } from './alarm-queries.ts'

/** How many alarms ring that nobody attends to, beside the menu's word; nothing where none does. */
export function AlarmsBadge() {
  useLiveAlarms()
  const counts = useQuery(alarmCountsQuery).data
  return counts && counts.ringing > 0 ? <>{sayCount(counts.ringing)}</> : null
}
