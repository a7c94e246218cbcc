import { useWords } from '../../kernel/web/index.ts'
import type { Words } from '../../kernel/contract.ts'

const LEVELS: readonly (readonly [least: number, words: Words])[] = [
  [0.85, { zh: '把握高', en: 'sure' }],
  [0.6, { zh: '把握中', en: 'fairly sure' }],
  [0, { zh: '把握低', en: 'unsure' }],
]

const means = { zh: '按依据的种类与贴近程度给出，不是统计比例', en: 'By the kind and closeness of the ground; no measured share' }

/** How far an answer can be trusted: a word, and the number that puts answers in order. */
export function Confidence({ value }: { value: number }) {
  const { say } = useWords()
  const [, words] = LEVELS.find(([least]) => value >= least)!
  return (
    <span className="confidence" title={say(means)}>
      {say(words)} {value.toFixed(2)}
    </span>
  )
}
