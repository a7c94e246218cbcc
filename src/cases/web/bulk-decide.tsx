import { useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useAct, useWords } from '../../kernel/web/index.ts'
import { postBulk, type OpenStep, type ProceedingListed } from '../contract.ts'
import type { Selection } from './use-selection.ts'
import { Verdicts, type BulkReply } from './verdicts.tsx'

const words = {
  note: { zh: '说明（对全部所选）', en: 'A note for all of them' },
  clear: { zh: '取消选择', en: 'Clear' },
  none: { zh: '所选程序没有共同可办的动作，请选同一类。', en: 'Those selected have no act in common; select one kind.' },
  need: { zh: '请填写说明', en: 'Write a note' },
}

/** Acts that are open on every one of those chosen and ask for no more than a note. */
export function commonActs(chosen: readonly ProceedingListed[]): OpenStep[] {
  const [first, ...rest] = chosen
  return (first?.acts ?? []).filter(
    (act) => act.needs.every((need) => need === 'note') && rest.every(({ acts }) => acts.some(({ step }) => step === act.step)),
  )
}

/** One decision for several requests of a kind; each has its own verdict. */
export function BulkDecide({ chosen, selection }: { chosen: readonly ProceedingListed[]; selection: Selection }) {
  const { say, language } = useWords()
  const queries = useQueryClient()
  const [note, setNote] = useState('')
  const [act, setAct] = useState<OpenStep>()
  const [lacks, setLacks] = useState(false)
  const [reply, setReply] = useState<BulkReply>()
  const send = useAct(postBulk, {
    done: (answer) => {
      setReply(answer)
      setNote('')
      void queries.invalidateQueries({ queryKey: ['cases'] })
    },
  })
  const open = commonActs(chosen)
  const decide = (each: OpenStep) => {
    const missing = each.needs.includes('note') && note.trim() === ''
    setLacks(missing)
    if (missing) return
    setAct(each)
    const cases = chosen.map(({ number, case: { version } }) => ({ number, version }))
    send.mutate({ body: { procedure: each.procedure!, act: each.act!, ...(note.trim() && { note: note.trim() }), cases } })
  }
  return (
    <>
      {chosen.length > 0 && (
        <div className="bulk-bar" role="region" aria-live="polite">
          <b>{language === 'zh' ? `已选 ${chosen.length} 项` : `${chosen.length} selected`}</b>
          {open.length === 0 ? (
            <span className="muted small">{say(words.none)}</span>
          ) : (
            <>
              <Input
                value={note}
                onChange={(event) => setNote(event.target.value)}
                placeholder={say(words.note)}
                aria-label={say(words.note)}
                maxLength={1000}
                style={{ maxWidth: 360 }}
                {...(lacks && { status: 'error' as const })}
              />
              {open.map((each) => (
                <Button key={each.step} {...(each.primary && { type: 'primary' as const })} loading={send.isPending && act === each} onClick={() => decide(each)}>
                  {say(each.words)} {chosen.length}
                </Button>
              ))}
              {lacks && (
                <span className="fault" role="alert">
                  {say(words.need)}
                </span>
              )}
            </>
          )}
          <button type="button" className="link" onClick={selection.clear}>
            {say(words.clear)}
          </button>
        </div>
      )}
      {act && (
        <Verdicts
          act={act.words}
          reply={reply}
          close={() => {
            setReply(undefined)
            selection.clear()
          }}
          again={(numbers) => {
            selection.set(chosen.filter(({ number }) => numbers.includes(number)).map(({ id }) => id))
            setReply(undefined)
          }}
        />
      )}
    </>
  )
}
