// The door of the log: what happened (events), who is told of it (pump, streams), and who did it (audit).

export { flushOutbox, findAnswer, type RememberedAnswer } from './outbox.ts'
export { lagOf, readLags, startPump, type Pump, type ListenerLag } from './pump.ts'
export { createHub, hubOf, type StreamHub } from './hub.ts'
export { startSealer, type Sealer } from './seal.ts'
export { raiseEpoch } from './window.ts'
export { findAuditEntries, type AuditEntry, type AuditFilter } from './audit.ts'
export type { LogHost } from './host.ts'
export { logRoom } from './room.ts'
