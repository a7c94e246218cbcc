import type { ReactNode } from 'react'
import { EmptyState, useWords } from '../../kernel/web/index.ts'

const words = { left: { zh: '案件已转出，不再由您查看', en: 'The case has moved on, out of your sight' } }

/** In place of a case that the reader has seen until it was handed on. */
export function CaseLeft({ children }: { children?: ReactNode }) {
  const { say } = useWords()
  return <EmptyState why={say(words.left)}>{children}</EmptyState>
}
