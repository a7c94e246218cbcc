// Sheets (.xlsx): written as a stream of rows, read row by row. No city words.

export { readSheet, type Cell, type ReadRow } from './read-sheet.ts'
export { readTable, type TableColumn, type TableFault, type TableRead } from './read-table.ts'
export { sheetReply, XLSX } from './sheet-reply.ts'
export { MOST_ROWS, writeSheet, type SheetColumn, type SheetValue } from './write-sheet.ts'
