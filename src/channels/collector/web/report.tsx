import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Position } from '../../../kernel/contract.ts'
import {
  ask,
  askHere,
  go,
  Icon,
  keepFiles,
  keepText,
  keptFiles,
  keptText,
  makeKey,
  PhotoButton,
  PhotoStrip,
  Refused,
  sayLabelled,
  useWords,
  type Here,
} from '../../../kernel/web/index.ts'
import { postCollectorReport } from '../contract.ts'
import { ConditionChoice } from './condition-choice.tsx'
import { Frame } from './frame.tsx'
import { PlacePart } from './place-part.tsx'
import { rememberCategory, WhatPart, type What } from './what-part.tsx'
import { T } from './texts.ts'

interface Draft {
  key: string
  position?: Position
  what?: What
  condition?: string
  words?: string
  self?: boolean
}

const KEY = 'chengyun.collector-draft'
const FILES = 'collector-draft'
const MOST = 6

/** One page from the street: photos, place, what it is by the component that stands there, and whether it is already put right. */
export function ReportPage() {
  const { say, language } = useWords()
  const queries = useQueryClient()
  const [draft, setDraft] = useState<Draft>(() => keptText<Draft>(KEY) ?? { key: makeKey() })
  const [photos, setPhotos] = useState<readonly File[]>([])
  const [moveTo, setMoveTo] = useState<{ position: Position }>()
  const [fault, setFault] = useState<string>()
  useEffect(() => void keptFiles(FILES).then((kept) => setPhotos((now) => (now.length > 0 ? now : kept))), [])

  const change = (part: Partial<Draft>) => {
    setFault(undefined)
    setDraft((old) => {
      const next = { ...old, ...part }
      keepText(KEY, next)
      return next
    })
  }
  const changePhotos = (next: readonly File[]) => {
    setFault(undefined)
    setPhotos(next)
    void keepFiles(FILES, next)
  }
  const arrive = ({ position }: Here) => {
    change({ position })
    setMoveTo({ position })
  }
  useEffect(() => {
    if (!draft.position) void askHere().then(arrive, () => undefined)
  }, [])

  const send = useMutation({
    mutationFn: () => {
      const { key, position, what, condition, words, self } = draft
      const body = {
        key,
        category: what!.category,
        lng: position![0],
        lat: position![1],
        ...(what!.component && { component: what!.component }),
        ...(condition && { condition }),
        ...(words?.trim() && { words: words.trim() }),
        ...(self && { selfDisposed: true }),
      }
      return ask(postCollectorReport, { body, files: photos, key })
    },
    onSuccess: () => {
      if (draft.what) rememberCategory(draft.what)
      keepText(KEY, undefined)
      void keepFiles(FILES, [])
      void queries.invalidateQueries()
      go('/collector/records?done=1', { replace: true })
    },
  })

  const missing = (): string | undefined => {
    if (photos.length === 0) return say(T.needPhoto)
    if (draft.self && photos.length < 2) return say(T.needTwo)
    if (!draft.position) return say(T.needPlace)
    return draft.what ? undefined : say(T.needWhat)
  }
  const submit = () => {
    const found = missing()
    setFault(found)
    if (!found) send.mutate()
  }
  const refusal = send.error instanceof Refused ? send.error.message : String(send.error)
  const message = fault ?? (send.error && sayLabelled(say(T.notSent), refusal, language))
  return (
    <Frame title={say(T.report)} back>
      <PlacePart
        position={draft.position}
        settle={(position) => change({ position })}
        moveTo={moveTo}
        find={() => void askHere().then(arrive, () => undefined)}
      />
      <div className="body">
        {photos.length > 0 && <PhotoStrip files={photos} drop={(index) => changePhotos(photos.filter((_, at) => at !== index))} />}
        {photos.length < MOST && (
          <PhotoButton className="snap" take={(files) => changePhotos([...photos, ...files].slice(0, MOST))}>
            <Icon name="photo" size={30} />
            <span>
              <b>{say(T.camera)}</b>
              <small>{say(draft.self ? T.needTwo : T.snapVerify)}</small>
            </span>
            <em>
              {photos.length} / {draft.self ? 2 : 1}
            </em>
          </PhotoButton>
        )}
        <WhatPart position={draft.position} what={draft.what} choose={(what) => change({ what, condition: undefined })} />
        {draft.what && (
          <ConditionChoice category={draft.what.category} chosen={draft.condition} choose={(condition) => change({ condition })} />
        )}
        <div className="field">
          <label htmlFor="words">{say(T.words)}</label>
          <textarea
            id="words"
            maxLength={1000}
            style={{ minHeight: 72 }}
            value={draft.words ?? ''}
            onChange={(event) => change({ words: event.target.value })}
          />
        </div>
        <div className="self">
          <input id="self" type="checkbox" checked={draft.self ?? false} onChange={(event) => change({ self: event.target.checked })} />
          <label htmlFor="self">
            {say(T.self)}
            <small>{say(T.selfHint)}</small>
          </label>
        </div>
      </div>
      <div className="thumb">
        {message && (
          <p className="fault" role="alert" style={{ margin: '0 0 8px', textAlign: 'center' }}>
            {message}
          </p>
        )}
        <button type="button" className="button" disabled={send.isPending} onClick={submit}>
          {say(send.isPending ? T.sending : draft.self ? T.sendSelf : T.send)}
        </button>
      </div>
    </Frame>
  )
}
