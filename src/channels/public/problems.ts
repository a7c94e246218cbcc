import { problem } from '../../kernel/index.ts'

export const reportUnknown = problem(404, 'public.report-unknown', () => ({
  zh: '没有找到这件反映，请核对案号和查询码',
  en: 'No such report; check the number and the query word',
}))
export const guessedTooOften = problem(429, 'public.guessed-too-often', () => ({
  zh: '查询码错误次数过多，请 15 分钟后再试',
  en: 'Too many wrong query words; try again in 15 minutes',
}))
export const photoUnknown = problem(404, 'public.photo-unknown', () => ({ zh: '没有这张照片', en: 'There is no such photo' }))
export const tooManyPhotos = problem(422, 'public.too-many-photos', () => ({ zh: '最多 3 张照片', en: 'At most 3 photos' }))
export const photosOnly = problem(415, 'public.photos-only', () => ({
  zh: '这里只收照片（JPEG、PNG、WebP、HEIC、GIF）',
  en: 'Only photos are taken here (JPEG, PNG, WebP, HEIC, GIF)',
}))
export const outsideCity = problem(422, 'public.outside-city', () => ({ zh: '位置不在本市范围内', en: 'This place lies outside the city' }))
export const notYetRateable = problem(409, 'public.not-yet-rateable', () => ({
  zh: '办结后才能评价',
  en: 'It can be rated once it is closed',
}))

// ── Open311

export const jurisdictionUnknown = problem(404, 'open311.jurisdiction-unknown', ({ id, known }: { id: string; known: string }) => ({
  zh: `没有 jurisdiction_id ${id}，本平台只有 ${known}`,
  en: `jurisdiction_id ${id} was not found; this server knows ${known}`,
}))
export const serviceMissing = problem(400, 'open311.service-missing', () => ({
  zh: '缺少 service_code',
  en: 'service_code was not provided',
}))
export const serviceUnknown = problem(404, 'open311.service-unknown', ({ code }: { code: string }) => ({
  zh: `没有 service_code ${code}`,
  en: `service_code ${code} was not found`,
}))
export const requestUnknown = problem(404, 'open311.request-unknown', ({ id }: { id: string }) => ({
  zh: `没有 service_request_id ${id}`,
  en: `service_request_id ${id} was not found`,
}))
export const tokenUnknown = problem(404, 'open311.token-unknown', ({ id }: { id: string }) => ({
  zh: `没有 token ${id}`,
  en: `token ${id} was not found`,
}))
export const keyWrong = problem(403, 'open311.key-wrong', () => ({
  zh: 'api_key 缺失或无效',
  en: 'api_key is missing or invalid',
}))
export const fieldWrong = problem(400, 'open311.field-wrong', ({ field, why }: { field: string; why: { zh: string; en: string } }) => ({
  zh: `${field} ${why.zh}`,
  en: `${field} ${why.en}`,
}))
