import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { CityMap } from '../../atlas/web/index.ts'
import { Icon, useWords } from '../../kernel/web/index.ts'

type Corner = [number, number]
type Ring = Corner[]

const words = {
  map: { zh: '点击地图，依次标出一片区域的各个角', en: 'Click the corners of an area one after the other' },
  begin: { zh: '画一片区域', en: 'Draw an area' },
  help: { zh: '在地图上依次点击各角，至少三个，再点“完成”。', en: 'Click the corners on the map, three at least, then Done.' },
  corners: { zh: '个角', en: 'corners' },
  finish: { zh: '完成', en: 'Done' },
  undo: { zh: '退回一角', en: 'Take back a corner' },
  cancel: { zh: '取消', en: 'Cancel' },
  area: { zh: '区域', en: 'Area' },
  remove: { zh: '去掉', en: 'Take out' },
} as const

const AREAS_AT_MOST = 20
const CORNERS_AT_MOST = 200

const polygon = (ring: Ring): GeoJSON.Feature => ({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]!]] } })
const line = (ring: Ring): GeoJSON.Feature => ({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: ring } })
const dot = (at: Corner, name: string): GeoJSON.Feature => ({ type: 'Feature', properties: { name }, geometry: { type: 'Point', coordinates: at } })

const boxOf = (rings: readonly Ring[]): readonly [number, number, number, number] => {
  const corners = rings.flat()
  const [lngs, lats] = [corners.map(([lng]) => lng), corners.map(([, lat]) => lat)]
  return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)]
}

/** Places drawn on the map, each by its corners. */
export function AreasField({ areas, set }: { areas: readonly Ring[]; set: (areas: Ring[]) => void }) {
  const { say } = useWords()
  const [draft, setDraft] = useState<Ring>()
  const [fit] = useState(() => (areas.length > 0 ? boxOf(areas) : undefined))
  const shapes = useMemo<GeoJSON.FeatureCollection>(
    () => ({ type: 'FeatureCollection', features: [...areas.map(polygon), ...(draft && draft.length > 2 ? [polygon(draft)] : draft && draft.length === 2 ? [line(draft)] : [])] }),
    [areas, draft],
  )
  const dots = useMemo<GeoJSON.FeatureCollection>(() => ({ type: 'FeatureCollection', features: draft?.map((at, i) => dot(at, String(i + 1))) ?? [] }), [draft])
  const place = (at: [number, number]) => setDraft((old) => (old && old.length < CORNERS_AT_MOST ? [...old, [Number(at[0].toFixed(6)), Number(at[1].toFixed(6))]] : old))
  return (
    <div className="areas-field">
      <div className="areas-map">
        <CityMap label={say(words.map)} shapes={shapes} dots={dots} fit={fit} tools="zoom" {...(draft && { onPlace: place })} />
      </div>
      <div className="areas-list">
        <ul>
          {areas.map((ring, i) => (
            <li key={i}>
              <span>
                {say(words.area)} {i + 1} <span className="muted small">{`${ring.length} ${say(words.corners)}`}</span>
              </span>
              <Button size="small" onClick={() => set(areas.toSpliced(i, 1))}>
                {say(words.remove)}
              </Button>
            </li>
          ))}
        </ul>
        {!draft && areas.length < AREAS_AT_MOST && (
          <Button icon={<Icon name="plus" />} onClick={() => setDraft([])}>
            {say(words.begin)}
          </Button>
        )}
        {draft && (
          <>
            <p className="muted small">
              {say(words.help)} {`${draft.length} ${say(words.corners)}`}
            </p>
            <div className="buttons">
              <Button
                type="primary"
                disabled={draft.length < 3}
                onClick={() => {
                  set([...areas, draft])
                  setDraft(undefined)
                }}
              >
                {say(words.finish)}
              </Button>
              <Button disabled={draft.length === 0} onClick={() => setDraft(draft.slice(0, -1))}>
                {say(words.undo)}
              </Button>
              <Button onClick={() => setDraft(undefined)}>{say(words.cancel)}</Button>
            </div>
          </>
        )}
      </div>
    </div>
  )
}
