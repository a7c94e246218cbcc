import { useEffect, useState, type ReactNode } from 'react'
import { Refused } from './ask.ts'
import { useWords } from './words.ts'

const words = {
  retry: { zh: '重试', en: 'Try again' },
  code: { zh: '代码', en: 'Code' },
  safe: { zh: '已提交的内容没有丢失。', en: 'Nothing already saved is lost.' },
  unknown: { zh: '页面出错了', en: 'The page failed' },
  absent: { zh: '这里没有要找的内容，或它不在您的权限范围内。', en: 'It does not exist, or it lies outside your scope.' },
  loading: { zh: '正在取数', en: 'Loading' },
}

/** Says why there is nothing, and what one can do. */
export function EmptyState({ why, children }: { why: string; children?: ReactNode }) {
  return (
    <div className="state-note">
      <p>{why}</p>
      {children && <div>{children}</div>}
    </div>
  )
}

/** Cause, what is safe, code. What is not there will not be there next time either: `back` leads away from it instead. */
export function ErrorState({ error, retry, back }: { error: unknown; retry?: () => void; back?: ReactNode }) {
  const { say } = useWords()
  const refused = error instanceof Refused ? error : undefined
  const absent = refused?.status === 404
  return (
    <div className="state-note" role="alert">
      <p>
        <b>{refused?.message ?? say(words.unknown)}</b>
      </p>
      <p className="muted">
        {say(absent ? words.absent : words.safe)} {say(words.code)}{' '}
        <code>{refused?.code ?? String((error as Error | undefined)?.message ?? error)}</code>
      </p>
      {absent && back}
      {retry && !absent && (
        <button type="button" className="plain-button" onClick={retry}>
          {say(words.retry)}
        </button>
      )}
    </div>
  )
}

/** Grey lines in place of what is being fetched; not before 200 ms, so that a quick answer never flickers. */
export function Loading({ lines = 6 }: { lines?: number }) {
  const { say } = useWords()
  const [shown, show] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => show(true), 200)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="skeleton" aria-busy="true" aria-label={say(words.loading)} style={shown ? undefined : { visibility: 'hidden' }}>
      {Array.from({ length: lines }, (_, line) => (
        <i key={line} style={{ width: `${92 - ((line * 17) % 40)}%` }} />
      ))}
    </div>
  )
}
