import { problem } from '../../kernel/index.ts'

export const photoNeeded = problem(422, 'collector.photo-needed', () => ({
  zh: '至少要有一张现场照片',
  en: 'At least one photo from the place is needed',
}))
export const twoPhotosNeeded = problem(422, 'collector.two-photos-needed', () => ({
  zh: '自行处置要有处理前、后各一张照片',
  en: 'Fixed on the spot needs a photo from before and one from after',
}))
export const photosOnly = problem(415, 'collector.photos-only', () => ({ zh: '这里只收照片', en: 'Only photos are taken here' }))
export const taskUnknown = problem(404, 'collector.task-unknown', () => ({ zh: '没有这项任务', en: 'There is no such task' }))
