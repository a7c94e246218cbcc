// The door of the files: a store that addresses them by content, and who may see them.

export { createFileStore, filesOf, MAX_BYTES, type FileStore } from './store.ts'
export { cardOf, findFiles, findPrints, keepFile, markRegion, sendFile } from './keep.ts'
export { FileCard, VARIANTS, type Variant } from './contract.ts'
export { filesRoom } from './room.ts'
