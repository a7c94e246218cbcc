import { Link } from '@tanstack/react-router'
import { Button, Checkbox } from 'antd'
import { Countdown, groupNumber, sayList, sayMoment, sayNear, useNow, useWords } from '../../kernel/web/index.ts'
import type { ProceedingListed } from '../contract.ts'
import { ActForm } from './act-form.tsx'
import { ConflictDialog } from './conflict-dialog.tsx'
import { keyOf } from './draft.ts'
import { Marks } from './marks.tsx'
import { usePlaceWords } from './place-words.ts'
import { sayWho } from './say-who.ts'
import { StateTag } from './state-tag.tsx'
import { useActs } from './use-acts.ts'

const words = {
  until: { zh: '至', en: 'until' },
  tick: { zh: '选择', en: 'Select' },
  cancel: { zh: '取消', en: 'Cancel' },
  with: { zh: '参加', en: 'with' },
  nth: { zh: '第', en: 'no.' },
}

/** One proceeding with all that is needed to decide it; the form of the chosen act opens below. */
export function ApprovalRow({ item, ticked, tick }: { item: ProceedingListed; ticked: boolean; tick: () => void }) {
  const { say, language } = useWords()
  const now = useNow()
  const acts = useActs({ brief: item.case, openSteps: [], openActs: item.acts }, { eager: false })
  const place = usePlaceWords()(item.case)
  const more = [
    item.untilAt && `${say(words.until)} ${sayMoment(item.untilAt).slice(0, 16)}`,
    item.participants.length > 0 && `${say(words.with)} ${sayList(item.participants.map(({ name }) => say(name)), language)}`,
    item.outside,
  ].filter(Boolean)
  return (
    <li data-ticked={ticked || undefined}>
      <div className="approval-row">
        <Checkbox checked={ticked} onChange={tick} aria-label={`${say(words.tick)} ${groupNumber(item.number)}`} />
        <div>
          <b>
            {say(item.words)}
            {item.ordinal > 1 && <small className="muted">{language === 'zh' ? ` 第 ${item.ordinal} 次` : ` no. ${item.ordinal}`}</small>}
          </b>
          <span className="muted small">{say(item.stateWords)}</span>
        </div>
        <div className="subject">
          <Link to={`/cases/${item.number}` as never} title={item.case.description}>
            {item.case.description}
          </Link>
          <span className="muted small cut">
            {item.case.unit ? `${say(item.case.unit.name)} · ` : ''}
            {place.address}
          </span>
          <span className="tags">
            <StateTag item={item.case} />
            <Marks item={{ ...item.case, asked: [] }} />
          </span>
        </div>
        <div className="why">
          <span>
            {item.reason && <b>{say(item.reason.words)}</b>} {item.note && `“${item.note}”`}
          </span>
          {more.length > 0 && <span className="small">{more.join(' · ')}</span>}
          <span className="muted small">
            {sayWho(item.openedBy, say)} {sayNear(item.openedAt, now)}
          </span>
        </div>
        <div>
          <Countdown deadline={{ lamp: item.late ? 'red' : 'green', from: item.openedAt, dueAt: item.dueAt }} />
        </div>
        <div className="moves">
          {item.acts.map((act) => (
            <Button
              key={keyOf(act)}
              size="small"
              {...(act.primary && { type: 'primary' as const, ghost: act !== acts.step })}
              {...(act === acts.step && { type: 'primary' as const })}
              onClick={() => (act === acts.step ? acts.cancel() : acts.choose(act))}
              aria-expanded={act === acts.step}
            >
              {say(act.words)}
            </Button>
          ))}
        </div>
      </div>
      {acts.inline && (
        <div className="approval-form">
          <ActForm acts={acts} brief={item.case} />
          <p className="moves">
            <Button type="primary" loading={acts.sending} onClick={acts.submit}>
              {say(acts.inline.words)}
            </Button>
            <Button onClick={acts.cancel}>{say(words.cancel)}</Button>
          </p>
        </div>
      )}
      <ConflictDialog acts={acts} />
    </li>
  )
}
