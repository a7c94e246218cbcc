import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useDivisions } from '../../atlas/web/index.ts'
import { sayNear, tell, useAct, useMay, useNow, useWords } from '../../kernel/web/index.ts'
import { postRelease, SCENES, type AssignmentShown, type FloodPointShown, type StaffShown, type TruckShown } from '../contract.ts'
import { AssignmentRow } from './flood-command-row.tsx'
import { OrderForm } from './flood-command-order.tsx'
import { pastOfPointQuery } from './flood-command-queries.ts'
import { CommandRoll } from './flood-command-roll.tsx'
import { EditRoll } from './flood-command-staff.tsx'
import { whoOf } from './flood-command-words.ts'
import { Ring } from './flood-points.tsx'
import { sayCm } from './flood-words.ts'
import { LevelMark } from './level-mark.tsx'

const words = {
  cm: { zh: '厘米', en: 'cm' },
  call: { zh: '叫应', en: 'Call up' },
  order: { zh: '下达指令', en: 'Order' },
  release: { zh: '解除叫应', en: 'Let all go' },
  released: { zh: '已解除', en: 'Let go' },
  edit: { zh: '编辑责任人', en: 'Edit the roll' },
  orders: { zh: '正在执行的指令', en: 'Orders that run' },
  noOrders: { zh: '没有正在执行的指令', en: 'No order runs here' },
  past: { zh: '已结束', en: 'Over' },
  more: { zh: '更多', en: 'More' },
  call1: { zh: '叫应', en: 'Call-up' },
  order1: { zh: '指令', en: 'Order' },
}

const RESULTS = {
  finished: { zh: '办结', en: 'done' },
  cancelled: { zh: '撤销', en: 'cancelled' },
  released: { zh: '解除', en: 'let go' },
}

/** What is open on a point: the form of an order, for somebody or a truck, or the roll to be edited. */
export type Opened = { readonly what: 'order'; readonly person?: string; readonly truck?: string } | { readonly what: 'roll' }

export interface Command {
  readonly points: readonly { readonly device: string; readonly staff: readonly StaffShown[] }[]
  readonly running: readonly AssignmentShown[]
  readonly trucks: readonly TruckShown[]
}

interface Props {
  readonly point: FloodPointShown
  readonly command: Command
  readonly opened: Opened | undefined
  readonly open: (opened: Opened | undefined) => void
  readonly call: () => void
  readonly calling: boolean
}

export function CommandPoint({ point, command, opened, open, call, calling }: Props) {
  const { say } = useWords()
  const { within } = useDivisions()
  const may = useMay()('monitoring.command')
  const queries = useQueryClient()
  const staff = command.points.find(({ device }) => device === point.device)?.staff ?? []
  const here = command.running.filter((each) => each.point.device === point.device)
  const calls = here.filter(({ kind }) => kind === 'call')
  const orders = here.filter(({ kind }) => kind === 'order')
  const release = useAct(postRelease, {
    done: ({ released }) => {
      tell(`${say(words.released)} ${released}`)
      void queries.invalidateQueries({ queryKey: ['flood-command'] })
    },
  })
  return (
    <section className="card flood-one fc-one" aria-label={point.name}>
      <header>
        {point.state > 0 ? <LevelMark level={point.state} size={28} /> : <Ring size={22} />}
        <div>
          <h2>{point.name}</h2>
          <p className="muted small">
            {within(point.district)} · {say(SCENES[point.scene])} · {point.silent ? '—' : sayCm(point.level)} {say(words.cm)}
          </p>
        </div>
        {may && (
          <p className="fc-acts">
            {/* First, so that what comes and goes moves no other button. */}
            {calls.length > 0 && (
              <Button loading={release.isPending} onClick={() => release.mutate({ params: { device: point.device }, body: {} })}>
                {say(words.release)}
              </Button>
            )}
            <Button type="primary" loading={calling} onClick={call} aria-keyshortcuts="c">
              {say(words.call)}
            </Button>
            <Button onClick={() => open({ what: 'order' })} aria-keyshortcuts="o">
              {say(words.order)}
            </Button>
            <Button onClick={() => open(opened?.what === 'roll' ? undefined : { what: 'roll' })}>{say(words.edit)}</Button>
          </p>
        )}
      </header>
      {opened?.what === 'order' && <OrderForm point={point} staff={staff} trucks={command.trucks} first={opened} close={() => open(undefined)} />}
      {opened?.what === 'roll' ? <EditRoll device={point.device} staff={staff} close={() => open(undefined)} /> : <CommandRoll staff={staff} calls={calls} order={may ? (person) => open({ what: 'order', person }) : undefined} />}
      <h3>{say(words.orders)}</h3>
      {orders.length === 0 && <p className="muted small">{say(words.noOrders)}</p>}
      {orders.map((order) => (
        <AssignmentRow key={order.id} assignment={order} />
      ))}
      <Past device={point.device} />
    </section>
  )
}

/** What is over, the newest first. */
function Past({ device }: { device: string }) {
  const { say, language } = useWords()
  const now = useNow()
  const past = useInfiniteQuery(pastOfPointQuery(device))
  const items = past.data?.pages.flatMap((page) => page.items) ?? []
  if (items.length === 0) return null
  return (
    <>
      <h3>{say(words.past)}</h3>
      <ul className="fc-past">
        {items.map((each) => (
          <li key={each.id}>
            <time className="number">{sayNear(each.orderedAt, now)}</time>
            <span>{say(each.kind === 'call' ? words.call1 : words.order1)}</span>
            <b>{whoOf(each)}</b>
            <span className="muted">{each.words}</span>
            <span className={each.overdue ? 'near' : 'muted'}>
              {each.result && say(RESULTS[each.result])}
              {each.reason && `${language === 'zh' ? '：' : ': '}${each.reason}`}
            </span>
          </li>
        ))}
      </ul>
      {past.hasNextPage && (
        <button type="button" className="plain-button" onClick={() => void past.fetchNextPage()}>
          {say(words.more)}
        </button>
      )}
    </>
  )
}
