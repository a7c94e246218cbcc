import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useLayoutEffect, useRef, useState } from 'react'
import { groupNumber, Refused, tell, tellFailure, useAct, useWords } from '../../kernel/web/index.ts'
import { postAct, postStep, type CaseBrief, type OpenStep } from '../contract.ts'
import { inputsOf, keyOf, readyFor, valueOf, type Draft } from './draft.ts'
import { caseQuery, flowQuery } from './queries.ts'

export type { Draft }

const words = {
  gone: { zh: '刚被他人办理，您正在填写的不能再办', en: 'Someone else has just moved it on; what you were filling in is no longer open' },
}

/** What of a case is acted on: the whole of it on its page, one proceeding in a list. */
export interface Acted {
  readonly brief: CaseBrief
  readonly openSteps: readonly OpenStep[]
  readonly openActs: readonly OpenStep[]
}

export function useActs({ brief, openSteps, openActs }: Acted, { eager }: { eager: boolean }) {
  const { say, language } = useWords()
  const queries = useQueryClient()
  const flow = useQuery(flowQuery).data
  const usual = openSteps.find((step) => step.primary)
  const [key, setKey] = useState<string>()
  const first = eager ? usual : undefined
  const [draft, setDraft] = useState<Draft>(() => readyFor(first))
  /** What was seen of the case when the first thing was entered; undefined until something is. */
  const [seen, setSeen] = useState<number>()
  const own = useRef(false)
  const [tried, setTried] = useState(false)
  // `after` a form on the page, or `direct`: the dialog holds the form itself.
  const [confirming, setConfirming] = useState<'after' | 'direct'>()
  const [conflict, setConflict] = useState<Refused>()
  const step = [...openSteps, ...openActs].find((each) => keyOf(each) === key) ?? first

  const endsCase = (each: OpenStep) => {
    const to = flow?.steps[each.step]?.to
    return to !== undefined && flow?.states[to]?.ended === true
  }
  const start = (next: OpenStep | undefined) => {
    setKey(next && keyOf(next))
    setDraft(readyFor(next))
    setTried(false)
    setSeen(undefined)
    setConfirming(next && next !== usual && endsCase(next) ? 'direct' : undefined)
  }
  const number = useRef(brief.number)
  // Another case, or this one moved on. What someone was entering is kept where it is still open: sent, it is asked about.
  // Before it is seen: later, it would wipe out what was entered in between.
  useLayoutEffect(() => {
    if (conflict) return
    const entering = seen !== undefined && !own.current && number.current === brief.number
    own.current = false
    number.current = brief.number
    if (entering && step && (key === undefined || keyOf(step) === key)) return
    if (entering) tellFailure(new Refused(409, { detail: say(words.gone) }))
    start(first)
  }, [brief.number, brief.version])

  const done = (words: OpenStep['words'], number: string) => {
    tell(language === 'zh' ? `${say(words)}：${groupNumber(number)}` : `${say(words)}: ${groupNumber(number)}`)
    own.current = true
    setConfirming(undefined)
    setConflict(undefined)
    void queries.invalidateQueries({ queryKey: ['cases'] })
  }
  const sendStep = useAct(postStep, { quiet: true, done: (_, { params }) => step && done(step.words, params.number) })
  const sendAct = useAct(postAct, { quiet: true, done: (_, { params }) => step && done(step.words, params.number) })
  const missing = step ? step.needs.filter((need) => valueOf(draft, need) === undefined) : []

  const refused = (error: unknown) => {
    const asks = error instanceof Refused && error.status === 409 && error.faults.length > 0
    if (asks) setConflict(error)
    else tellFailure(error, error instanceof Refused && (error.status === 0 || error.status >= 500) ? () => post() : undefined)
    void queries.invalidateQueries({ queryKey: ['cases', 'one', brief.number] })
  }
  const post = (version = seen ?? brief.version) => {
    if (!step) return
    const params = { number: brief.number }
    const inputs = { ...inputsOf(step, draft, brief), version }
    const { procedure, act, proceeding } = step
    if (procedure === undefined || act === undefined) sendStep.mutate({ params, body: { step: step.step, ...inputs } }, { onError: refused })
    else sendAct.mutate({ params, body: { procedure, act, ...(proceeding && { proceeding }), ...inputs } }, { onError: refused })
  }
  return {
    steps: openSteps,
    procedures: openActs,
    step,
    /** The step whose form stands on the page. */
    inline: confirming === 'direct' ? first : step,
    usual,
    draft,
    /** Shown as faults once the act was tried. */
    missing: tried ? missing : [],
    confirming,
    sending: sendStep.isPending || sendAct.isPending,
    mayCancel: confirming !== 'direct' && step !== undefined && step !== first,
    endsCase,
    flow,
    choose: start,
    set: (change: Partial<Draft>) => {
      setDraft((old) => ({ ...old, ...change }))
      setSeen((old) => old ?? brief.version)
    },
    cancel: () => start(first),
    stopConfirming: () => (confirming === 'direct' ? start(first) : setConfirming(undefined)),
    /** Someone else was quicker: what the server said, and the two ways on. */
    conflict,
    lookAgain: () => {
      setConflict(undefined)
      start(first)
    },
    insist: async () => {
      const { brief: now } = await queries.fetchQuery({ ...caseQuery(brief.number), staleTime: 0 })
      setConflict(undefined)
      post(now.version)
    },
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
/** What the form of an act needs of it, be it of one case or of many. */
export type FormActs = Pick<Acts, 'step' | 'inline' | 'draft' | 'missing' | 'confirming' | 'set'>
