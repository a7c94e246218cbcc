// What words of an article are found by, and how much each says. Pure.

import { wordsOf } from '../../../cases/index.ts'

interface Written {
  readonly question: string
  readonly answer: string
  readonly keywords: readonly string[]
}

const WEIGHTS = { question: 3, keyword: 4, answer: 1 }

/** Words with their weights: what the question and the keywords say counts more than what the answer says. */
export function weighWords({ question, answer, keywords }: Written): Map<string, number> {
  const weights = new Map<string, number>()
  const add = (text: string, weight: number) => {
    for (const word of wordsOf(text)) weights.set(word, Math.max(weights.get(word) ?? 0, weight))
  }
  add(answer, WEIGHTS.answer)
  add(question, WEIGHTS.question)
  for (const keyword of keywords) add(keyword, WEIGHTS.keyword)
  return weights
}

/** Pairs that stand in every question and so say nothing. */
const EMPTY = new Set(['怎么', '么办', '如何', '什么', '哪里', '可以', '需要', '请问', '我们', '你们', '我想', '一下', '这个', '那个', '是不', '不是', '有没', '没有', '应该', '办理', '问题', '反映'])

const MOST_ASKED = 24

/** The words of a question that are worth asking for, at most two dozen. */
export const wordsAsked = (text: string): string[] =>
  wordsOf(text.slice(0, 300))
    .filter((word) => !EMPTY.has(word))
    .slice(0, MOST_ASKED)
