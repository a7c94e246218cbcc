import type { Words } from '../../kernel/contract.ts'

// Callers without a name of their own, as the history keeps them.
const nameless: Record<string, Words> = {
  public: { zh: '公众', en: 'the public' },
  import: { zh: '历史导入', en: 'the import of past cases' },
  system: { zh: '平台', en: 'the platform' },
}

export const sayWho = (who: string | null | undefined, say: (words: Words) => string): string =>
  who && nameless[who] ? say(nameless[who]) : (who ?? '')
