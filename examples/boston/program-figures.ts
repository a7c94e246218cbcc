// The program's own figures: read from its statistics, as its overview reads them. Nothing is counted here.

import { readMonths, type MonthLine } from '../../src/gather/index.ts'
import { systemActor, type Kernel } from '../../src/kernel/index.ts'
import type { Cell } from './file-figures.ts'

export interface ProgramFigures {
  readonly byOpening: Map<string, Cell>
  readonly byClosing: Map<string, number>
}

/** `departments`: path of a unit -> the file's name of it. */
export async function readProgramFigures(kernel: Kernel, departments: ReadonlyMap<string, string>): Promise<ProgramFigures> {
  const lines = await kernel.read({ actor: systemActor }, (ctx) => readMonths(ctx, 'unit2'))
  const at = ({ member, month }: MonthLine) => `${departments.get(member) ?? member} ${month}`
  return {
    byOpening: new Map(lines.filter(({ reported }) => reported > 0).map((line) => [at(line), cellOf(line)])),
    byClosing: new Map(lines.filter(({ closed }) => closed > 0).map((line) => [at(line), line.closed])),
  }
}

const cellOf = (line: MonthLine): Cell => ({
  opened: line.reported,
  closed: line.nowClosed,
  open: line.nowOpen,
  inTime: line.nowInTime,
  overdue: line.nowOverdue,
  unjudged: 0,
})
