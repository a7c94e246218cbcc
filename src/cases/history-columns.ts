// The columns of a city pack's history.csv: past cases with their own times, one row a case. Read by the importer, written by makers.

/** Times as ISO 8601 with zone. An empty time: it did not happen. Order of the moments within a row must not go back. */
export const HISTORY_COLUMNS = [
  'key', // of the source system; the same key is never taken twice
  'source', // code of the dictionary `source`
  'category', // <version>.<c|m>.<code>
  'district', // 6 digits; needed only where there is no position
  'longitude',
  'latitude',
  'address',
  'description',
  'component', // code of the component, if the case is about one
  'condition', // id of the filing condition
  'unit', // code of the responsible unit
  'reported_at',
  'accepted_at',
  'verified_at', // 核实 found it so
  'established_at',
  'dispatched_at',
  'due_at', // deadline of the disposal; reckoned from condition, grade and calendar where it is empty
  'returned_at', // 回退: by the first unit, before `dispatched_at`
  'disposed_at',
  'reworked_at', // 返工: one failed check, before `disposed_at`
  'checked_at', // 核查 passed
  'closed_at',
  'declined_at',
  'voided_at',
  'self_disposed_at',
  'reason', // code: of declining, voiding or returning
  'reporter', // account of the person who reported, '' for the public
  'collector', // account of the collector who checked
  'operator', // account of who accepted, established and closed
  'handler', // account of who disposed
  'dispatcher', // account of who dispatched
  'note', // what the unit said when it had disposed
  'rating', // 1 … 5
] as const

export type HistoryColumn = (typeof HISTORY_COLUMNS)[number]
export type HistoryRow = Partial<Record<HistoryColumn, string>>
