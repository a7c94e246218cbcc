import type { Page } from '../../kernel/web/index.ts'

export const pages: readonly Page[] = []
