import { useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useDeferredValue, useState } from 'react'
import { Icon, useWords } from '../../../kernel/web/index.ts'
import { categoriesQuery, CategoryField } from '../../../registry/web/index.ts'
import { RESULT_WORDS, type Spot } from '../contract.ts'
import { spotWords, type Draft } from './draft.ts'
import { PickList } from './pick-list.tsx'
import { categoriesForQuery, spotsQuery } from './queries.ts'
import { words } from './words.ts'

const focusOn = (id: string) => requestAnimationFrame(() => document.getElementById(id)?.focus())

interface Props {
  draft: Draft
  set: (change: Partial<Draft>) => void
  missing: readonly { field: string; name: string }[]
  accept: () => void
  pending: boolean
  end: (result: 'nuisance' | 'silent' | 'other') => void
}

/** What the caller says, what it is about, and where: in the order in which a call goes. */
export function DeskForm({ draft, set, missing, accept, pending, end }: Props) {
  const { say, language } = useWords()
  return (
    <section className="card desk-form">
      <label htmlFor="desk-description">
        {say(words.description)} <kbd>F3</kbd>
      </label>
      <Input.TextArea
        id="desk-description"
        value={draft.description}
        onChange={(event) => set({ description: event.target.value })}
        onKeyDown={(event) => {
          // While a word is being composed Enter only chooses it.
          if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.nativeEvent.isComposing) return
          event.preventDefault()
          focusOn(document.getElementById('desk-categories')?.children.length ? 'desk-categories' : 'desk-category-other')
        }}
        rows={3}
        maxLength={2000}
        {...(missing.some(({ field }) => field === 'desk-description') && { status: 'error' as const })}
      />
      <p className="muted small">{say(words.descriptionHelp)}</p>
      <Categories draft={draft} set={set} />
      <Places draft={draft} set={set} failed={missing.some(({ field }) => field === 'desk-place')} />
      <label htmlFor="desk-name">
        {say(words.name)} <span className="muted small">{say(words.optional)}</span> <kbd>F9</kbd>
      </label>
      <Input id="desk-name" value={draft.name} onChange={(event) => set({ name: event.target.value })} maxLength={60} autoComplete="off" />
      <footer>
        {missing.length > 0 && (
          <p className="fault" role="alert">
            {say(words.missing)}
            {language === 'zh' ? '：' : ': '}
            {missing.map(({ field, name }) => (
              <button key={field} type="button" className="link" onClick={() => focusOn(field)}>
                {name}
              </button>
            ))}
          </p>
        )}
        <Button type="primary" size="large" onClick={accept} loading={pending} block>
          {say(words.accept)} <kbd>Ctrl Enter</kbd>
        </Button>
        <p className="without">
          <span>
            {say(words.end)} <kbd>F8</kbd>
          </span>
          {(['other', 'silent', 'nuisance'] as const).map((result, index) => (
            <button key={result} type="button" className="link" {...(index === 0 && { id: 'desk-end' })} onClick={() => end(result)}>
              {say(RESULT_WORDS[result])}
            </button>
          ))}
        </p>
      </footer>
    </section>
  )
}

function Categories({ draft, set }: Pick<Props, 'draft' | 'set'>) {
  const { say } = useWords()
  const asked = useDeferredValue(draft.description.trim())
  const guesses = useQuery(categoriesForQuery(asked, draft.component)).data ?? []
  const all = useQuery(categoriesQuery()).data?.items
  const [other, setOther] = useState(false)
  const chosen = all?.find(({ id }) => id === draft.category)
  const choose = (category: string | undefined) => {
    set({ category })
    setOther(false)
    if (category) focusOn('desk-place')
  }
  return (
    <>
      <label htmlFor="desk-categories">
        {say(words.category)}
        {chosen && <span className="tag brand">{`${chosen.code} ${say(chosen.name)}`}</span>}
      </label>
      <PickList
        id="desk-categories"
        label={say(words.category)}
        picks={guesses.slice(0, 6).map(({ id, code, name, major }) => ({ key: id, title: say(name), below: `${code} ${say(major.name)}` }))}
        chosen={draft.category}
        choose={choose}
        none={say(words.noGuess)}
      />
      {other || guesses.length === 0 ? (
        <CategoryField id="desk-category-other" value={draft.category} onChange={choose} />
      ) : (
        <button type="button" className="link" onClick={() => setOther(true)}>
          {say(words.other)}
        </button>
      )}
    </>
  )
}

function Places({ draft, set, failed }: Pick<Props, 'draft' | 'set'> & { failed: boolean }) {
  const { say, language } = useWords()
  const asked = useDeferredValue(draft.place.trim())
  const settled = draft.position !== undefined
  const spots = useQuery(spotsQuery(settled ? '' : asked)).data ?? []
  const offered = settled || asked.length < 2 ? [] : spots
  const choose = (spot: Spot | undefined) => {
    if (!spot) return
    const { position, code, kind } = spot
    set({ position, place: spotWords(spot, language), component: kind === 'component' && code ? code : undefined })
    focusOn('desk-pin')
  }
  return (
    <>
      <label htmlFor="desk-place">{say(words.place)}</label>
      <Input
        id="desk-place"
        prefix={<Icon name="pin" />}
        value={draft.place}
        onChange={(event) => set({ place: event.target.value, position: undefined, component: undefined })}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter' && !event.ctrlKey) {
            if (settled) focusOn('desk-pin')
            else choose(offered[0])
          } else if (event.key === 'ArrowDown' && offered.length > 0) focusOn('desk-spots')
          else return
          event.preventDefault()
        }}
        autoComplete="off"
        maxLength={100}
        {...(failed && { status: 'error' as const })}
      />
      {offered.length === 0 && !settled && <p className="muted small">{say(words.placeHelp)}</p>}
      <PickList
        id="desk-spots"
        label={say(words.spots)}
        picks={offered.map((spot, index) => ({ key: String(index), title: spot.name, below: spot.within[language], ...(spot.code && { aside: spot.code }) }))}
        choose={(_, index) => choose(offered[index])}
      />
    </>
  )
}
