import { useQuery, useQueryClient } from '@tanstack/react-query'
import { addReceipt, dropReceipt, useReceipts, wordOf } from './receipts.ts'
import { addressOf, ask, ErrorState, Loading, Refused, useNow, useWords } from '../../../kernel/web/index.ts'
import { getPhoto, getProgress, type Progress } from '../contract.ts'
import { Call, Frame } from './frame.tsx'
import { Rating } from './rating.tsx'
import { sayClock } from './say-when.ts'
import { Stages } from './stages.tsx'
import { T } from './texts.ts'

/** The state in one sentence; photos before and after; the stages with what was promised; whether it is fixed. */
export function ProgressPage({ number, word: given }: { number: string; word?: string | undefined }) {
  const { say } = useWords()
  const word = given ?? wordOf(number)
  const query = useQuery({
    queryKey: ['progress', number, word],
    queryFn: ({ signal }) => ask(getProgress, { params: { number }, query: { ...(word && { word }) }, signal }),
    refetchInterval: 30_000,
    retry: (tries, error) => !(error instanceof Refused && error.status < 500 && error.status > 0) && tries < 2,
  })
  const { data, error } = query
  if (data) return <Shown progress={data} word={word} />
  return (
    <Frame title={say(T.progress)}>
      <div className="body">
        {error instanceof Refused && error.status === 404 ? (
          <p className="faults" role="alert">
            {say(T.wrong)}
          </p>
        ) : error ? (
          <ErrorState error={error} retry={() => void query.refetch()} />
        ) : (
          <Loading />
        )}
      </div>
    </Frame>
  )
}

function Shown({ progress, word }: { progress: Progress; word: string | undefined }) {
  const { say, language } = useWords()
  const queries = useQueryClient()
  const { number, what, address, sentence, mine } = progress
  return (
    <Frame title={say(T.progress)} flat foot={false}>
      <div className="head">
        <p>{mine && word ? `${say(T.wordName)} ${progress.districtName.replace(/区$/, '')} ${word}` : `${say(T.numberName)} ${number}`}</p>
        <h2>{sentence[language]}</h2>
        <span>{what[language]}</span>
        <span>{address}</span>
      </div>
      <div className="body">
        <Photos progress={progress} word={mine ? word : undefined} />
        {progress.words && (
          <p className="hint">
            {say(T.youSaid)}
            {progress.words}
          </p>
        )}
        <Stages progress={progress} />
        {!mine && <Follow progress={progress} />}
      </div>
      <div className="thumb ruled">
        {mine && word && (progress.mayRate || progress.rating) && (
          <Rating progress={progress} word={word} done={() => void queries.invalidateQueries({ queryKey: ['progress', number] })} />
        )}
        <Call />
      </div>
    </Frame>
  )
}

function Photos({ progress, word }: { progress: Progress; word: string | undefined }) {
  const { say, language } = useWords()
  const now = useNow()
  const before = progress.photos.filter(({ when }) => when === 'before')
  const after = progress.photos.filter(({ when }) => when === 'after')
  const shown = after.length > 0 ? [before[0], after.at(-1)] : before.slice(0, 2)
  const found = shown.filter((photo) => photo !== undefined)
  if (found.length === 0) return null
  const source = (sha256: string, size: 'public' | 'thumb') => addressOf(getPhoto, { number: progress.number, sha256 }, { size, word })
  return (
    <div className="pair">
      {found.map(({ sha256, when, at }) => {
        const name = after.length === 0 ? say(T.reportPhoto) : say(when === 'before' ? T.before : T.after)
        return (
          <figure key={sha256 + when}>
            <a href={source(sha256, 'public')} target="_blank" rel="noreferrer">
              <img src={source(sha256, 'thumb')} alt={name} />
            </a>
            <figcaption>
              {name} {sayClock(at, now, language)}
            </figcaption>
          </figure>
        )
      })}
    </div>
  )
}

function Follow({ progress }: { progress: Progress }) {
  const { say, language } = useWords()
  const followed = useReceipts().some(({ number }) => number === progress.number)
  const { number, what, address, reportedAt } = progress
  const turn = () => (followed ? dropReceipt(number) : addReceipt({ number, what: what[language], address, at: reportedAt }))
  return (
    <button type="button" className="button second brand" onClick={turn} aria-pressed={followed} style={{ marginTop: 16 }}>
      {say(followed ? T.unfollow : T.follow)}
    </button>
  )
}
