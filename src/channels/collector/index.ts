// The door of the collectors' channel: what comes from the street.

export { default as collectorChannel } from './room.ts'
