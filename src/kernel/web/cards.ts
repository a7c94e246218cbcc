import type { TdHTMLAttributes } from 'react'

/** What a cell is called where its row is a card, as `as-cards` draws it on a phone. */
export const headed = (head: string): TdHTMLAttributes<HTMLTableCellElement> => ({ ['data-head' as string]: head })
