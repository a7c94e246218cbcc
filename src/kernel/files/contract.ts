import { endpoint, Moment, Position, Type, type Static } from '../contract.ts'

export const VARIANTS = ['original', 'thumb', 'public'] as const
export type Variant = (typeof VARIANTS)[number]

export const FileCard = Type.Object({
  sha256: Type.String(),
  name: Type.String(),
  type: Type.String(),
  bytes: Type.Integer(),
  /** From the picture itself, where its camera wrote it. */
  takenAt: Type.Union([Moment, Type.Null()]),
  position: Type.Union([Position, Type.Null()]),
})
export type FileCard = Static<typeof FileCard>

export const postFiles = endpoint({
  method: 'POST',
  path: '/api/files',
  permit: 'signed-in',
  summary: { zh: '上传照片与文档', en: 'Store photos and documents' },
  takes: 'files',
  reply: Type.Object({ files: Type.Array(FileCard) }),
})

export const getFile = endpoint({
  method: 'GET',
  path: '/api/files/:sha256/:variant',
  permit: 'signed-in',
  summary: { zh: '文件、缩略图或公开副本', en: 'A file, its thumbnail or its public copy' },
  params: Type.Object({ sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }), variant: Type.Enum([...VARIANTS]) }),
  gives: 'raw',
})
