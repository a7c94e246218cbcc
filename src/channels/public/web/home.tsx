import { useQuery } from '@tanstack/react-query'
import { useMemo, useState, type FormEvent } from 'react'
import { ask, askHere, go, Icon, PhoneMap, sayCount, sayRate, serverNow, Sign, To, useWords, type Here } from '../../../kernel/web/index.ts'
import { getFigures, getNearby, type NearbyCase } from '../contract.ts'
import { useCity } from './city.ts'
import { keptDraft } from './draft.ts'
import { Frame } from './frame.tsx'
import { useReceipts } from './receipts.ts'
import { sayWhen } from './say-when.ts'
import { T } from './texts.ts'
import { Warnings } from './warnings.tsx'

/** 我要上报 first; then the look-up, what is on this phone, what goes on nearby. */
export function Home() {
  const { say } = useWords()
  const draft = keptDraft()
  return (
    <Frame home flat>
      <Warnings />
      <div className="hero">
        <h2>{say(T.seen)}</h2>
        <p>{say(T.seenHint)}</p>
        <To href="/report" className="button">
          <Icon name="photo" size={26} />
          {say(T.report)}
        </To>
        {draft && (
          <To href="/report" className="kept">
            {say(T.goOn)}
          </To>
        )}
      </div>
      <div className="body">
        <Find />
        <Mine />
        <Nearby />
        <Figures />
      </div>
    </Frame>
  )
}

function Find() {
  const { say } = useWords()
  const [number, setNumber] = useState('')
  const [word, setWord] = useState('')
  const [faults, setFaults] = useState<{ number?: boolean; word?: boolean }>({})
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const digits = number.replace(/\D/g, '')
    const letters = word.replace(/\s/g, '').toUpperCase()
    const found = { ...(digits.length !== 20 && { number: true }), ...(!/^[0-9A-Z]{4,8}$/.test(letters) && { word: true }) }
    setFaults(found)
    if (found.number) return document.getElementById('find-number')?.focus()
    if (found.word) return document.getElementById('find-word')?.focus()
    go(`/progress/${digits}?word=${letters}`)
  }
  return (
    <section>
      <h3>{say(T.find)}</h3>
      <form className="ask" onSubmit={submit} noValidate>
        <div>
          <label htmlFor="find-number">{say(T.number)}</label>
          <input
            id="find-number"
            inputMode="numeric"
            autoComplete="off"
            value={number}
            aria-invalid={faults.number ?? false}
            aria-describedby="find-number-fault"
            onChange={(event) => setNumber(event.target.value)}
          />
          {faults.number && (
            <p className="fault" id="find-number-fault">
              {say(T.numberFault)}
            </p>
          )}
        </div>
        <div>
          <label htmlFor="find-word">{say(T.word)}</label>
          <div className="two">
            <input
              id="find-word"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              value={word}
              aria-invalid={faults.word ?? false}
              aria-describedby="find-word-fault"
              onChange={(event) => setWord(event.target.value)}
            />
            <button type="submit" className="button">
              {say(T.search)}
            </button>
          </div>
          {faults.word && (
            <p className="fault" id="find-word-fault">
              {say(T.wordFault)}
            </p>
          )}
        </div>
      </form>
    </section>
  )
}

function Mine() {
  const { say, language } = useWords()
  const receipts = useReceipts()
  if (receipts.length === 0) return null
  return (
    <section>
      <h3>{say(T.mine)}</h3>
      <div className="rows">
        {receipts.slice(0, 5).map(({ number, word, what, address, at }) => (
          <To key={number} href={`/progress/${number}`}>
            <span>
              <span className="what">{what}</span>
              <span className="where">
                {sayWhen(at, serverNow(), language)} · {address}
                {!word && ` · ${say(T.followed)}`}
              </span>
            </span>
            <Icon name="right" size={20} />
          </To>
        ))}
      </div>
    </section>
  )
}

const NONE: readonly NearbyCase[] = []

function Nearby() {
  const { say, language } = useWords()
  const city = useCity()
  const [here, setHere] = useState<Here>()
  const center = here?.position ?? city?.center
  const { data } = useQuery({
    queryKey: ['nearby', center],
    queryFn: ({ signal }) => ask(getNearby, { query: { lng: center![0], lat: center![1], metres: here ? 1000 : 2000, limit: 30 }, signal }),
    enabled: center !== undefined,
    staleTime: 60_000,
  })
  const items = data?.items ?? NONE
  const spots = useMemo(() => items.map(({ number, position }) => ({ id: number, position })), [items])
  return (
    <section>
      <h3>{say(T.nearby)}</h3>
      <div className="home-map">
        {city && center && (
          <PhoneMap
            label={say(T.nearbyMap)}
            credit={city.attribution}
            center={city.center}
            zoom={14}
            spots={spots}
            here={here?.position}
            moveTo={here}
            onPick={(number) => go(`/progress/${number}`)}
          />
        )}
        <button
          type="button"
          className="round"
          style={{ bottom: 26 }}
          aria-label={say(T.here)}
          onClick={() => void askHere().then(setHere, () => undefined)}
        >
          <Sign name="go" size={20} />
        </button>
      </div>
      <div className="rows">
        {items.slice(0, 5).map((item) => (
          <To key={item.number} href={`/progress/${item.number}`} className={item.thumbUrl ? 'with-photo' : ''}>
            {item.thumbUrl && <img src={item.thumbUrl} alt="" loading="lazy" />}
            <span>
              <span className="what">{item.what[language]}</span>
              <span className="where">{item.address}</span>
              <span className="state">{item.sentence[language]}</span>
            </span>
            <span className="far">{sayWhen(item.reportedAt, serverNow(), language)}</span>
          </To>
        ))}
        {data && items.length === 0 && <p className="row muted">{say(T.noneNearby)}</p>}
      </div>
    </section>
  )
}

function Figures() {
  const { say, language } = useWords()
  const { data } = useQuery({ queryKey: ['figures'], queryFn: ({ signal }) => ask(getFigures, { signal }), staleTime: 300_000 })
  if (!data) return null
  const unit = language === 'zh' ? '件' : ''
  return (
    <section>
      <h3>{say(T.figures)}</h3>
      <dl className="figures">
        <div>
          <dt>{say(T.reported)}</dt>
          <dd>
            {sayCount(data.reported)}
            <small>{unit}</small>
          </dd>
        </div>
        <div>
          <dt>{say(T.closed)}</dt>
          <dd>
            {sayCount(data.closed)}
            <small>{unit}</small>
          </dd>
        </div>
        <div>
          <dt>{say(T.inTime)}</dt>
          <dd>
            {sayRate(data.closedInTime, data.closed, 1)}
            <small>{data.closed > 0 ? '%' : ''}</small>
            <span>
              {sayCount(data.closedInTime)} / {sayCount(data.closed)}
            </span>
          </dd>
        </div>
      </dl>
    </section>
  )
}
