import { getFile, postFiles, type FileCard, type Variant } from '../files/contract.ts'
import { addressOf, ask } from './ask.ts'

export type { FileCard }

export const fileAddress = (sha256: string, variant: Variant): string => addressOf(getFile, { sha256, variant })

/** Stores files before the act that names them, so that the act itself is small and quick to repeat. */
export const storeFiles = async (files: readonly File[]): Promise<FileCard[]> => (await ask(postFiles, { files })).files
