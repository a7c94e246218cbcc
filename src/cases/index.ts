// The door of the cases: 指挥协调, a case (案卷) from report to close.

export * from './events.ts'
export * from './history-columns.ts'
export { caseKey, type CaseKey } from './number.ts'
export type { CaseBrief, CaseChanges, CaseDetail, CaseFilter, HistoryEntry, Lamp, OpenStep } from './contract.ts'
export type { CaseRow, StepRow, TaskRow } from './tables.ts'
/** `reportCase(ctx, report)` -> `{ number, district, queryWord, state, version, repeated }`. */
export { reportCase, type Report, type Reported } from './report.ts'
/** `takeStep(ctx, key, { step, note?, reason?, … })` -> the row after it. */
export { takeStep } from './take-step.ts'
export type { ActRequest, StepRequest } from './step-request.ts'
/** `noteCase(ctx, key, step, note)`: a step that the house itself adds. */
export { noteCase } from './note-case.ts'
/** `takeAct(ctx, key, { procedure, act, … })`: opens a proceeding (延期, 挂账, 督办 …), or moves one on. */
export { takeAct } from './take-act.ts'
export { answerPart, partsOfCase, type PartAnswer } from './parts.ts'
/** `answerTask(ctx, { id, district }, { passed, note?, files, position? })` -> the row after it. */
export { answerTask, type Answer } from './answer-task.ts'
/** `myTasks(ctx)` -> open tasks of the caller with their cases, by time left. `findTask(ctx, id)` -> one of them. */
export { findTask, myTasks, type TaskWithCase } from './tasks.ts'
export { findCase, findPublicCase, listCases, listPublicCases, type CaseList } from './list.ts'
export { historyOf } from './history.ts'
export { openSteps } from './open-steps.ts'
export { caseDetail } from './detail.ts'
export { presentBriefs } from './brief.ts'
/** `findByQueryWord(ctx, number, word)` -> `{ row, steps }`; `rateCase(ctx, number, word, rating, note?)`. */
export { findByQueryWord, rateCase } from './query-word.ts'
export { proceedingsOf } from './proceedings.ts'
export { wordsOfStep } from './procedure.ts'
export { foldCase } from './fold.ts'
export { originsOf, reporterOf, stepNames } from './contact.ts'
export { maskEmail, maskName } from './mask.ts'
export { maskPersonal } from './mask-personal.ts'
export { maskPhone } from './mask.ts'
export { wordsOf } from './search-words.ts'
/** `reportThroughGate(ctx, report, whence)` -> as `reportCase`, held back where too much comes from there. */
export { FLOOD_WORDS, reportThroughGate, type FloodKind, type Whence } from './gate/report-through-gate.ts'
export { wordsFor } from './words-for.ts'
export { currentFlow, flowOf } from './flows.ts'
export { flowFaults } from './check-flow.ts'
/** `runTrial(ctx, plan, { flow })` -> what another flow or other limits would have made of real cases; touches nothing. */
export { runTrial, type LimitChange, type TrialResult, type Weights } from './trial-run/index.ts'
export { flowKey, follow, hasEnded, type Flow } from './flow.ts'
export { importCases, type ImportOptions, type ImportResult } from './import/import-cases.ts'
/** `takeBatch(ctx, run, rows)` takes rows that are made in the program; `beginImport(system)` once before the first. */
export { beginImport, takeBatch, type SourceRow } from './import/take-batch.ts'
export { readStepsOfImport } from './import/read-steps.ts'
export { readStepsOfDistrict } from './read-history.ts'
/** `reckonClock(question, calendar)` -> a deadline with its extensions and pauses, reckoned as a case would be. */
export { reckonClock, type Question } from './reckon.ts'
export { sayAmount } from './say.ts'
/** The case that goes on in place of one that was merged; the case itself where it was not. */
export { rootOf } from './incident/store.ts'
/** `reportInto(ctx, report, target)`: one more reporter of a known incident. `findCandidates(ctx, draft)` -> what may tell of the same. */
export { reportInto, type ReportedInto } from './incident/merge.ts'
export { findCandidates, type Draft } from './incident/candidates.ts'
/** `moveResponder(ctx, position, accuracy?)` -> how many emergency responses of the caller run: what the position measures of them is kept. */
export { caseResponded, moveResponder, type CaseResponded } from './response/index.ts'
/** How marks are measured, for others who are sent somewhere against a clock. */
export { click, columnsOf, courseOf, expectedAt, hearPosition, marksChanged, receive, stamp, type Course, type CourseColumns } from './response/index.ts'
export { pastSamples } from './past-samples.ts'
export { cases } from './room.ts'
