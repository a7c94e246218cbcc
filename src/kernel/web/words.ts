import type { Language, Words } from '../contract.ts'
import { createStore } from './store.ts'

const KEY = 'chengyun.language'
const remembered = (): Language => {
  const asked = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(KEY)
  return asked === 'en' ? 'en' : 'zh'
}

const language = createStore<Language>(remembered())
const mark = (chosen: Language) => void (document.documentElement.lang = chosen === 'zh' ? 'zh-CN' : 'en')
mark(language.get())

export const currentLanguage = language.get

export function setLanguage(chosen: Language): void {
  localStorage.setItem(KEY, chosen)
  mark(chosen)
  language.set(chosen)
}

/** The sentence in the language of the moment, for code that is not a component. */
export const inLanguage = (words: Words): string => words[language.get()]

/** The language of the page and how to say things in it. Chinese first; the switch is remembered. */
export function useWords() {
  const chosen = language.use()
  return { language: chosen, setLanguage, say: (words: Words) => words[chosen] }
}

const clear: Words = { zh: '清除', en: 'Clear' }

/** `allowClear` of a choice: its cross is read aloud in the language of the page. */
export const useClear = (): { label: string } => ({ label: clear[language.use()] })
