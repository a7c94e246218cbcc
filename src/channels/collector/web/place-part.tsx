import { useQuery } from '@tanstack/react-query'
import { getPlaceAt } from '../../../atlas/contract.ts'
import type { Position } from '../../../kernel/contract.ts'
import { ask, PhoneMap, Sign, useWords } from '../../../kernel/web/index.ts'
import { useCity } from './city.ts'
import { T } from './texts.ts'

/** The place: under the pin, in words, found by the phone or moved by hand. */
export function PlacePart({
  position,
  settle,
  moveTo,
  find,
}: {
  position: Position | undefined
  settle: (position: Position) => void
  moveTo: { position: Position } | undefined
  find: () => void
}) {
  const { say, language } = useWords()
  const city = useCity()
  const { data: place } = useQuery({
    queryKey: ['place', position],
    queryFn: ({ signal }) => ask(getPlaceAt, { query: { lng: position![0], lat: position![1] }, signal }),
    enabled: position !== undefined,
    placeholderData: (before) => before,
  })
  const center = position ?? city?.center
  const told = position && place ? (place.located === null ? say(T.outside) : place.words[language]) : say(T.drag)
  return (
    <div className="place">
      {center && <PhoneMap label={say(T.place)} credit={city?.attribution} center={center} zoom={17.5} onCentre={settle} moveTo={moveTo} />}
      <span className="tip" role="status">
        {told}
      </span>
      <button type="button" className="round" aria-label={say(T.here)} onClick={find}>
        <Sign name="go" size={24} />
      </button>
    </div>
  )
}
