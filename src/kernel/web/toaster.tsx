import type { Language, Words } from '../contract.ts'
import { Refused } from './ask.ts'
import { Icon } from './icon.tsx'
import { sayClauses, sayLabelled } from './marks.ts'
import { createStore } from './store.ts'
import { currentLanguage, inLanguage, useWords } from './words.ts'

interface Toast {
  id: number
  text: string
  /** What was done was said in it; turned to the other language, the page is not spoiled by a line of the former. */
  language: Language
  code?: string
  failed: boolean
  act?: { name: string; run: () => void }
}

const toasts = createStore<readonly Toast[]>([])
let next = 1

const drop = (id: number) => toasts.set(toasts.get().filter((toast) => toast.id !== id))

/** One line, bottom left, only after the server's commit; gone after 8 seconds. */
export function tell(text: string, act?: Toast['act']): void {
  const id = next++
  toasts.set([...toasts.get().slice(-2), { id, text, language: currentLanguage(), failed: false, ...(act && { act }) }])
  setTimeout(() => drop(id), 8000)
}

const retryWord = { zh: '重试', en: 'Try again' }
const failedWord: Words = { zh: '没有完成', en: 'Not done' }

/** A failure stays until it is closed, with its code and, where the act may be repeated, 重试. */
export function tellFailure(error: unknown, retry?: () => void): void {
  const refused = error instanceof Refused ? error : undefined
  const act = retry && { name: inLanguage(retryWord), run: retry }
  const language = currentLanguage()
  const message = refused?.message || inLanguage(failedWord)
  const faults = sayClauses(refused?.faults.map(({ reason }) => reason) ?? [], language)
  const text = faults ? sayLabelled(message, faults, language) : message
  toasts.set([...toasts.get().slice(-2), { id: next++, text, language, code: refused?.code ?? 'web.bug', failed: true, ...(act && { act }) }])
}

export function Toaster() {
  const { say, language } = useWords()
  const shown = toasts.use().filter((toast) => toast.failed || toast.language === language)
  return (
    <div className="toaster" role="status" aria-live="polite">
      {shown.map((toast) => (
        <div key={toast.id} data-failed={toast.failed || undefined}>
          <span>
            {toast.text}
            {toast.code && <code>{toast.code}</code>}
          </span>
          {toast.act && (
            <button
              type="button"
              onClick={() => {
                drop(toast.id)
                toast.act?.run()
              }}
            >
              {toast.act.name}
            </button>
          )}
          <button type="button" aria-label={say({ zh: '关闭', en: 'Close' })} onClick={() => drop(toast.id)}>
            <Icon name="close" size={14} />
          </button>
        </div>
      ))}
    </div>
  )
}
