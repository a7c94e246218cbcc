import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ask, Icon, Refused, Star, useWords } from '../../../kernel/web/index.ts'
import { postRating, type Progress } from '../contract.ts'
import { T } from './texts.ts'

/** 修好了 or 没修好, with stars and words for those who want to say more. */
export function Rating({ progress, word, done }: { progress: Progress; word: string; done: () => void }) {
  const { say } = useWords()
  const [fixed, setFixed] = useState<boolean>()
  const [stars, setStars] = useState<number>()
  const [words, setWords] = useState('')
  const rate = useMutation({
    mutationFn: () =>
      ask(postRating, {
        params: { number: progress.number },
        body: { word, fixed: fixed!, ...(fixed && stars && { stars }), ...(words.trim() && { words: words.trim() }) },
      }),
    onSuccess: done,
  })
  if (progress.rating) {
    return (
      <p className="rated" role="status">
        {say(T.rated)}
        <b>{say(progress.rating.fixed ? T.fixed : T.notFixed)}</b>
        {progress.rating.stars && ` ${'★'.repeat(progress.rating.stars)}${'☆'.repeat(5 - progress.rating.stars)}`}
        <br />
        <span className="hint">{say(T.thanks)}</span>
      </p>
    )
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        rate.mutate()
      }}
    >
      <p className="question">{say(T.fixedQuestion)}</p>
      <div className="two-answers">
        <button type="button" className="button second yes" aria-pressed={fixed === true} onClick={() => setFixed(true)}>
          <Icon name="check" size={20} />
          {say(T.fixed)}
        </button>
        <button type="button" className="button second" aria-pressed={fixed === false} onClick={() => setFixed(false)}>
          {say(T.notFixed)}
        </button>
      </div>
      {fixed !== undefined && (
        <>
          {fixed && (
            <fieldset className="stars">
              <legend className="off-screen">{say(T.stars)}</legend>
              {[1, 2, 3, 4, 5].map((n) => (
                <label key={n} className={stars && n <= stars ? 'on' : ''}>
                  <input type="radio" name="stars" checked={stars === n} onChange={() => setStars(n)} aria-label={`${n} ${say(T.star)}`} />
                  <Star size={30} />
                </label>
              ))}
            </fieldset>
          )}
          <div className="field" style={{ marginTop: 10 }}>
            <label htmlFor="rate-words">{say(fixed ? T.rateWords : T.notFixedWords)}</label>
            <textarea
              id="rate-words"
              maxLength={500}
              style={{ minHeight: 70 }}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          </div>
          {rate.error && (
            <p className="fault" role="alert">
              {rate.error instanceof Refused ? rate.error.message : say(T.failed)}
            </p>
          )}
          <button type="submit" className="button" style={{ marginTop: 12 }} disabled={rate.isPending}>
            {say(T.rate)}
          </button>
        </>
      )}
    </form>
  )
}
