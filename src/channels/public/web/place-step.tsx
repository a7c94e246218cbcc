import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { getPlaceAt } from '../../../atlas/contract.ts'
import type { Position, Words } from '../../../kernel/contract.ts'
import { ask, askHere, Icon, PhoneMap, Sign, useWords } from '../../../kernel/web/index.ts'
import { useCity } from './city.ts'
import type { Draft } from './draft.ts'
import { PlaceSearch } from './place-search.tsx'
import { SameNearby } from './same-nearby.tsx'
import { T } from './texts.ts'

/** Where it is: the map under a pin, the place in words, and whether somebody has already told of it. */
export function PlaceStep({ draft, change, next }: { draft: Draft; change: (part: Partial<Draft>) => void; next: () => void }) {
  const { say, language } = useWords()
  const city = useCity()
  const [moveTo, setMoveTo] = useState<{ position: Position }>()
  const [trouble, setTrouble] = useState<Words>()
  const [looking, setLooking] = useState(false)
  const [searching, setSearching] = useState(false)
  // The accuracy is that of the phone's own position; it no longer holds once the map is moved away from there.
  const fixed = useRef<{ position: Position; accuracy: number }>(undefined)

  const settle = (position: Position) => {
    const near =
      fixed.current && Math.abs(fixed.current.position[0] - position[0]) + Math.abs(fixed.current.position[1] - position[1]) < 5e-6
    change({ position, accuracy: near ? fixed.current?.accuracy : undefined })
  }
  const find = (quietly: boolean) => {
    setLooking(true)
    askHere()
      .then(({ position, accuracy }) => {
        fixed.current = { position, accuracy }
        setTrouble(undefined)
        change({ position, accuracy })
        setMoveTo({ position })
      })
      .catch((words: Words) => !quietly && setTrouble(words))
      .finally(() => setLooking(false))
  }
  useEffect(() => {
    if (!draft.position) find(true)
  }, [])

  const { data: place } = useQuery({
    queryKey: ['place', draft.position],
    queryFn: ({ signal }) => ask(getPlaceAt, { query: { lng: draft.position![0], lat: draft.position![1] }, signal }),
    enabled: draft.position !== undefined,
    placeholderData: (before) => before,
  })
  const inside = place?.located !== null
  useEffect(() => {
    if (place) change({ address: place.words[language], inside })
  }, [place, language])

  const center = draft.position ?? city?.center
  return (
    <>
      <h2 className="off-screen">{say(T.placeTitle)}</h2>
      <div className="place-map">
        {center && (
          <PhoneMap label={say(T.placeTitle)} credit={city?.attribution} center={center} zoom={17} onCentre={settle} moveTo={moveTo} />
        )}
        <span className="tip">{looking ? say(T.looking) : trouble ? say(trouble) : say(T.drag)}</span>
        <button type="button" className="round" aria-label={say(T.here)} onClick={() => find(false)}>
          <Sign name="go" size={20} />
        </button>
      </div>
      <div className="where-is">
        <Icon name="pin" size={24} />
        <div aria-live="polite">
          <b>{draft.position && place ? place.words[language] : say(T.drag)}</b>
          {draft.position && inside && <span>{draft.accuracy ? `${say(T.off)} ${draft.accuracy} ${say(T.metres)}` : say(T.chosen)}</span>}
          {draft.position && !inside && <span className="fault">{say(T.outside)}</span>}
        </div>
        <button type="button" className="inline-link" aria-expanded={searching} onClick={() => setSearching(!searching)}>
          {say(searching ? T.close : T.change)}
        </button>
      </div>
      {searching && (
        <PlaceSearch
          choose={(position) => {
            fixed.current = undefined
            setSearching(false)
            change({ position, accuracy: undefined })
            setMoveTo({ position })
          }}
        />
      )}
      {draft.position && inside && <SameNearby position={draft.position} group={draft.group} />}
      <div style={{ flex: 1 }} />
      <div className="thumb">
        <button type="button" className="button" onClick={next} disabled={!draft.position || !inside}>
          {say(T.next)}
        </button>
      </div>
    </>
  )
}
