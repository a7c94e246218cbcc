import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ask, groupNumber, Lamp, useWords } from '../../kernel/web/index.ts'
import { getCaseMap } from '../contract.ts'

const words = {
  title: { zh: '附近约 100 米内同类在办', en: 'Open cases of this category within about 100 m' },
  none: { zh: '附近没有同类在办案件', en: 'No open case of this category is near' },
}

/** Open cases of the same category round a place, so that nothing is registered twice. */
export function Alike({ position: [lng, lat], category }: { position: readonly [number, number]; category: string | undefined }) {
  const { say } = useWords()
  const across = 0.0009 / Math.cos((lat * Math.PI) / 180)
  const box = [lng - across, lat - 0.0009, lng + across, lat + 0.0009].map((edge) => edge.toFixed(6)).join(',')
  const found = useQuery({
    queryKey: ['cases', 'alike', box, category],
    queryFn: async ({ signal }) => (await ask(getCaseMap, { query: { box, category: category! }, signal })).features,
    enabled: Boolean(category),
  })
  if (!found.data) return null
  if (found.data.length === 0) return <p className="muted small alike-note">{say(words.none)}</p>
  return (
    <section className="alike-note">
      <h3>{say(words.title)}</h3>
      <ul>
        {found.data.slice(0, 5).map(({ properties }) => (
          <li key={properties.number}>
            <Lamp colour={properties.lamp} size={14} />
            <Link to={`/cases/${properties.number}` as never} target="_blank" className="number">
              {groupNumber(properties.number)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
