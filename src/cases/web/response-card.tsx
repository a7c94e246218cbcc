import { Link } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { groupNumber, sayMoment, sayNear, tell, useAct, useMay, useNow, useWords } from '../../kernel/web/index.ts'
import { postCancel, type ResponseBody } from '../contract.ts'
import { sayMetres } from './act-form.tsx'
import { ResponseMarks } from './response-marks.tsx'

const words = {
  from: { zh: '派出', en: 'sent by' },
  away: { zh: '距现场', en: 'away' },
  there: { zh: '预计', en: 'there at' },
  thereAfter: { zh: '到', en: '' },
  silent: { zh: '设备尚未回执', en: 'The device has not answered' },
  cancel: { zh: '撤回', en: 'Call off' },
  cancelAsk: { zh: '撤回后这次响应即告结束，不计入统计。', en: 'The response ends and is left out of the figures.' },
  cancelled: { zh: '已撤回', en: 'Called off' },
  results: {
    finished: { zh: '已办结', en: 'Finished' },
    cancelled: { zh: '已撤回', en: 'Called off' },
    closed: { zh: '案件已结束', en: 'The case has ended' },
  },
}

/** One response as the centre sees it: who, how far away, when expected, and every mark. */
export function ResponseCard({ response, withCase }: { response: ResponseBody; withCase?: boolean }) {
  const { say, language } = useWords()
  const now = useNow()
  const may = useMay()
  const queries = useQueryClient()
  const cancel = useAct(postCancel, {
    done: () => {
      tell(say(words.cancelled))
      void queries.invalidateQueries({ queryKey: ['responses'] })
    },
  })
  const received = response.marks.some(({ mark, at }) => mark === 'received' && at)
  const result = response.result as keyof typeof words.results | null
  return (
    <article className="response">
      <header>
        <b>{response.responder.name}</b>
        <span className="tag">{say(response.words)}</span>
        {withCase && (
          <Link to={`/cases/${response.number}` as never} title={groupNumber(response.number)}>
            {say(response.title)}
            {response.address && <span className="muted small"> {response.address}</span>}
          </Link>
        )}
        <span className="muted small">
          {language === 'zh' ? `${response.orderedBy} ${words.from.zh}` : `${words.from.en} ${response.orderedBy}`}{' '}
          {response.endedAt ? sayMoment(response.orderedAt) : sayNear(response.orderedAt, now)}
        </span>
        <span className="where small">
          {result && <span className="tag">{say(words.results[result])}</span>}
          {!response.endedAt && !received && <span className="tag orange">{say(words.silent)}</span>}
          {!response.endedAt && response.seenMetres !== null && (
            <span>
              {language === 'zh'
                ? `${words.away.zh} ${sayMetres(response.seenMetres)}`
                : `${sayMetres(response.seenMetres, 'en')} ${words.away.en}`}
              <span className="muted"> {sayNear(response.seenAt, now)}</span>
            </span>
          )}
          {response.expectedAt && (
            <span>
              {say(words.there)} {sayNear(response.expectedAt, now)} {say(words.thereAfter)}
            </span>
          )}
          {!response.endedAt && may('case.dispatch') && (
            <Popconfirm
              title={say(words.cancelAsk)}
              okText={say(words.cancel)}
              okButtonProps={{ danger: true }}
              onConfirm={() => cancel.mutate({ params: { id: response.id, district: response.district } })}
            >
              <Button size="small">{say(words.cancel)}</Button>
            </Popconfirm>
          )}
        </span>
      </header>
      {response.note && <p className="small">{response.note}</p>}
      <ResponseMarks response={response} />
    </article>
  )
}
