import { problem } from '../problem.ts'

export const requestInvalid = problem(400, 'http.invalid', () => ({
  zh: '请求内容有误，请按逐项说明修改',
  en: 'The request does not fit; each fault is named',
}))
export const jsonBroken = problem(400, 'http.json-broken', () => ({ zh: '请求正文不是完整的 JSON', en: 'The body is not whole JSON' }))
export const formBroken = problem(400, 'http.form-broken', () => ({ zh: '表单数据不完整或有误', en: 'The form is incomplete or broken' }))
export const textBroken = problem(400, 'http.text-broken', () => ({
  zh: '文字中有不能保存的字符',
  en: 'The text has characters that cannot be stored',
}))
export const addressBroken = problem(400, 'http.address-broken', () => ({ zh: '网址有误', en: 'The address is broken' }))
export const pathUnknown = problem(404, 'http.path-unknown', () => ({ zh: '没有这个地址', en: 'There is nothing at this address' }))
export const methodUnknown = problem(405, 'http.method-not-allowed', ({ allowed }: { allowed: string }) => ({
  zh: `此地址只接受 ${allowed}`,
  en: `This address takes ${allowed} only`,
}))
export const bodyTooLarge = problem(413, 'http.too-large', () => ({ zh: '内容超过大小限制', en: 'This is larger than the limit' }))
export const typeUnknown = problem(415, 'http.type-unknown', ({ taken }: { taken: string }) => ({
  zh: `内容类型须为 ${taken}`,
  en: `The content type must be ${taken}`,
}))
export const tooManyFiles = problem(413, 'http.too-many-files', ({ most }: { most: number }) => ({
  zh: `一次至多 ${most} 个文件`,
  en: `At most ${most} files at once`,
}))
export const originForeign = problem(403, 'http.origin-foreign', () => ({
  zh: '请求来自其他网站，已拒绝',
  en: 'The request comes from another site',
}))
export const tooMany = problem(429, 'http.too-many-requests', ({ seconds }: { seconds: number }) => ({
  zh: `请求过于频繁，请 ${seconds} 秒后再试`,
  en: `Too many requests; try again in ${seconds} seconds`,
}))
export const keyNeeded = problem(400, 'http.key-needed', () => ({
  zh: '写请求须带 Idempotency-Key',
  en: 'A write needs an Idempotency-Key',
}))
export const keyMalformed = problem(400, 'http.key-malformed', () => ({
  zh: 'Idempotency-Key 须为 8 至 128 个可见字符',
  en: 'An Idempotency-Key has 8 to 128 visible characters',
}))
export const keyReused = problem(422, 'http.key-reused', () => ({
  zh: '此 Idempotency-Key 已用于另一请求',
  en: 'This Idempotency-Key was used for another request',
}))
export const refused = problem(400, 'http.refused', () => ({ zh: '请求无法处理', en: 'The request cannot be answered' }))
export const databaseAway = problem(503, 'http.database-away', () => ({
  zh: '数据库暂时不可用，请稍后重试',
  en: 'The database is away for a moment; try again',
}))
export const diskFull = problem(503, 'http.disk-full', () => ({
  zh: '服务器磁盘已满，未保存；请通知系统管理员，稍后重试',
  en: 'The disk of the server is full and nothing was stored; tell the system administrator and try again',
}))
export const closing = problem(503, 'http.closing', () => ({ zh: '服务正在重启，请稍后重试', en: 'The server is restarting; try again' }))
export const broken = problem(500, 'http.broken', ({ requestId }: { requestId: string }) => ({
  zh: `服务器内部错误，已记录，编号 ${requestId}`,
  en: `An internal error; it was recorded as ${requestId}`,
}))
