import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { Checkbox } from 'antd'
import { Countdown, groupNumber, useWords } from '../../kernel/web/index.ts'
import type { CaseBrief } from '../contract.ts'
import { deadlineOf } from './deadline.ts'
import { Marks } from './marks.tsx'
import { usePlaceWords } from './place-words.ts'
import { StateTag } from './state-tag.tsx'

const words = { pick: { zh: '选择', en: 'Select' } }

interface Props {
  item: CaseBrief
  chosen: boolean
  choose: (number: string) => void
  ticked: boolean
  tick: (number: string) => void
  /** Whether the list has a column for the unit: where no case has one yet, the words get its room. */
  units: boolean
}

/** One link; a plain click shows the case beside the list, any other opens it. */
export const TodoRow = memo(function TodoRow({ item, chosen, choose, ticked, tick, units }: Props) {
  const { say } = useWords()
  const place = usePlaceWords()(item)
  return (
    <li id={`case-${item.number}`} {...(chosen && { className: 'chosen' })}>
      <Checkbox checked={ticked} onChange={() => tick(item.number)} aria-label={`${say(words.pick)} ${groupNumber(item.number)}`} />
      <Link
        to={`/cases/${item.number}` as never}
        aria-current={chosen}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return
          event.preventDefault()
          choose(item.number)
        }}
      >
        <Countdown deadline={deadlineOf(item)} />
        <span className="what">
          <b title={item.description}>{item.description}</b>
          <span>
            <Marks item={item} />
            {item.category.code} {say(item.category.words)} <s /> {say(item.sourceWords)}
          </span>
        </span>
        <span className="where">
          <span title={item.address ?? ''}>{place.address}</span>
          <small>{place.within}</small>
        </span>
        <span className="tags">
          <StateTag item={item} />
        </span>
        {units && (
          <span className="unit" title={item.unit ? say(item.unit.name) : ''}>
            {item.unit ? say(item.unit.name) : '—'}
          </span>
        )}
      </Link>
    </li>
  )
})
