import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { ask, EmptyState, ErrorState, Loading, sayMoment, tell, useAct, useWords } from '../../../kernel/web/index.ts'
import { useDictionary, useSourceName } from '../../../registry/web/index.ts'
import { getHeld, postHeld, type HeldGroup } from '../contract.ts'
import './desk.css'

const words = {
  title: { zh: '待甄别', en: 'Held back' },
  lead: {
    zh: '短时间内来得过多的上报不进待办，在此按来路分组；每件都有案件号，放行后照常受理',
    en: 'What came in floods is kept from the desk, in groups by where it came from; each has its number and is accepted as usual once it is let through',
  },
  none: { zh: '没有待甄别的来件。', en: 'Nothing is held back.' },
  more: { zh: '来件很多，只列出最近的 4,000 件。', en: 'There are many; only the newest 4,000 are listed.' },
  release: { zh: '整组放行', en: 'Let all through' },
  decline: { zh: '整组不予立案', en: 'Decline all' },
  reason: { zh: '理由', en: 'Reason' },
  items: { zh: '件', en: '' },
  sample: { zh: '其中一件', en: 'One of them' },
  done: { zh: '已办', en: 'Done' },
  refused: { zh: '未办', en: 'not done' },
}

export default function HeldPage() {
  const { say } = useWords()
  const held = useQuery({ queryKey: ['hotline', 'held'], queryFn: ({ signal }) => ask(getHeld, { signal }) })
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
      </header>
      {held.isPending && <Loading lines={6} />}
      {held.isError && <ErrorState error={held.error} retry={() => void held.refetch()} />}
      {held.data && (
        <section className="card">
          {held.data.items.map((group) => (
            <Group key={group.group} group={group} />
          ))}
          {held.data.items.length === 0 && <EmptyState why={say(words.none)} />}
          {held.data.more && <p className="muted small">{say(words.more)}</p>}
        </section>
      )}
    </div>
  )
}

function Group({ group }: { group: HeldGroup }) {
  const { say } = useWords()
  const queries = useQueryClient()
  const sources = useSourceName()
  const reasons = useDictionary('decline-reason')
  const [reason, setReason] = useState<string>()
  const sift = useAct(postHeld, {
    done: ({ items }) => {
      const done = items.filter((item) => item.done).length
      const refused = items.length - done
      tell(`${say(words.done)} ${done}${refused > 0 ? ` · ${say(words.refused)} ${refused} (${items.find((item) => item.why)?.why ?? ''})` : ''}`)
      void queries.invalidateQueries({ queryKey: ['hotline', 'held'] })
      void queries.invalidateQueries({ queryKey: ['cases'] })
    },
  })
  const { sample } = group
  return (
    <article className="held-group">
      <b>
        {group.held}
        <small className="muted small">{say(words.items)}</small>
      </b>
      <div>
        <h2>{say(group.why)}</h2>
        <p className="muted small number">
          {sayMoment(group.firstAt)} – {sayMoment(group.lastAt)} · {sources(sample.source)}
        </p>
        <p>
          <span className="muted small">{say(words.sample)} </span>
          <Link to={`/cases/${sample.number}` as never}>{sample.description.slice(0, 120)}</Link> <span className="muted small">{sample.address}</span>
        </p>
      </div>
      <div className="acts">
        <Button type="primary" loading={sift.isPending} onClick={() => sift.mutate({ body: { group: group.group, act: 'release' } })}>
          {say(words.release)}
        </Button>
        <Select
          style={{ width: 150 }}
          placeholder={say(words.reason)}
          aria-label={say(words.reason)}
          value={reason ?? null}
          onChange={(chosen: string | null) => setReason(chosen ?? undefined)}
          options={reasons.options}
        />
        <Button danger disabled={!reason} loading={sift.isPending} onClick={() => sift.mutate({ body: { group: group.group, act: 'decline', reason: reason! } })}>
          {say(words.decline)}
        </Button>
      </div>
    </article>
  )
}
