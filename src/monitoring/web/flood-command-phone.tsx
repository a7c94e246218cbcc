import { ErrorState, Loading, useWords } from '../../kernel/web/index.ts'
import { MyFlood, useMyFlood } from './flood-command-duty.tsx'

const words = {
  title: { zh: '防汛值守', en: 'Flood duty' },
  none: { zh: '没有叫应，也没有指令。此页开着，一有叫应即时显示。', en: 'Nobody calls and nothing is ordered. Leave this page open: it shows at once when you are called.' },
}

/** The phone of whoever answers for a flood point or drives a pump truck. */
export default function FloodDutyPage() {
  const { say, language, setLanguage } = useWords()
  const mine = useMyFlood()
  return (
    <div className="phone flood-duty">
      <header className="bar">
        <h1>{say(words.title)}</h1>
        <button type="button" lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
          {language === 'zh' ? 'English' : '中文'}
        </button>
      </header>
      <main>
        {mine.error && mine.items.length === 0 && <ErrorState error={mine.error} retry={() => void mine.refetch()} />}
        {mine.isPending && <Loading lines={4} />}
        {mine.isSuccess && mine.items.length === 0 && <p className="fd-none">{say(words.none)}</p>}
        <MyFlood />
      </main>
    </div>
  )
}
