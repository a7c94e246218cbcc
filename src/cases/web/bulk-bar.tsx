import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { ask, makeKey, tellFailure, useWords } from '../../kernel/web/index.ts'
import { postBulk, type CaseBrief, type OpenStep } from '../contract.ts'
import { ActForm } from './act-form.tsx'
import { inputsOf, keyOf, readyFor, valueOf, type Draft } from './draft.ts'
import { caseQuery } from './queries.ts'
import type { FormActs } from './use-acts.ts'
import type { Selection } from './use-selection.ts'
import { Verdicts, type BulkReply } from './verdicts.tsx'
import './approvals.css'
import './case-parts.css'

const words = {
  print: { zh: '打印', en: 'Print' },
  clear: { zh: '取消选择', en: 'Clear' },
  cancel: { zh: '取消', en: 'Cancel' },
  looking: { zh: '正在查看可办理的步骤', en: 'Looking for what is open' },
  none: { zh: '所选案件没有共同可办的步骤', en: 'These cases have no open step in common' },
}

/** What is looked at to say which acts all have in common; the server answers for each of them anyway. */
const LOOKED_AT = 12
const MOST = 200
/** Where a field can be answered once for all: not the photo of one case, nor a filing condition of one category. */
const ONE_BY_ONE: ReadonlySet<string> = new Set(['photo', 'condition', 'target', 'cost', 'category', 'collector'])

/** The same act for all that are selected; each has its own verdict. */
export function BulkBar({ items, selection }: { items: readonly CaseBrief[]; selection: Selection }) {
  const { say, language } = useWords()
  const queries = useQueryClient()
  const chosen = items.filter(({ number }) => selection.has(number)).slice(0, MOST)
  const looked = useQueries({ queries: chosen.slice(0, LOOKED_AT).map(({ number }) => caseQuery(number)) })
  const details = looked.flatMap(({ data }) => (data ? [data] : []))
  const [act, setAct] = useState<OpenStep>()
  const [draft, setDraft] = useState<Draft>({ files: [] })
  const [tried, setTried] = useState(false)
  const [reply, setReply] = useState<BulkReply>()
  const send = useMutation({
    mutationFn: (step: OpenStep) => {
      const cases = chosen.map(({ number, version }) => ({ number, version }))
      const what = step.procedure && step.act ? { procedure: step.procedure, act: step.act } : { step: step.step }
      return ask(postBulk, { body: { ...what, ...inputsOf(step, draft, chosen[0]!), cases }, key: makeKey() })
    },
    onSuccess: (answer) => {
      setReply(answer)
      void queries.invalidateQueries({ queryKey: ['cases'] })
    },
    onError: (error) => tellFailure(error),
  })
  if (chosen.length === 0 && !reply) return null

  const open = commonOf(details.map(({ openSteps, openActs }) => [...openSteps, ...openActs]))
  const start = (step: OpenStep | undefined) => {
    setAct(step && { ...step, takes: step.takes.filter((need) => !ONE_BY_ONE.has(need)) })
    setDraft(readyFor(step))
    setTried(false)
  }
  const missing = act ? act.needs.filter((need) => valueOf(draft, need) === undefined) : []
  const count = chosen.length
  // The form asks for what one act needs, whether of one case or of many.
  const form: FormActs = { step: act, inline: act, draft, missing: tried ? missing : [], confirming: undefined, set: (change: Partial<Draft>) => setDraft((old) => ({ ...old, ...change })) }
  return (
    <>
      {count > 0 && (
        <div className="bulk-bar" role="region">
          <b>{language === 'zh' ? `已选 ${count} 件` : `${count} selected`}</b>
          {details.length < Math.min(count, LOOKED_AT) ? (
            <span className="muted small">{say(words.looking)}</span>
          ) : open.length === 0 ? (
            <span className="muted small">{say(words.none)}</span>
          ) : (
            open.map((step) => (
              <Button key={keyOf(step)} {...(step.primary && { type: 'primary' as const })} onClick={() => start(step)}>
                {language === 'zh' ? `批量${step.words.zh}` : `${step.words.en} all`}
              </Button>
            ))
          )}
          <Button href={`/workbench/print?numbers=${chosen.map(({ number }) => number).join(',')}`} target="_blank">
            {say(words.print)}
          </Button>
          <button type="button" className="link" onClick={selection.clear}>
            {say(words.clear)}
          </button>
        </div>
      )}
      {act && (
        <Modal
          open={reply === undefined}
          title={language === 'zh' ? `批量${act.words.zh}：${count} 件` : `${act.words.en}: ${count} cases`}
          okText={language === 'zh' ? `${act.words.zh} ${count} 件` : `${act.words.en} ${count}`}
          okButtonProps={{ loading: send.isPending }}
          cancelText={say(words.cancel)}
          onCancel={() => start(undefined)}
          onOk={() => {
            setTried(true)
            if (missing.length === 0) send.mutate(act)
          }}
          destroyOnHidden
        >
          <ActForm acts={form} brief={chosen[0]!} />
        </Modal>
      )}
      {act && (
        <Verdicts
          act={act.words}
          reply={reply}
          close={() => {
            setReply(undefined)
            start(undefined)
            selection.clear()
          }}
          again={(numbers) => {
            setReply(undefined)
            start(undefined)
            selection.set(numbers)
          }}
        />
      )}
    </>
  )
}

/** Acts that are open in every one, whose fields can be answered once for all. */
export function commonOf(lists: readonly (readonly OpenStep[])[]): OpenStep[] {
  const [first = [], ...rest] = lists
  return first.filter(
    (step) =>
      step.proceeding === undefined &&
      !step.hindered &&
      step.needs.every((need) => !ONE_BY_ONE.has(need)) &&
      rest.every((list) => list.some((other) => keyOf(other) === keyOf(step) && !other.hindered)),
  )
}
