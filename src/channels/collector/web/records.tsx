import { useInfiniteQuery } from '@tanstack/react-query'
import { ask, ErrorState, Loading, sayNear, useNow, useWords } from '../../../kernel/web/index.ts'
import { getHistory, type HistoryLine } from '../contract.ts'
import { Frame } from './frame.tsx'
import { T } from './texts.ts'

/** What I reported and answered, newest first. */
export function Records() {
  const { say } = useWords()
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['records'],
    queryFn: ({ pageParam, signal }) => ask(getHistory, { query: { limit: 30, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
  const lines = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Frame title={say(T.history)}>
      {error && !data ? <ErrorState error={error} retry={() => void refetch()} /> : !data ? <Loading /> : null}
      {lines.map((line) => (
        <Record key={`${line.number} ${line.kind} ${line.at}`} line={line} />
      ))}
      {data && lines.length === 0 && (
        <div className="state-note">
          <p>{say(T.noHistory)}</p>
        </div>
      )}
      {hasNextPage && (
        <button type="button" className="link" onClick={() => void fetchNextPage()}>
          {say(T.older)}
        </button>
      )}
    </Frame>
  )
}

function Record({ line }: { line: HistoryLine }) {
  const { say, language } = useWords()
  const now = useNow()
  const answer =
    line.passed === null ? '' : ` · ${say(line.kind === 'check' ? (line.passed ? T.pass : T.fail) : line.passed ? T.there : T.notThere)}`
  return (
    <div className="record">
      <div className="top">
        <b>{line.title}</b>
        <time dateTime={line.at}>{sayNear(line.at, now)}</time>
      </div>
      <p>{line.address}</p>
      <p>
        {say(T.kinds[line.kind])}
        {answer} · {line.stateName[language]}
      </p>
    </div>
  )
}
