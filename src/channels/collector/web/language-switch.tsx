import { setLanguage, useWords } from '../../../kernel/web/index.ts'

/** The other language, named in itself; what is chosen is remembered on this phone. */
export function LanguageSwitch({ look = 'text' }: { look?: 'text' | 'link' }) {
  const { language } = useWords()
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <button type="button" className={look} lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => setLanguage(other)}>
      {other === 'zh' ? '中文' : 'English'}
    </button>
  )
}
