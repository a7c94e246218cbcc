import { useQuery } from '@tanstack/react-query'
import { AutoComplete } from 'antd'
import { useDeferredValue, useEffect, useState } from 'react'
import { getComponentsNear, getPlaceAt, getPlaces } from '../../atlas/contract.ts'
import { CityMap } from '../../atlas/web/index.ts'
import { ask, useWords } from '../../kernel/web/index.ts'
import { sayMetres } from './act-form.tsx'
import { Choice } from './choice.tsx'

export interface ChosenPlace {
  position: [number, number]
  address?: string | undefined
  component?: string | undefined
}

const words = {
  find: { zh: '输入门牌、地名或路名，或直接点地图', en: 'A door, a place or a road; or point at the map' },
  map: { zh: '点地图选位置', en: 'Point at the map to choose the place' },
  outside: { zh: '该点不在本市范围内，请重选。', en: 'This point lies outside the city; choose another.' },
  component: { zh: '是哪一个部件？', en: 'Which component is it?' },
  none: { zh: '不是这些', en: 'None of these' },
}

interface Props {
  value: ChosenPlace | undefined
  onChange: (place: ChosenPlace | undefined) => void
  category: string | undefined
  id: string
}

/** A place by its name or by a point on the map, told back in words; for components, those that stand there. */
export function PlaceField({ value, onChange, category, id }: Props) {
  const { say, language } = useWords()
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  const found = useQuery({
    queryKey: ['places', asked],
    queryFn: async ({ signal }) => (await ask(getPlaces, { query: { text: asked }, signal })).items,
    enabled: asked.length >= 2 && asked !== value?.address,
    placeholderData: (old) => old,
  })
  const [lng, lat] = value?.position ?? [undefined, undefined]
  const there = useQuery({
    queryKey: ['place-at', lng, lat],
    queryFn: ({ signal }) => ask(getPlaceAt, { query: { lng: lng!, lat: lat! }, signal }),
    enabled: lng !== undefined,
  })
  const outside = there.data !== undefined && there.data.located === null
  const said = there.data && !outside ? say(there.data.words) : undefined
  useEffect(() => {
    if (!said || !value) return
    setText(said)
    onChange({ ...value, address: said })
  }, [said])
  const isComponent = category?.split('.')[1] === 'c'
  const near = useQuery({
    queryKey: ['components-near', lng, lat, category],
    queryFn: async ({ signal }) =>
      (
        await ask(getComponentsNear, {
          query: { lng: lng!, lat: lat!, metres: 60, limit: 5, ...(isComponent && { category: category! }) },
          signal,
        })
      ).items,
    enabled: lng !== undefined && isComponent,
  })
  const components = near.data ?? []
  return (
    <>
      <AutoComplete
        id={id}
        style={{ width: '100%' }}
        value={text}
        onChange={(next: string) => setText(next)}
        options={(found.data ?? []).map((place, index) => ({
          value: `${say(place.within)} ${place.name}`,
          key: index,
          position: place.position,
          label: (
            <span className="place-option">
              {place.name}
              <small>{say(place.within)}</small>
            </span>
          ),
        }))}
        onSelect={(_, option) => {
          const { position, value: address } = option as unknown as { position: [number, number]; value: string }
          setText(address)
          onChange({ position, address })
        }}
        placeholder={say(words.find)}
        allowClear
        onClear={() => onChange(undefined)}
      />
      <div className="place-map">
        <CityMap
          label={say(words.map)}
          pin={value && { position: value.position }}
          nearer={16.5}
          dots={{
            type: 'FeatureCollection',
            features: components.map((each) => ({
              type: 'Feature',
              properties: { ...(each.code === value?.component && { name: each.code }) },
              geometry: { type: 'Point', coordinates: [...each.position] },
            })),
          }}
          onPlace={(position) => onChange({ position })}
        />
      </div>
      {outside && <p className="fault">{say(words.outside)}</p>}
      {components.length > 0 && value && (
        <div className="place-components">
          <h3>{say(words.component)}</h3>
          <Choice
            label={say(words.component)}
            value={value.component ?? ''}
            choose={(component) => onChange({ ...value, component: component || undefined })}
            options={[
              ...components.map(({ code, name, metres }) => ({
                value: code,
                title: name ?? code,
                ...(name && { why: code }),
                aside: sayMetres(metres, language),
              })),
              { value: '', title: say(words.none) },
            ]}
          />
        </div>
      )}
    </>
  )
}
