import { useQuery } from '@tanstack/react-query'
import { getComponentsNear } from '../../../atlas/contract.ts'
import { CityMap } from '../../../atlas/web/index.ts'
import { ask, useWords } from '../../../kernel/web/index.ts'
import { categoriesQuery } from '../../../registry/web/index.ts'
import { nudge, type Draft } from './draft.ts'
import { PickList } from './pick-list.tsx'
import { words } from './words.ts'

interface Props {
  draft: Draft
  set: (change: Partial<Draft>) => void
  there: { words: string; outside: boolean } | undefined
}

/** The place on the map, moved by arrows or by pointing; for a thing with a code of its own, those that stand there. */
export function DeskMap({ draft, set, there }: Props) {
  const { say } = useWords()
  const { position } = draft
  const components = useComponentsNear(draft)
  return (
    <section className="card desk-map">
      <div className="desk-map-canvas">
        <CityMap
          label={say(words.map)}
          pin={position && { position }}
          nearer={16.5}
          dots={{
            type: 'FeatureCollection',
            features: components.map((each) => ({
              type: 'Feature',
              properties: { ...(each.code === draft.component && { name: each.code }) },
              geometry: { type: 'Point', coordinates: [...each.position] },
            })),
          }}
          onPlace={(at) => set({ position: at })}
        />
      </div>
      <button
        type="button"
        id="desk-pin"
        className="desk-pin"
        tabIndex={position ? 0 : -1}
        onKeyDown={(event) => {
          const moved = position && nudge(position, event.key, event.shiftKey)
          if (!moved) return
          event.preventDefault()
          set({ position: moved })
        }}
      >
        {position ? (
          <>
            <b>{there?.outside ? <span className="fault">{say(words.outside)}</span> : (there?.words ?? draft.place)}</b>
            <span className="muted small number">
              {position[0].toFixed(5)}, {position[1].toFixed(5)} · {say(words.pinHelp)}
            </span>
          </>
        ) : (
          <span className="muted small">{say(words.placeHelp)}</span>
        )}
      </button>
      {components.length > 0 && (
        <div className="desk-components">
          <h3>{say(words.components)}</h3>
          <PickList
            label={say(words.components)}
            picks={components.map(({ code, name, metres }) => ({ key: code, title: name ?? code, below: code, aside: `${Math.round(metres)} m` }))}
            chosen={draft.component}
            choose={(component) => set({ component: component === draft.component ? undefined : component })}
          />
        </div>
      )}
    </section>
  )
}

/** Components of the class that the category is about, within 60 m of the pin. */
function useComponentsNear({ position, category }: Draft) {
  const all = useQuery(categoriesQuery()).data?.items
  const chosen = all?.find(({ id }) => id === category)
  const about = chosen?.kind === 'component' ? chosen.id : (chosen?.component ?? undefined)
  const [lng, lat] = position ?? []
  const found = useQuery({
    queryKey: ['components-near', lng, lat, about],
    queryFn: async ({ signal }) => (await ask(getComponentsNear, { query: { lng: lng!, lat: lat!, metres: 60, limit: 4, category: about! }, signal })).items,
    enabled: lng !== undefined && about !== undefined,
  })
  return lng !== undefined && about !== undefined ? (found.data ?? []) : []
}
