// The door of messages (告知): who is told what, by which way, once.

export * from './events.ts'
export { AUDIENCES, CHANNELS, type Audience, type Channel, type Rule } from './rule.ts'
/** `writeMessages(ctx, drafts)` -> the rows that were not there before; they are sent after the commit. */
export { writeMessages, type Draft } from './write.ts'
/** How a receiver of pushes checks one. */
export { isOurs, signatureOf } from './signature.ts'
export { messages } from './room.ts'
