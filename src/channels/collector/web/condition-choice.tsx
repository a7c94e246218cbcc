import { useQuery } from '@tanstack/react-query'
import { ask, useWords } from '../../../kernel/web/index.ts'
import { getConditions } from '../../../registry/contract.ts'
import { T } from './texts.ts'

/** Which filing condition it meets: what the collector sees on the spot spares the operator a question. */
export function ConditionChoice({
  category,
  chosen,
  choose,
}: {
  category: string
  chosen: string | undefined
  choose: (condition: string | undefined) => void
}) {
  const { say, language } = useWords()
  const { data } = useQuery({
    queryKey: ['conditions', category],
    queryFn: ({ signal }) => ask(getConditions, { params: { id: category }, signal }),
    staleTime: 3_600_000,
  })
  if (!data || data.items.length === 0) return null
  return (
    <fieldset className="field">
      <legend>{say(T.condition)}</legend>
      <div className="choices" style={{ marginTop: 0 }}>
        {data.items.map(({ id, condition }) => (
          <button type="button" key={id} aria-pressed={id === chosen} onClick={() => choose(id === chosen ? undefined : id)}>
            <span>{condition[language]}</span>
          </button>
        ))}
      </div>
    </fieldset>
  )
}
