import type { CaseDetail, Flow, HistoryEntry } from '../contract.ts'

export interface Photo {
  file: HistoryEntry['files'][number]
  entry: HistoryEntry
}

/** Pictures of the case, oldest first: those before it was disposed, and those of the last disposal and after. */
export function photosOf(detail: CaseDetail, flow: Flow | undefined): { all: Photo[]; before: Photo[]; after: Photo[] } {
  const history = detail.history.toSorted((a, b) => a.ordinal - b.ordinal)
  const all = history.flatMap((entry) => entry.files.filter(({ type }) => type.startsWith('image/')).map((file) => ({ file, entry })))
  const disposals = history.filter(({ step }) => flow?.steps[step]?.disposes)
  const first = disposals[0]?.ordinal ?? Infinity
  const last = disposals.at(-1)?.ordinal ?? Infinity
  // What was shown beside the way of the case, by an assisting unit or for a request, is neither before nor after.
  const own = all.filter(({ entry }) => !entry.step.includes('.'))
  return { all, before: own.filter(({ entry }) => entry.ordinal < first), after: own.filter(({ entry }) => entry.ordinal >= last) }
}
