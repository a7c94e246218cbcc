import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { getPlaces } from '../../../atlas/contract.ts'
import type { Position } from '../../../kernel/contract.ts'
import { ask, Icon, useWords } from '../../../kernel/web/index.ts'
import { T } from './texts.ts'

/** The place by its name or address: the way to choose it without a finger on the map. */
export function PlaceSearch({ choose }: { choose: (position: Position) => void }) {
  const { say, language } = useWords()
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  const { data } = useQuery({
    queryKey: ['places', asked],
    queryFn: ({ signal }) => ask(getPlaces, { query: { text: asked, limit: 6 }, signal }),
    enabled: asked.length > 0,
    placeholderData: (before) => before,
  })
  return (
    <div style={{ padding: '0 20px 12px' }}>
      <input
        autoFocus
        aria-label={say(T.findPlace)}
        placeholder={say(T.findPlace)}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {asked !== '' && data && (
        <div className="rows">
          {data.items.map((place) => (
            <button type="button" className="row" key={`${place.name} ${place.position.join()}`} onClick={() => choose(place.position)}>
              <span>
                <span className="what">{place.name}</span>
                <span className="where">{place.within[language]}</span>
              </span>
              <Icon name="right" size={20} />
            </button>
          ))}
          {data.items.length === 0 && <p className="row muted">{say(T.noPlace)}</p>}
        </div>
      )}
    </div>
  )
}
