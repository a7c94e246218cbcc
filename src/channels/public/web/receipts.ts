import { createStore, keepText, keptText } from '../../../kernel/web/index.ts'

/** A report made, or a case followed, on this phone; nothing of it is asked again. */
export interface Receipt {
  number: string
  /** Absent for a case that was only followed. */
  word?: string
  what: string
  address: string
  at: string
}

const KEY = 'chengyun.receipts'
const MOST = 30
const receipts = createStore<readonly Receipt[]>(keptText<Receipt[]>(KEY) ?? [])

function keep(next: readonly Receipt[]): void {
  receipts.set(next.slice(0, MOST))
  keepText(KEY, receipts.get())
}

export const useReceipts = receipts.use
export const addReceipt = (receipt: Receipt): void => keep([receipt, ...receipts.get().filter(({ number }) => number !== receipt.number)])
export const dropReceipt = (number: string): void => keep(receipts.get().filter((receipt) => receipt.number !== number))
export const wordOf = (number: string): string | undefined => receipts.get().find((receipt) => receipt.number === number)?.word
