// The door of the public channel: the portal's and the open standards' way to report.

export { default as publicChannel } from './room.ts'
