import { useQuery } from '@tanstack/react-query'
import { ask, Icon, LEVEL_DRAWINGS, serverNow, useWords } from '../../../kernel/web/index.ts'
import { getWarnings, type PublicWarning } from '../contract.ts'
import { sayWhen } from './say-when.ts'
import { T } from './texts.ts'

const LOOK_AGAIN_MS = 60_000
const NAMES = [T.blue, T.yellow, T.orange, T.red]

/** What the city warns of now; nothing where it warns of nothing. */
export function Warnings() {
  const { say } = useWords()
  const { data } = useQuery({ queryKey: ['warnings'], queryFn: ({ signal }) => ask(getWarnings, { signal }), refetchInterval: LOOK_AGAIN_MS })
  if (!data || data.items.length === 0) return null
  return (
    <section className="warnings" aria-label={say(T.warnings)}>
      {data.items.map((warning) => (
        <Warning key={warning.id} warning={warning} />
      ))}
    </section>
  )
}

function Warning({ warning: { level, headline, description, instruction, area, sentAt } }: { warning: PublicWarning }) {
  const { say, language } = useWords()
  const { shape, fill, ink, numeral, up } = LEVEL_DRAWINGS[level - 1]!
  return (
    <details data-level={level}>
      <summary>
        <svg width={28} height={28} viewBox="-9 -9 18 18" role="img" aria-label={say(NAMES[level - 1]!)}>
          <path d={shape} fill={fill} {...(level === 2 && { stroke: 'var(--yellow-edge)' })} />
          <text y={3 + up} textAnchor="middle" fontSize="8" fontWeight="600" fill={ink}>
            {numeral}
          </text>
        </svg>
        <span>
          <b>{headline[language]}</b>
          <span className="where">
            {area[language]} · {sayWhen(sentAt, serverNow(), language)}
          </span>
        </span>
        <Icon name="down" size={20} />
      </summary>
      <p>{description[language]}</p>
      {instruction[language] !== '' && (
        <p>
          <b>{say(T.instruction)}</b>
          {instruction[language]}
        </p>
      )}
    </details>
  )
}
