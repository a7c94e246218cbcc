// What the hotline says over the wire.

export * from './call-contract.ts'
export * from './suggest-contract.ts'
export * from './knowledge/contract.ts'
export * from './orders/contract.ts'
