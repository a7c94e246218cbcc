import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Icon, useLive, useMay, useWords } from '../../kernel/web/index.ts'
import { unreadQuery } from './queries.ts'
import './messages.css'

const words = {
  none: { zh: '消息，没有未读', en: 'Messages, none unread' },
  some: { zh: '消息，{n} 条未读', en: 'Messages, {n} unread' },
}

/** The bell in the header: how much is unread, kept up by the live stream. */
export function Bell() {
  const may = useMay()
  return may('messages.read') ? <LiveBell /> : null
}

function LiveBell() {
  const { say } = useWords()
  const queries = useQueryClient()
  const unread = useQuery(unreadQuery).data?.unread ?? 0
  useLive(['messages.arrived'], () => void queries.invalidateQueries({ queryKey: ['messages'] }))
  const shown = unread >= 1000 ? '999+' : String(unread)
  const name = unread > 0 ? say(words.some).replace('{n}', shown) : say(words.none)
  return (
    <Link to={'/messages' as never} className="bell" aria-label={name} title={name}>
      <Icon name="bell" size={17} />
      {unread > 0 && <b aria-hidden="true">{shown}</b>}
    </Link>
  )
}
