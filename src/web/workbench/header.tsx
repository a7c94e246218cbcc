import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Dropdown } from 'antd'
import { useRef, useState, type FormEvent } from 'react'
import { useCity, useDivisions } from '../../atlas/web/index.ts'
import { postSignOut } from '../../kernel/access/contract.ts'
import {
  Icon,
  Mark,
  sayClauses,
  sayWeekday,
  setLanguage,
  useAct,
  useKeys,
  useMay,
  useMe,
  useNow,
  useWords,
  wallTime,
} from '../../kernel/web/index.ts'
import { Bell } from '../../messages/web/index.ts'

const words = {
  name: { zh: '城运', en: 'Chengyun' },
  platform: { zh: '城市运行管理服务平台', en: 'operations platform' },
  search: { zh: '案件号、地点、描述、部件编码', en: 'Case number, place, words, component' },
  find: { zh: '查找案件', en: 'Find cases' },
  menu: { zh: '菜单', en: 'Menu' },
  help: { zh: '快捷键', en: 'Keys' },
  language: { zh: 'English', en: '中文' },
  switchLanguage: { zh: 'Switch to English', en: '切换到中文' },
  mine: { zh: '账号、密码与会话', en: 'Account, password, sessions' },
  out: { zh: '退出登录', en: 'Sign out' },
}

interface Props {
  readonly onHelp: () => void
  /** Whether the menu lies open over the page, on a phone. */
  readonly drawn: boolean
  readonly draw: () => void
}

export function Header({ onHelp, drawn, draw }: Props) {
  const { say, language } = useWords()
  const city = useCity()
  const may = useMay()
  const zh = language === 'zh'
  const platform = city ? `${say(city.name)}${zh ? '' : ' '}${say(words.platform)}` : say(words.platform)
  return (
    <header className="top">
      <button type="button" className="bare draw" aria-expanded={drawn} aria-controls="menu" onClick={draw}>
        <Icon name={drawn ? 'close' : 'menu'} size={20} /> {say(words.menu)}
      </button>
      <Link to="/" className="brand">
        <Mark />
        <b>{say(words.name)}</b>
        <i title={platform}>{platform}</i>
      </Link>
      {may('case.read') && <Search />}
      <div className="right">
        <LiveClock />
        <hr />
        <Bell />
        <Person />
        <button
          type="button"
          className="bare"
          lang={zh ? 'en' : 'zh-CN'}
          onClick={() => setLanguage(zh ? 'en' : 'zh')}
          aria-label={say(words.switchLanguage)}
        >
          {say(words.language)}
        </button>
        <button type="button" className="bare" onClick={onHelp} aria-label={say(words.help)} title={say(words.help)}>
          <Icon name="help" size={17} />
        </button>
      </div>
    </header>
  )
}

/** A whole number or its beginning is sought as a number, anything else as words. */
function Search() {
  const { say } = useWords()
  const go = useNavigate()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  useKeys({ '/': () => field.current?.focus() })
  const seek = (event: FormEvent) => {
    event.preventDefault()
    const asked = text.trim()
    if (!asked) return
    const digits = asked.replace(/[\s-]/g, '')
    field.current?.blur()
    setText('')
    if (/^\d{20}$/.test(digits)) return void go({ to: `/cases/${digits}` as never })
    const search = /^\d{8,19}$/.test(digits) ? { number: digits } : { text: asked }
    void go({ to: '/cases' as never, search: search as never })
  }
  return (
    <form className="search" role="search" onSubmit={seek}>
      <Icon name="search" size={15} />
      <input
        ref={field}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        placeholder={say(words.search)}
        aria-label={say(words.find)}
        maxLength={100}
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
  )
}

function LiveClock() {
  const { language } = useWords()
  const { day, time, weekday } = wallTime(useNow())
  return (
    <time className="clock">
      {day} {sayWeekday(weekday, language)} {time}
    </time>
  )
}

function Person() {
  const me = useMe()
  const { say, language } = useWords()
  const divisions = useDivisions()
  const queries = useQueryClient()
  const go = useNavigate()
  const signOut = useAct(postSignOut, {
    done: () => {
      queries.clear()
      queries.setQueryData(['me'], null)
      void go({ to: '/sign-in' as never })
    },
  })
  if (!me) return null
  const post = me.grants[0]
  const place = post && (post.region ? divisions.scope(post.region) : '')
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          {
            key: 'posts',
            type: 'group',
            label:
              sayClauses(
                me.grants.map((grant) => `${say(grant.roleName)} · ${divisions.scope(grant.region)}`),
                language,
              ) || me.account,
          },
          { key: 'me', label: say(words.mine), icon: <Icon name="user" /> },
          { key: 'out', label: say(words.out), icon: <Icon name="out" /> },
        ],
        onClick: ({ key }) => (key === 'me' ? void go({ to: '/me' as never }) : signOut.mutate({} as never)),
      }}
    >
      <button type="button" className="bare person">
        <b>{me.name}</b>
        {post && (
          <span>
            {say(post.roleName)}
            {place && ` · ${place}`}
          </span>
        )}
        <Icon name="down" size={12} />
      </button>
    </Dropdown>
  )
}
