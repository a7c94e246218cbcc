import { problem } from '../problem.ts'

export const fileTooLarge = problem(413, 'files.too-large', ({ megabytes }: { megabytes: number }) => ({
  zh: `文件超过 ${megabytes} MB`,
  en: `The file is larger than ${megabytes} MB`,
}))
export const fileEmpty = problem(422, 'files.empty', () => ({ zh: '文件是空的', en: 'The file is empty' }))
export const typeRefused = problem(415, 'files.type-refused', ({ type }: { type: string }) => ({
  zh: `不接受此类文件（${type}）；可用 JPEG、PNG、WebP、HEIC、GIF、PDF、DOCX、XLSX、MP4`,
  en: `Files of this type (${type}) are not taken; JPEG, PNG, WebP, HEIC, GIF, PDF, DOCX, XLSX and MP4 are`,
}))
export const fileDamaged = problem(422, 'files.damaged', () => ({
  zh: '图片不完整或已损坏，请重新拍摄或上传',
  en: 'The picture is incomplete or damaged; take or send it again',
}))
export const pictureTooLarge = problem(413, 'files.picture-too-large', ({ megapixels }: { megapixels: number }) => ({
  zh: `图片超过 ${megapixels} 百万像素，请缩小后再传`,
  en: `The picture has more than ${megapixels} million pixels; make it smaller`,
}))
export const fileUnknown = problem(404, 'files.unknown', () => ({ zh: '没有这个文件', en: 'There is no such file' }))
export const noPicture = problem(415, 'files.no-picture', () => ({
  zh: '此类文件没有缩略图或公开副本',
  en: 'Files of this type have no thumbnail and no public copy',
}))
export const storeFull = problem(507, 'files.store-full', () => ({
  zh: '存储空间已满，文件没有保存',
  en: 'The store is full; the file was not kept',
}))
