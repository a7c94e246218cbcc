// The door of the cases: 指挥协调, a case (案卷) from report to close.

export * from './events.ts'
export * from './history-columns.ts'
export { caseKey, type CaseKey } from './number.ts'
export type { CaseBrief, CaseChanges, CaseDetail, CaseFilter, HistoryEntry, Lamp, OpenStep } from './contract.ts'
export type { CaseRow, StepRow, TaskRow } from './tables.ts'
/** `reportCase(ctx, report)` -> `{ number, district, queryWord, state, version, repeated }`. */
export { reportCase, type Report, type Reported } from './report.ts'
/** `takeStep(ctx, key, { step, note?, reason?, … })` -> the row after it. */
export { takeStep, type StepRequest } from './take-step.ts'
/** `answerTask(ctx, { id, district }, { passed, note?, files, position? })` -> the row after it. */
export { answerTask, type Answer } from './answer-task.ts'
/** `myTasks(ctx)` -> open tasks of the caller with their cases, by time left. `findTask(ctx, id)` -> one of them. */
export { findTask, myTasks, type TaskWithCase } from './tasks.ts'
export { findCase, findPublicCase, listCases, listPublicCases, type CaseList } from './list.ts'
export { historyOf } from './history.ts'
export { openSteps } from './open-steps.ts'
export { presentBriefs } from './brief.ts'
/** `findByQueryWord(ctx, number, word)` -> `{ row, steps }`; `rateCase(ctx, number, word, rating, note?)`. */
export { findByQueryWord, rateCase } from './query-word.ts'
export { foldCase } from './fold.ts'
export { maskPersonal } from './mask-personal.ts'
export { wordsFor } from './words-for.ts'
export { currentFlow, flowOf } from './flows.ts'
export { importCases, type ImportOptions, type ImportResult } from './import/import-cases.ts'
/** `takeBatch(ctx, run, rows)` takes rows that are made in the program; `beginImport(system)` once before the first. */
export { beginImport, takeBatch, type SourceRow } from './import/take-batch.ts'
export { readStepsOfImport } from './import/read-steps.ts'
export { readStepsOfDistrict } from './read-history.ts'
export { cases } from './room.ts'
