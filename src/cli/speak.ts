import type { Fault, Language, Words } from '../kernel/index.ts'

/** The terminal's language. */
export const language: Language = /^zh/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || 'zh') ? 'zh' : 'en'

export const speak = (words: Words): string => words[language]

export const print = (line: string): void => void process.stdout.write(`${line}\n`)

/** Beside the output, so that this can be piped on. */
export const note = (line: string): void => void process.stderr.write(`${line}\n`)

export function printFaults(faults: readonly Fault[]): void {
  for (const { at, reason } of faults) print(`${at}  ${speak(reason)}`)
}

/** Counts as lines, with the numbers under each other. */
export function printCounts(counts: Readonly<Record<string, number>>): void {
  const width = Math.max(...Object.values(counts).map((count) => String(count).length))
  for (const [name, count] of Object.entries(counts)) print(`${String(count).padStart(width)}  ${name}`)
}
