import { problem } from '../problem.ts'

export const notASheet = problem(422, 'sheet.not-a-sheet', () => ({
  zh: '这不是可读的 Excel 文件（.xlsx）',
  en: 'This is not a readable Excel file (.xlsx)',
}))
export const sheetTooLarge = problem(413, 'sheet.too-large', ({ megabytes }: { megabytes: number }) => ({
  zh: `表格展开后超过 ${megabytes} MB，请分成几份`,
  en: `The sheet unfolds to more than ${megabytes} MB; split it`,
}))
