// The cases' pages, and what pages of higher rooms show of a case.

import { lazy } from 'react'

export { MyOrders } from './my-orders.tsx'
export type { LedgerShareProps } from './ledgers-page.tsx'
/** The page of ledgers, to be given what a higher room has counted; its code is loaded when it is opened. */
export const loadLedgers = () => import('./ledgers-page.tsx')
export { pages } from './pages.ts'
export { PhotoField } from './photo-field.tsx'
export type { ChosenPlace } from './place-field.tsx'
/** Loaded when it is shown: the apps of phones come through this door too. */
export const PlaceField = lazy(async () => ({ default: (await import('./place-field.tsx')).PlaceField }))
export { proceedingsQuery } from './procedure-queries.ts'
export { caseQuery, casesChanged, listQuery, todoCountsQuery, useLiveCases } from './queries.ts'
export { sayLimit } from './say-limit.ts'
