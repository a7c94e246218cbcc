import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask, sayClauses, useMay, useWords } from '../../kernel/web/index.ts'
import { UnitField } from '../../registry/web/index.ts'
import { getDecision } from '../../responsibility/contract.ts'
import { Confidence } from '../../responsibility/web/index.ts'
import type { CaseBrief, OpenStep, UnitProposal } from '../contract.ts'
import { Choice } from './choice.tsx'
import type { FormActs } from './use-acts.ts'

const words = {
  unit: { zh: '派给单位', en: 'Dispatch to' },
  other: { zh: '其他单位', en: 'Another unit' },
  learned: { zh: '学习建议', en: 'learned' },
  share: { zh: '历史上同类', en: 'of the like before:' },
}

/** Who is responsible: the rules' answer with its reason, number and confidence, and behind it those whom only history names. */
export function UnitChoice({ step, acts, brief }: { step: OpenStep; acts: FormActs; brief: CaseBrief }) {
  const { say, language } = useWords()
  const proposed = useProposals(step, acts, brief)
  const chosen = acts.draft.unit
  const [other, setOther] = useState(proposed.length === 0)
  const percent = (share: number) => `${Math.round(share * 100)}%`
  const whyOf = ({ ground, rule, words: reason, learned }: UnitProposal) => (
    <>
      {rule !== null && <span className="number">{rule} </span>}
      {sayClauses([say(reason), ...(ground !== 'learned' && learned !== null ? [`${say(words.share)} ${percent(learned)}`] : [])], language)}
    </>
  )
  const sureness = ({ ground, confidence }: UnitProposal) => {
    if (ground === 'below') return undefined
    return ground === 'learned' ? <span className="confidence">{say(words.learned)}</span> : <Confidence value={confidence} />
  }
  return (
    <>
      <Choice
        label={say(words.unit)}
        value={other ? '' : chosen}
        choose={(unit) => {
          setOther(unit === '')
          acts.set({ unit: unit || undefined })
        }}
        options={[
          ...proposed.map((unit) => ({
            value: unit.unitCode,
            title: say(unit.name),
            why: whyOf(unit),
            aside: sureness(unit),
          })),
          { value: '', title: say(words.other) },
        ]}
      />
      {other && <UnitField value={chosen} onChange={(unit) => acts.set({ unit })} status={acts.missing.includes('unit') ? 'error' : ''} />}
    </>
  )
}

/** What came with the step; asked anew while another category is being chosen, for then other units may answer. */
function useProposals(step: OpenStep, acts: FormActs, brief: CaseBrief): readonly UnitProposal[] {
  const may = useMay()('responsibility.read')
  const category = acts.draft.category
  const changed = category !== undefined && category !== brief.category.id && brief.position !== null
  const [lng = 0, lat = 0] = brief.position ?? []
  const query = { category: category ?? '', lng, lat, text: brief.description.slice(0, 500) }
  const anew = useQuery({
    queryKey: ['responsibility', 'decision', query],
    queryFn: ({ signal }) => ask(getDecision, { query, signal }),
    enabled: changed && may,
  }).data
  if (!changed || !anew) return step.units ?? []
  const shares = new Map(anew.learned.map(({ unitCode, confidence }) => [unitCode, confidence]))
  const others = anew.learned.filter(({ unitCode }) => !anew.answers.some((answer) => answer.unitCode === unitCode))
  return [
    ...anew.answers.map((answer) => ({ ...answer, learned: shares.get(answer.unitCode) ?? null })),
    ...others.map((one): UnitProposal => ({ ...one, ground: 'learned', rule: null, learned: one.confidence })),
  ]
}
