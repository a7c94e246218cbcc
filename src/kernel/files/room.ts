import { answer, serve, type Room } from '../room.ts'
import { getFile, postFiles } from './contract.ts'
import { cardOf, filesWhole, keepFile, showFile, sweepFiles } from './keep.ts'

const routes = [
  answer(postFiles, async (ctx, { files }) => {
    for (const file of files) await keepFile(ctx, file)
    return { files: files.map(cardOf) }
  }),
  serve(getFile, (ctx, { params }) => showFile(ctx, params.sha256, params.variant)),
]

/** Photos and documents. */
export const filesRoom = {
  name: 'files',
  title: { zh: '文件', en: 'Files' },
  permits: { 'file.read': { zh: '查看照片与文件', en: 'See photos and files' } },
  tables: { file: 'reference', file_region: 'reference' },
  migrations: new URL('./migrations/', import.meta.url),
  routes,
  jobs: [{ name: 'files.sweep', every: 6 * 3600, run: sweepFiles }],
  checks: [filesWhole],
} satisfies Room
