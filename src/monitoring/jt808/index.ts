// JT/T 808: vehicle terminals, in the versions of 2011, 2013 and 2019.

export { FAULTS, type FaultCode } from './fault.ts'
export { isDamaged, readFrame, type Damaged, type Frame, type Header } from './frame.ts'
export type { Authentication, Registration } from './from-terminal.ts'
export { alarmsOf, type Items, type Location } from './location.ts'
export { readHex, readMessage, says, tellFrame, writeMessage, type BodyOf, type KnownId, type Message, type Refused, type Sender } from './message.ts'
export { Parts, PART_LIMITS, type Budget, type PartLimits, type Unfinished } from './parts.ts'
export { REGISTERED, RESULT, TerminalSession, type News, type RegistrationAnswer, type SessionLimits, type TerminalHost } from './session.ts'
export { FrameStream } from './stream.ts'
