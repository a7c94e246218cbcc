import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { getComponentsNear, type ComponentNear } from '../../../atlas/contract.ts'
import type { Position } from '../../../kernel/contract.ts'
import { ask, keepText, keptText, useWords } from '../../../kernel/web/index.ts'
import { getCategories, type Category } from '../../../registry/contract.ts'
import { T } from './texts.ts'

/** What is reported: a category, and where it is about one, the component itself. */
export interface What {
  category: string
  name: string
  component?: string
}

const RECENT = 'chengyun.recent-categories'
const recent = (): What[] => keptText<What[]>(RECENT) ?? []

export function rememberCategory({ category, name }: What): void {
  keepText(RECENT, [{ category, name }, ...recent().filter((each) => each.category !== category)].slice(0, 3))
}

const useCatalogue = () =>
  useQuery({ queryKey: ['categories'], queryFn: ({ signal }) => ask(getCategories, { query: {}, signal }), staleTime: 3_600_000 })

/** Within this a component is taken for the one that stands here; the list reaches a little further. */
const NEAR = 10
const REACH = 30

/** Components around, the three classes used last, and the search: in this order a class is found in one touch. */
export function WhatPart({
  position,
  what,
  choose,
}: {
  position: Position | undefined
  what: What | undefined
  choose: (what: What | undefined) => void
}) {
  const { say } = useWords()
  const [open, setOpen] = useState(what === undefined)
  if (what && !open) {
    return (
      <>
        <Title />
        <div className="picked">
          <span>
            {what.name}
            {what.component && (
              <small>
                {say(T.component)} {what.component}
              </small>
            )}
          </span>
          <button type="button" className="inline-link" onClick={() => setOpen(true)}>
            {say(T.change)}
          </button>
        </div>
      </>
    )
  }
  const take = (chosen: What) => {
    choose(chosen)
    setOpen(false)
  }
  return (
    <>
      <Title />
      <Components position={position} take={take} />
      <Search take={take} />
    </>
  )
}

function Title() {
  const { say } = useWords()
  return <h2 style={{ fontSize: 18, lineHeight: '27px', marginTop: 18 }}>{say(T.what)}</h2>
}

function Components({ position, take }: { position: Position | undefined; take: (what: What) => void }) {
  const { say, language } = useWords()
  const catalogue = useCatalogue()
  const { data } = useQuery({
    queryKey: ['near', position],
    queryFn: ({ signal }) => ask(getComponentsNear, { query: { lng: position![0], lat: position![1], metres: REACH, limit: 5 }, signal }),
    enabled: position !== undefined,
    placeholderData: (before) => before,
  })
  if (!data) return null
  const near = data.items.some(({ metres }) => metres <= NEAR) ? data.items.filter(({ metres }) => metres <= NEAR) : data.items
  if (near.length === 0)
    return (
      <p className="hint" style={{ marginTop: 6 }}>
        {say(T.noComponent)}
      </p>
    )
  return (
    <>
      <p className="hint small" style={{ marginTop: 6 }}>
        {say(T.nearest)} · {near[0]!.metres <= NEAR ? NEAR : REACH} {say(T.within)}
      </p>
      <div className="choices">
        {near.map((component) => {
          const about = matterOf(component, catalogue.data?.items ?? [])
          const name = component.name ?? about?.name[language] ?? component.category
          return (
            <button
              type="button"
              key={component.code}
              onClick={() =>
                take({ category: about?.id ?? component.category, name: about?.name[language] ?? name, component: component.code })
              }
            >
              <span>{name}</span>
              <small>…{component.code.slice(-7)}</small>
              <em>
                {Math.round(component.metres)} {say(T.metres)}
              </em>
            </button>
          )
        })}
      </div>
    </>
  )
}

/** What is wrong with a component is a matter where the catalogue has one for it, else the component's own class. */
const matterOf = ({ category }: ComponentNear, items: readonly Category[]): Category | undefined =>
  items.find(({ component }) => component === category) ?? items.find(({ id }) => id === category)

function Search({ take }: { take: (what: What) => void }) {
  const { say, language } = useWords()
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim().toLowerCase())
  const { data } = useCatalogue()
  const all = data?.items ?? []
  const covered = new Set(all.map(({ component }) => component))
  const found = asked
    ? all
        .filter(({ id, kind }) => kind === 'matter' || !covered.has(id))
        .filter(({ name, code, major }) => `${name.zh} ${name.en.toLowerCase()} ${major.name.zh} ${code}`.includes(asked))
        .slice(0, 8)
    : []
  const lately = asked ? [] : recent()
  return (
    <>
      <input
        type="search"
        style={{ marginTop: 10 }}
        aria-label={say(T.findCategory)}
        placeholder={say(T.findCategory)}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {lately.length > 0 && (
        <p className="hint small" style={{ marginTop: 10 }}>
          {say(T.recent)}
        </p>
      )}
      <div className="choices">
        {lately.map((each) => (
          <button type="button" key={each.category} onClick={() => take(each)}>
            <span>{each.name}</span>
          </button>
        ))}
        {found.map(({ id, name, major }) => (
          <button type="button" key={id} onClick={() => take({ category: id, name: name[language] })}>
            <span>{name[language]}</span>
            <small>{major.name[language]}</small>
          </button>
        ))}
        {asked && data && found.length === 0 && <p className="hint">{say(T.noCategory)}</p>}
      </div>
    </>
  )
}
