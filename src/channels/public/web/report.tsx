import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { ask, Refused, useWords } from '../../../kernel/web/index.ts'
import { GROUPS, postReport } from '../contract.ts'
import { forgetDraft, useDraft, type Step } from './draft.ts'
import { Frame } from './frame.tsx'
import { PhotoStep } from './photo-step.tsx'
import { PlaceStep } from './place-step.tsx'
import { ReceiptPage, type Sent } from './receipt.tsx'
import { addReceipt } from './receipts.ts'
import { T } from './texts.ts'
import { WordsStep } from './words-step.tsx'

/** Photo, place, words: three screens, of which only the place must be filled in. */
export function Report() {
  const { say, language } = useWords()
  const form = useDraft()
  const { draft, photos, change } = form
  const [sent, setSent] = useState<Sent>()
  const top = useRef<HTMLOListElement>(null)

  const send = useMutation({
    mutationFn: () => {
      const { key, position, accuracy, group, words, phone } = draft
      const body = {
        key,
        lng: position![0],
        lat: position![1],
        ...(accuracy !== undefined && { accuracy }),
        ...(group && { group }),
        ...(words?.trim() && { words: words.trim() }),
        ...(phone?.trim() && { phone: phone.trim() }),
      }
      return ask(postReport, { body, files: photos, key })
    },
    onSuccess: (receipt) => {
      const what = draft.words?.trim().slice(0, 24) || GROUPS[draft.group ?? 'other'].name[language]
      addReceipt({ number: receipt.number, word: receipt.word, what, address: receipt.address, at: receipt.reportedAt })
      forgetDraft()
      setSent(receipt)
      window.scrollTo(0, 0)
    },
    onError: () => top.current?.scrollIntoView(),
  })

  if (sent) return <ReceiptPage sent={sent} />
  const turn = (step: Step) => {
    change({ step })
    window.scrollTo(0, 0)
  }
  const steps = [T.photoStep, T.placeStep, T.wordsStep]
  return (
    <Frame title={say(T.report)} foot={false}>
      <ol className="steps" ref={top}>
        {steps.map((name, index) => (
          <li
            key={name.en}
            className={index + 1 === draft.step ? 'now' : index + 1 < draft.step ? 'done' : ''}
            aria-current={index + 1 === draft.step ? 'step' : undefined}
          >
            {index + 1} {say(name)}
          </li>
        ))}
      </ol>
      {send.error && <Failure error={send.error} />}
      {draft.step === 1 && <PhotoStep photos={photos} changePhotos={form.changePhotos} next={() => turn(2)} />}
      {draft.step === 2 && <PlaceStep draft={draft} change={change} next={() => turn(3)} />}
      {draft.step === 3 && (
        <WordsStep draft={draft} photos={photos.length} change={change} turn={turn} sending={send.isPending} send={() => send.mutate()} />
      )}
    </Frame>
  )
}

/** What went wrong, that nothing is lost, and the code; what was typed stays where it is. */
function Failure({ error }: { error: Error }) {
  const { say } = useWords()
  const refused = error instanceof Refused ? error : undefined
  return (
    <div className="body" style={{ flex: 'none', paddingBottom: 0 }}>
      <div className="faults" role="alert">
        <b>{say(T.failed)}</b>
        {refused?.message && <p>{refused.message}</p>}
        {refused?.faults.map(({ at, reason }) => (
          <p key={at}>{reason}</p>
        ))}
        <p>{say(T.kept)}</p>
        <code>{refused?.code ?? 'web.bug'}</code>
      </div>
    </div>
  )
}
