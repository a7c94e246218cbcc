import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { Icon, Lamp, sayNear, useAct, useMay, useNow, useWords } from '../../kernel/web/index.ts'
import type { Mark } from '../../cases/contract.ts'
import { FLOOD_ROLES, postTold, type AssignmentShown, type StaffShown } from '../contract.ts'
import { markOf, sayFar } from './flood-command-words.ts'

const words = {
  who: { zh: '责任人', en: 'Roll' },
  phone: { zh: '电话', en: 'Telephone' },
  received: { zh: '收到', en: 'Received' },
  accepted: { zh: '应答', en: 'Answered' },
  arrived: { zh: '签到', en: 'Signed in' },
  acts: { zh: '操作', en: 'Acts' },
  none: { zh: '没有登记责任人，请先编辑。', en: 'Nobody is on the roll: edit it first.' },
  silent: { zh: '未收到', en: 'not yet' },
  phoneOnly: { zh: '仅电话', en: 'phone only' },
  clicked: { zh: '点击', en: 'by hand' },
  told: { zh: '电话已应答', en: 'By phone' },
  toldAbout: { zh: '电话里已应答，代为记下', en: 'Answered by telephone: note it' },
  order: { zh: '下令', en: 'Order' },
  away: { zh: '距点位', en: 'away' },
  notCalled: { zh: '未叫应', en: 'not called' },
}

interface Props {
  readonly staff: readonly StaffShown[]
  readonly calls: readonly AssignmentShown[]
  readonly order: ((person: string) => void) | undefined
}

/** Who answers for a point, each with the state of their call-up. */
export function CommandRoll({ staff, calls, order }: Props) {
  const { say } = useWords()
  const known = new Set(staff.map(({ id }) => id))
  // Whoever was called and has been taken off the roll since is still on the way.
  const others = calls.flatMap(({ person }) => (person && !known.has(person.id) ? [{ ...person, role: person.role ?? ('crew' as const), ownPhone: null, reachable: true }] : []))
  const all = [...staff, ...others]
  if (all.length === 0) return <p className="muted small fc-empty">{say(words.none)}</p>
  return (
    <table className="flood-table fc-roll">
      <thead>
        <tr>
          {(['who', 'phone', 'received', 'accepted', 'arrived', 'acts'] as const).map((key) => (
            <th key={key} scope="col">
              {key === 'acts' ? <span className="off-screen">{say(words[key])}</span> : say(words[key])}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {all.map((person) => (
          <Line key={person.id} person={person} call={calls.find((call) => call.person?.id === person.id)} order={order} />
        ))}
      </tbody>
    </table>
  )
}

function Line({ person, call, order }: { person: StaffShown; call: AssignmentShown | undefined; order: Props['order'] }) {
  const { say, language } = useWords()
  const now = useNow()
  const may = useMay()('monitoring.command')
  const queries = useQueryClient()
  const told = useAct(postTold, { done: () => void queries.invalidateQueries({ queryKey: ['flood-command'] }) })
  const note = (mark: Mark) => call && told.mutate({ params: { district: call.district, id: call.id }, body: { mark } })
  const unanswered = call && !markOf(call, 'accepted')?.at && !markOf(call, 'arrived')?.at
  return (
    <tr>
      <th scope="row">
        <b>{person.name}</b>
        <i>{say(FLOOD_ROLES[person.role])}</i>
        {person.unit && <span title={say(person.unit)}>{say(person.unit)}</span>}
      </th>
      <td className="number">
        {person.phone ? (
          <a href={`tel:${person.phone.replaceAll(/[ -]/g, '')}`}>
            <Icon name="phone" size={13} /> {person.phone}
          </a>
        ) : (
          '—'
        )}
        {!person.reachable && <span className="tag orange">{say(words.phoneOnly)}</span>}
      </td>
      {(['received', 'accepted', 'arrived'] as const).map((name) => (
        <td key={name} className="number">
          <MarkTime call={call} name={name} />
          {name === 'arrived' && call?.seen && (
            <small title={sayNear(call.seen.at, now)}>{language === 'zh' ? `${words.away.zh} ${sayFar(call.seen.metres, language)}` : `${sayFar(call.seen.metres, language)} ${words.away.en}`}</small>
          )}
        </td>
      ))}
      <td className="fc-row-acts">
        {may && unanswered && (
          <Button size="small" loading={told.isPending} title={say(words.toldAbout)} onClick={() => note('accepted')}>
            {say(words.told)}
          </Button>
        )}
        {order && person.reachable && (
          <Button size="small" onClick={() => order(person.id)}>
            {say(words.order)}
          </Button>
        )}
      </td>
    </tr>
  )
}

function MarkTime({ call, name }: { call: AssignmentShown | undefined; name: Mark }) {
  const { say } = useWords()
  const now = useNow()
  const mark = call && markOf(call, name)
  if (!call) return <span className="muted">{name === 'received' ? say(words.notCalled) : '—'}</span>
  if (!mark?.at) return name === 'received' ? <span className="tag orange">{say(words.silent)}</span> : <span className="muted">—</span>
  return (
    <span className="fc-time">
      <Lamp colour="green" size={14} label={false} /> {sayNear(mark.at, now)} {mark.how === 'clicked' && name !== 'accepted' && <span className="tag">{say(words.clicked)}</span>}
    </span>
  )
}
