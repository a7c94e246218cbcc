// The pages of the hotline.

export { pages } from './pages.ts'
