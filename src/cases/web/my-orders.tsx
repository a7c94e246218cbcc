import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { ask, Icon, makeKey, tellFailure, useHere, useLive, useMay, useWords } from '../../kernel/web/index.ts'
import { getMyResponses, postMark, putReceipt, putResponderPosition, type Mark, type ResponseBody } from '../contract.ts'
import { ResponseMarks } from './response-marks.tsx'

const words = {
  title: { zh: '应急任务', en: 'Emergency order' },
  arrived: { zh: '我已到场', en: 'I am there' },
  finished: { zh: '处置完毕', en: 'Finished' },
  way: { zh: '导航', en: 'Way' },
  measured: { zh: '收到、出发、到场由本机实测，无需点击；没有定位时再点。', en: 'This device measures receipt, leaving and arrival by itself; tap only where it has no position.' },
  noPlace: { zh: '本机没有定位：到场只能点击，会标为“点击”。', en: 'This device has no position: arrival can only be tapped, and is marked so.' },
}

const KEY = ['responses', 'mine']
/** Seconds count here: more often than a position on duty. */
const TELL_MS = 5000

/** My running orders. The receipt leaves as soon as the order is on this device, without anybody's tap. */
export function useMyOrders(): readonly ResponseBody[] {
  const may = useMay()('case.respond')
  const queries = useQueryClient()
  const mine = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => ask(getMyResponses, { signal }),
    enabled: may,
    refetchInterval: 20_000,
  })
  const fetchAnew = () => void queries.invalidateQueries({ queryKey: KEY })
  useLive(['cases.responded'], fetchAnew)
  const sent = useRef(new Set<string>())
  const items = mine.data?.items ?? []
  useEffect(() => {
    for (const { id, district, marks } of items) {
      if (sent.current.has(id) || marks.some(({ mark, at }) => mark === 'received' && at)) continue
      sent.current.add(id)
      // What did not get through is sent again with the next look.
      ask(putReceipt, { params: { id, district } }).then(fetchAnew, () => sent.current.delete(id))
    }
  }, [mine.data])
  return items
}

/** Tells where this device is while an order runs. */
function useTellPosition(running: boolean): boolean {
  const here = useHere(running)
  const newest = useRef(here)
  newest.current = here
  const known = here !== undefined
  useEffect(() => {
    if (!running || !known) return
    const tell = () => {
      const { position, accuracy } = newest.current!
      void ask(putResponderPosition, { body: { position, accuracy } }).catch(() => undefined)
    }
    tell()
    const timer = setInterval(tell, TELL_MS)
    return () => clearInterval(timer)
  }, [running, known])
  return known
}

/** Orders on top of whatever the responder is doing, with their running clocks. */
export function MyOrders() {
  const items = useMyOrders()
  const located = useTellPosition(items.length > 0)
  return items.map((response) => <Order key={response.id} response={response} located={located} />)
}

function Order({ response, located }: { response: ResponseBody; located: boolean }) {
  const { say } = useWords()
  const queries = useQueryClient()
  const has = (mark: Mark) => response.marks.some((each) => each.mark === mark && each.at)
  const key = useRef<Partial<Record<Mark, string>>>({})
  const click = (mark: Mark) => {
    key.current[mark] ??= makeKey()
    ask(postMark, { params: { id: response.id, district: response.district }, body: { mark }, key: key.current[mark] }).then(
      () => void queries.invalidateQueries({ queryKey: ['responses'] }),
      (error: unknown) => {
        delete key.current[mark]
        tellFailure(error)
      },
    )
  }
  const [lng, lat] = response.position
  return (
    <section className="order" aria-label={say(words.title)}>
      <header>
        <Icon name="bell" size={18} />
        <b>{say(response.words)}</b>
        <span>{response.orderedBy}</span>
      </header>
      <h2>{say(response.title)}</h2>
      <p>
        {response.address}
        {response.note && <strong>{response.note}</strong>}
      </p>
      <ResponseMarks response={response} />
      <div className="order-acts">
        {!has('accepted') && (
          <button type="button" className="main" onClick={() => click('accepted')}>
            {say(response.marks.find(({ mark }) => mark === 'accepted')!.words)}
          </button>
        )}
        <a href={`geo:${lat},${lng}?q=${lat},${lng}(${encodeURIComponent(say(response.title))})`}>{say(words.way)}</a>
        {!has('arrived') && (
          <button type="button" onClick={() => click('arrived')}>
            {say(words.arrived)}
          </button>
        )}
        <button type="button" onClick={() => click('finished')}>
          {say(words.finished)}
        </button>
      </div>
      <p className="how">{say(located ? words.measured : words.noPlace)}</p>
    </section>
  )
}
