import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Form, Input, Select } from 'antd'
import { useEffect, useState, type MouseEvent } from 'react'
import { groupNumber, makeKey, tell, useAct, useWords, type FileCard } from '../../kernel/web/index.ts'
import { CategoryField } from '../../registry/web/index.ts'
import { SOURCES } from '../../registry/contract.ts'
import { postCase } from '../contract.ts'
import { PhotoField } from './photo-field.tsx'
import { PlaceField, type ChosenPlace } from './place-field.tsx'
import { Alike } from './alike.tsx'
import './case-parts.css'
import './register.css'

const words = {
  title: { zh: '登记案件', en: 'Register a case' },
  lead: { zh: '热线、媒体、领导交办等来源的问题，在此建单', en: 'For what comes in by the hotline, the media, the leadership' },
  source: { zh: '来源', en: 'Source' },
  description: { zh: '问题描述', en: 'What is wrong' },
  descriptionHelp: { zh: '一句话说清什么东西怎么了，影响谁', en: 'In a sentence: what, how, whom it hinders' },
  category: { zh: '类别', en: 'Category' },
  place: { zh: '位置', en: 'Place' },
  photos: { zh: '照片', en: 'Photos' },
  reporter: { zh: '反映人', en: 'Reporter' },
  name: { zh: '姓名', en: 'Name' },
  phone: { zh: '电话', en: 'Phone' },
  optional: { zh: '（可不填）', en: ' (optional)' },
  privacy: { zh: '只有受理岗可见，其他人看到的是隐去后的内容。', en: 'Only those who accept cases see this; others see it masked.' },
  send: { zh: '建单', en: 'Register' },
  needDescription: { zh: '请填写问题描述', en: 'Say what is wrong' },
  needCategory: { zh: '请选择类别', en: 'Choose a category' },
  needPlace: { zh: '请选择位置', en: 'Choose the place' },
  faults: { zh: '还差以下内容：', en: 'Still missing:' },
  done: { zh: '已建单', en: 'Registered' },
  query: { zh: '查询码', en: 'Query word' },
  tellThem: {
    zh: '请把案件号和查询码告诉反映人，凭此可查进度。',
    en: 'Give the number and the query word to the reporter, who can follow the case with them.',
  },
  open: { zh: '打开案件', en: 'Open the case' },
  again: { zh: '再登记一件', en: 'Register another' },
}

interface Draft {
  source: string
  description: string
  category?: string
  name: string
  phone: string
}

const KEY = 'chengyun.register'
const FRESH: Draft = { source: 'hotline', description: '', name: '', phone: '' }
// Kept for this window alone: it holds what a citizen said.
const kept = (): Draft => ({ ...FRESH, ...(JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<Draft>) })

export default function RegisterPage() {
  const { say } = useWords()
  const queries = useQueryClient()
  const [draft, setDraft] = useState(kept)
  const [place, setPlace] = useState<ChosenPlace>()
  const [files, setFiles] = useState<FileCard[]>([])
  const [tried, setTried] = useState(false)
  const [key, setKey] = useState(makeKey)
  useEffect(() => sessionStorage.setItem(KEY, JSON.stringify(draft)), [draft])
  const set = (change: Partial<Draft>) => setDraft((old) => ({ ...old, ...change }))
  const send = useAct(postCase, {
    done: ({ number }) => {
      tell(`${say(words.done)} ${groupNumber(number)}`)
      void queries.invalidateQueries({ queryKey: ['cases'] })
    },
  })

  const faults = [
    !draft.description.trim() && { field: 'description', text: say(words.needDescription) },
    !draft.category && { field: 'category', text: say(words.needCategory) },
    !place && { field: 'place', text: say(words.needPlace) },
  ].filter((fault) => fault !== false)
  const faultOf = (field: string) => (tried ? faults.find((fault) => fault.field === field)?.text : undefined)
  const submit = () => {
    setTried(true)
    if (faults.length > 0) return document.getElementById('register-faults')?.focus()
    const reporter = { ...(draft.name.trim() && { name: draft.name.trim() }), ...(draft.phone.trim() && { phone: draft.phone.trim() }) }
    send.mutate({
      body: {
        source: draft.source,
        category: draft.category!,
        description: draft.description.trim(),
        position: place!.position,
        ...(place!.address && { address: place!.address }),
        ...(place!.component && { componentCode: place!.component }),
        ...(files.length > 0 && { files: files.map(({ sha256 }) => sha256) }),
        ...(Object.keys(reporter).length > 0 && { reporter }),
        key,
      },
    })
  }
  const again = () => {
    setDraft({ ...FRESH, source: draft.source })
    setPlace(undefined)
    setFiles([])
    setTried(false)
    setKey(makeKey())
    send.reset()
  }

  if (send.data) {
    return (
      <div className="page narrow">
        <section className="card pad registered">
          <h1>{say(words.done)}</h1>
          <p className="big number">{groupNumber(send.data.number)}</p>
          <p>
            {say(words.query)} <b className="number">{send.data.queryWord}</b>
          </p>
          <p className="muted">{say(words.tellThem)}</p>
          <p className="buttons">
            <Link to={`/cases/${send.data.number}` as never} className="plain-button">
              {say(words.open)}
            </Link>
            <Button type="primary" onClick={again} autoFocus>
              {say(words.again)}
            </Button>
          </p>
        </section>
      </div>
    )
  }
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{say(words.lead)}</p>
        </div>
      </header>
      <div className="register">
        <Form layout="vertical" component="div" className="card pad">
          {tried && faults.length > 0 && (
            <div id="register-faults" className="fault-list" role="alert" tabIndex={-1}>
              {say(words.faults)}
              {faults.map(({ field, text }) => (
                <a key={field} href={`#register-${field}`} onClick={(event) => goTo(event, field)}>
                  {text}
                </a>
              ))}
            </div>
          )}
          <Form.Item label={say(words.source)}>
            <Select
              value={draft.source}
              onChange={(source: string) => set({ source })}
              aria-label={say(words.source)}
              options={Object.entries(SOURCES).map(([code, name]) => ({ value: code, label: say(name) }))}
            />
          </Form.Item>
          <Form.Item
            label={say(words.description)}
            htmlFor="register-description"
            extra={say(words.descriptionHelp)}
            {...fault(faultOf('description'))}
          >
            <Input.TextArea
              id="register-description"
              value={draft.description}
              onChange={(event) => set({ description: event.target.value })}
              rows={3}
              maxLength={2000}
              autoFocus
            />
          </Form.Item>
          <Form.Item label={say(words.category)} htmlFor="register-category" {...fault(faultOf('category'))}>
            <CategoryField id="register-category" value={draft.category} onChange={(category) => set({ category: category! })} />
          </Form.Item>
          <Form.Item label={`${say(words.photos)}${say(words.optional)}`}>
            <PhotoField value={files} onChange={setFiles} />
          </Form.Item>
          <Form.Item label={`${say(words.reporter)}${say(words.optional)}`} extra={say(words.privacy)}>
            <div className="pair-fields">
              <Input
                value={draft.name}
                onChange={(event) => set({ name: event.target.value })}
                placeholder={say(words.name)}
                aria-label={say(words.name)}
                maxLength={60}
                autoComplete="off"
              />
              <Input
                value={draft.phone}
                onChange={(event) => set({ phone: event.target.value })}
                placeholder={say(words.phone)}
                aria-label={say(words.phone)}
                maxLength={30}
                autoComplete="off"
                inputMode="tel"
              />
            </div>
          </Form.Item>
          <Button type="primary" size="large" onClick={submit} loading={send.isPending}>
            {say(words.send)}
          </Button>
        </Form>
        <section className="card pad" id="register-place" tabIndex={-1}>
          <Form layout="vertical" component="div">
            <Form.Item label={say(words.place)} htmlFor="register-place-text" {...fault(faultOf('place'))} style={{ marginBottom: 0 }}>
              <PlaceField value={place} onChange={setPlace} category={draft.category} id="register-place-text" />
            </Form.Item>
          </Form>
          {place && (
            <Alike
              position={place.position}
              category={draft.category}
              description={draft.description}
              component={place.component}
              files={files.map(({ sha256 }) => sha256)}
            />
          )}
        </section>
      </div>
    </div>
  )
}

const fault = (text: string | undefined) => (text ? { validateStatus: 'error' as const, help: text } : {})

function goTo(event: MouseEvent, field: string): void {
  event.preventDefault()
  const found = document.getElementById(field === 'place' ? 'register-place-text' : `register-${field}`)
  found?.scrollIntoView({ block: 'center' })
  found?.focus()
}
