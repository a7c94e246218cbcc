import { COLUMNS, type Cell, type Column, type FileFigures } from './file-figures.ts'
import type { ProgramFigures } from './program-figures.ts'

const SHOWN = ['opened', 'closed', 'open', 'inTime', 'overdue'] as const satisfies readonly Column[]
const HEADS: Record<(typeof SHOWN)[number], string> = {
  opened: 'opened',
  closed: 'closed',
  open: 'still open',
  inTime: 'in time',
  overdue: 'overdue',
}
const NONE: Cell = { opened: 0, closed: 0, open: 0, inTime: 0, overdue: 0, unjudged: 0 }
const WIDTH = 20

/** Prints both sides of each department and month; true if every difference is explained by rows of the file. */
export function printComparison(file: FileFigures, program: ProgramFigures): boolean {
  console.log('\nBy department and month of opening: the program / the file (difference)')
  console.log(['department'.padEnd(11), 'month'.padEnd(8), ...SHOWN.map((column) => HEADS[column].padStart(WIDTH))].join(''))
  const keys = [...new Set([...file.byOpening.keys(), ...program.byOpening.keys()])].sort()
  let unexplained = 0
  let explained = 0
  for (const key of keys) {
    const theirs = file.byOpening.get(key) ?? NONE
    const ours = program.byOpening.get(key) ?? NONE
    const cells = SHOWN.map((column) => side(ours[column], theirs[column]))
    console.log([...splitKey(key), ...cells.map((cell) => cell.padStart(WIDTH))].join(''))
    // A row that the file leaves unjudged is judged by its own target and closing time.
    const judged = ours.inTime - theirs.inTime + (ours.overdue - theirs.overdue)
    const plain = (['opened', 'closed', 'open'] as const).every((column) => ours[column] === theirs[column])
    if (!plain || judged !== theirs.unjudged || ours.inTime < theirs.inTime || ours.overdue < theirs.overdue) unexplained++
    else explained += theirs.unjudged
  }
  printTotals(file, program)
  printUnjudged(file)
  const closing = printClosing(file, program)
  console.log(`\nresult   ${unexplained} unexplained differences by opening, ${closing} by closing; ${explained} rows explain the others`)
  return unexplained === 0 && closing === 0
}

const side = (ours: number, theirs: number) => `${ours} / ${theirs} (${ours - theirs === 0 ? '0' : signed(ours - theirs)})`
const signed = (n: number) => (n > 0 ? `+${n}` : String(n))

function splitKey(key: string): string[] {
  const at = key.lastIndexOf(' ')
  return [key.slice(0, at).padEnd(11), key.slice(at + 1).padEnd(8)]
}

function printTotals(file: FileFigures, program: ProgramFigures): void {
  const total = (cells: Iterable<Cell>) => {
    const sum = { ...NONE }
    for (const cell of cells) for (const column of COLUMNS) sum[column] += cell[column]
    return sum
  }
  const theirs = total(file.byOpening.values())
  const ours = total(program.byOpening.values())
  console.log(['all'.padEnd(19), ...SHOWN.map((column) => side(ours[column], theirs[column]).padStart(WIDTH))].join(''))
}

function printUnjudged({ unjudged }: FileFigures): void {
  if (unjudged.length === 0) return
  console.log(`\n${unjudged.length} rows have no value in the column ontime; the program judges them by their own times:`)
  for (const { key, department, opened, target, closed } of unjudged) {
    console.log(`  ${key} ${department.padEnd(5)} opened ${opened}  due ${target || '-'}  closed ${closed || 'still open'}`)
  }
}

/** By the month in which it was closed; printed where it differs, and as one line where all is equal. */
function printClosing(file: FileFigures, program: ProgramFigures): number {
  const keys = [...new Set([...file.byClosing.keys(), ...program.byClosing.keys()])].sort()
  const differing = keys.filter((key) => (file.byClosing.get(key) ?? 0) !== (program.byClosing.get(key) ?? 0))
  const sum = [...file.byClosing.values()].reduce((all, n) => all + n, 0)
  console.log(`\nBy department and month of closing: ${keys.length} cells, ${sum} closed, ${differing.length} differences`)
  for (const key of differing) {
    console.log(`  ${splitKey(key).join('')} ${side(program.byClosing.get(key) ?? 0, file.byClosing.get(key) ?? 0)}`)
  }
  return differing.length
}
