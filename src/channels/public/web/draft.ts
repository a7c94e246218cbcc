import { useEffect, useState } from 'react'
import type { Position } from '../../../kernel/contract.ts'
import { keepFiles, keepText, keptFiles, keptText, makeKey } from '../../../kernel/web/index.ts'
import type { GroupCode } from '../contract.ts'

export type Step = 1 | 2 | 3

/** What was entered so far. It stays on the phone until the server has given a number for it. */
export interface Draft {
  /** Sent with the report: however often it is sent, it is one report. */
  key: string
  step: Step
  position?: Position
  accuracy?: number
  address?: string
  inside?: boolean
  group?: GroupCode
  words?: string
  phone?: string
}

const KEY = 'chengyun.draft'
const FILES = 'draft'

/** The draft of an earlier visit, if anything worth keeping is in it. */
export function keptDraft(): Draft | undefined {
  const draft = keptText<Draft>(KEY)
  return draft && (draft.step > 1 || draft.words || draft.position) ? draft : undefined
}

export function forgetDraft(): void {
  keepText(KEY, undefined)
  void keepFiles(FILES, [])
}

export function useDraft() {
  const [draft, setDraft] = useState<Draft>(() => keptText<Draft>(KEY) ?? { key: makeKey(), step: 1 })
  const [photos, setPhotos] = useState<readonly File[]>([])
  useEffect(() => {
    // A photo taken before the store has answered stays.
    void keptFiles(FILES).then((kept) => setPhotos((now) => (now.length > 0 ? now : kept)))
  }, [])
  const change = (part: Partial<Draft>) =>
    setDraft((old) => {
      const next = { ...old, ...part }
      keepText(KEY, next)
      return next
    })
  const changePhotos = (next: readonly File[]) => {
    setPhotos(next)
    void keepFiles(FILES, next)
    keepText(KEY, draft)
  }
  return { draft, photos, change, changePhotos }
}
