import type { Words } from '../../kernel/contract.ts'
import { problem } from '../../kernel/index.ts'

/** `at` is the option and the column in it, such as `$filter:12`. */
export const questionWrong = problem(400, 'sensorthings.question-wrong', ({ at, why }: { at: string; why: Words }) => ({
  zh: `${at}：${why.zh}`,
  en: `${at}: ${why.en}`,
}))
export const tooMuch = problem(400, 'sensorthings.too-much', ({ why }: { why: Words }) => ({ zh: `问得太多：${why.zh}`, en: `Too much at once: ${why.en}` }))
export const notThere = problem(404, 'sensorthings.not-there', ({ what }: { what: string }) => ({ zh: `没有 ${what}`, en: `There is no ${what}` }))
