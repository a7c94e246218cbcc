import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { groupNumber, tell, useAct, useWords, type FileCard } from '../../kernel/web/index.ts'
import { postStep, type CaseDetail, type Need, type OpenStep, type StepBody } from '../contract.ts'
import { flowQuery } from './queries.ts'

export interface Draft {
  unit?: string | undefined
  reason?: string | undefined
  condition?: string | undefined
  collector?: string | undefined
  category?: string | undefined
  note?: string
  files: FileCard[]
}

const EMPTY: Draft = { files: [] }

const valueOf = (draft: Draft, need: Need): unknown => {
  if (need === 'photo') return draft.files.length > 0 ? draft.files : undefined
  if (need === 'note') return draft.note?.trim() || undefined
  return draft[need]
}

/** What stands ready before anyone chose: the first proposal, and whatever leaves no choice. */
function readyFor(step: OpenStep | undefined): Draft {
  return {
    ...EMPTY,
    unit: step?.units?.[0]?.unitCode,
    condition: step?.conditions?.length === 1 ? step.conditions[0]!.id : undefined,
  }
}

export function useActs(detail: CaseDetail, { eager }: { eager: boolean }) {
  const { brief, openSteps } = detail
  const { say, language } = useWords()
  const queries = useQueryClient()
  const flow = useQuery(flowQuery).data
  const usual = openSteps.find((step) => step.primary)
  const [name, setName] = useState<string>()
  const first = eager ? usual : undefined
  const [draft, setDraft] = useState<Draft>(() => readyFor(first))
  const [tried, setTried] = useState(false)
  // `after` a form on the page, or `direct`: the dialog holds the form itself.
  const [confirming, setConfirming] = useState<'after' | 'direct'>()
  const step = openSteps.find((each) => each.step === name) ?? first

  const endsCase = (each: OpenStep) => {
    const to = flow?.steps[each.step]?.to
    return to !== undefined && flow?.states[to]?.ended === true
  }
  const start = (next: OpenStep | undefined) => {
    setName(next?.step)
    setDraft(readyFor(next))
    setTried(false)
    setConfirming(next && next !== usual && endsCase(next) ? 'direct' : undefined)
  }
  // Another case, or the same one moved on by someone else: what was chosen no longer fits.
  useEffect(() => start(first), [brief.number, brief.version])

  const send = useAct(postStep, {
    done: (_, { params, body }) => {
      const done = openSteps.find((each) => each.step === body.step)
      tell(language === 'zh' ? `${say(done!.words)}：${groupNumber(params.number)}` : `${say(done!.words)}: ${groupNumber(params.number)}`)
      setConfirming(undefined)
      void queries.invalidateQueries({ queryKey: ['cases'] })
    },
  })
  const missing = step ? step.needs.filter((need) => valueOf(draft, need) === undefined) : []
  const post = () => {
    if (!step) return
    const { unit, reason, condition, collector, category } = draft
    const asks = (need: Need) => step.needs.includes(need) || step.takes.includes(need)
    const note = draft.note?.trim()
    const body: StepBody = {
      step: step.step,
      version: brief.version,
      ...(unit && asks('unit') && { unit }),
      ...(reason && asks('reason') && { reason }),
      ...(condition && asks('condition') && { condition }),
      ...(collector && asks('collector') && { collector }),
      ...(category && asks('category') && category !== brief.category.id && { category }),
      ...(note && { note }),
      ...(draft.files.length > 0 && { files: draft.files.map(({ sha256 }) => sha256) }),
    }
    send.mutate(
      { params: { number: brief.number }, body },
      { onError: () => void queries.invalidateQueries({ queryKey: ['cases', 'one', brief.number] }) },
    )
  }
  return {
    steps: openSteps,
    step,
    /** The step whose form stands on the page. */
    inline: confirming === 'direct' ? first : step,
    usual,
    draft,
    /** Shown as faults once the act was tried. */
    missing: tried ? missing : [],
    confirming,
    sending: send.isPending,
    mayCancel: confirming !== 'direct' && step !== undefined && step !== first,
    endsCase,
    choose: start,
    set: (change: Partial<Draft>) => setDraft((old) => ({ ...old, ...change })),
    cancel: () => start(first),
    stopConfirming: () => (confirming === 'direct' ? start(first) : setConfirming(undefined)),
    /** Sends the chosen act, or shows what it lacks; one that ends the case asks first. */
    submit: () => {
      setTried(true)
      if (missing.length > 0) {
        requestAnimationFrame(() =>
          document.querySelector<HTMLElement>(`[data-need="${missing[0]}"] :is(input, textarea, button)`)?.focus(),
        )
        return
      }
      if (step && endsCase(step) && !confirming) setConfirming('after')
      else post()
    },
  }
}

export type Acts = ReturnType<typeof useActs>
