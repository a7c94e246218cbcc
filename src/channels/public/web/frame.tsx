import { useEffect, type ReactNode } from 'react'
import { createStore, goBack, Icon, keepText, keptText, Mark, setLanguage, To, useWords } from '../../../kernel/web/index.ts'
import { useCity } from './city.ts'
import { T } from './texts.ts'

const BIG = 'chengyun.big'
const big = createStore(keptText<boolean>(BIG) === true)
const mark = (on: boolean) => void document.documentElement.toggleAttribute('data-big', on)
mark(big.get())

/** 大字: larger text and targets, remembered on this phone. */
function BigSwitch() {
  const { say } = useWords()
  const on = big.use()
  const turn = () => {
    big.set(!on)
    mark(!on)
    keepText(BIG, on ? undefined : true)
  }
  return (
    <button type="button" className="pill" aria-pressed={on} onClick={turn}>
      {say(T.big)}
    </button>
  )
}

function LanguageSwitch() {
  const { language } = useWords()
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <button type="button" className="pill" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => setLanguage(other)}>
      {other === 'zh' ? '中文' : 'English'}
    </button>
  )
}

/** Header, page and the help line at the foot: 12345 stands in the same place on every page. */
export function Frame({
  title,
  home = false,
  flat = false,
  foot = true,
  children,
}: {
  title?: string
  home?: boolean
  flat?: boolean
  foot?: boolean
  children: ReactNode
}) {
  const { say, language } = useWords()
  const city = useCity()
  const name = city ? `${city.name[language]}${language === 'zh' ? '' : ' · '}${say(T.city)}` : say(T.city)
  useEffect(() => void (document.title = title ? `${title} · ${name}` : name), [title, name])
  return (
    <div className="phone portal">
      <header className={`bar${flat ? ' flat' : ''}`}>
        {home ? (
          <To href="/" className="brand" aria-label={name}>
            <Mark size={30} />
          </To>
        ) : (
          <button type="button" className="back" aria-label={say(T.back)} onClick={() => goBack('/')}>
            <Icon name="left" size={28} />
          </button>
        )}
        <h1>{home ? name : title}</h1>
        {home && <LanguageSwitch />}
        <BigSwitch />
      </header>
      <main>{children}</main>
      {foot && (
        <footer className="foot">
          <Call />
        </footer>
      )}
    </div>
  )
}

export function Call() {
  const { say } = useWords()
  return (
    <a className="link" href="tel:12345">
      <Icon name="phone" size={20} />
      {say(T.call)}
    </a>
  )
}
