import { Map, ScaleControl, setWorkerUrl, type LngLatBoundsLike } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import 'maplibre-gl/dist/maplibre-gl.css'
import { useEffect, useRef, useState } from 'react'
import { Icon, type IconName } from './icon.tsx'
import { addWork, EMPTY, pinData, setData, writeLight } from './map-layers.ts'
import type { Box, MapProps } from './map-panel.tsx'
import { baseStyle } from './map-style.ts'
import { CITY_TILES, loadFaces, serveTiles } from './map-tiles.ts'
import { currentLanguage, useWords } from './words.ts'

setWorkerUrl(workerUrl)
serveTiles()

const words = {
  in: { zh: '放大', en: 'Zoom in' },
  out: { zh: '缩小', en: 'Zoom out' },
  home: { zh: '回到全域', en: 'Back to the whole' },
  grid: { zh: '网格与部件', en: 'Cells and components' },
  here: { zh: '选地图中心', en: 'Choose the centre' },
}

const LOCALE = { 'ScaleControl.Meters': '米', 'ScaleControl.Kilometers': '公里' }
const FONT = "'Noto Sans SC Variable', 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif"

export default function MapCanvas(props: MapProps) {
  const { say } = useWords()
  const place = useRef<HTMLDivElement>(null)
  const held = useRef(props)
  held.current = props
  const [map, setMap] = useState<Map>()
  const [grid, showGrid] = useState(false)

  useEffect(() => {
    let made: Map | undefined
    let gone = false
    // The faces must be there before the first name is drawn: glyphs are made from them on the spot.
    void document.fonts.load(`14px 'Noto Sans SC Variable'`, '城市').finally(() => {
      if (gone || !place.current) return
      made = open(place.current, held.current)
      made.once('style.load', () => {
        addWork(made!)
        if (held.current.ground === 'wall') writeLight(made!)
        hear(made!, held)
        setMap(made)
      })
    })
    return () => {
      gone = true
      made?.remove()
    }
  }, [])

  useEffect(() => void (map && setData(map, 'points', props.points ?? EMPTY)), [map, props.points])
  useEffect(() => void (map && setData(map, 'shapes', props.shapes ?? EMPTY)), [map, props.shapes])
  useEffect(() => void (map && setData(map, 'dots', props.dots ?? EMPTY)), [map, props.dots])
  useEffect(() => void (map && setData(map, 'ways', props.ways ?? EMPTY)), [map, props.ways])
  useEffect(() => void (map && setData(map, 'heaps', props.heaps ?? EMPTY)), [map, props.heaps])
  useEffect(() => void (map && showMovers(map, props.movers)), [map, props.movers])
  const chosen = props.movers?.features.find(({ properties }) => properties?.['chosen'])
  useEffect(() => {
    if (map && chosen) bringIntoView(map, (chosen.geometry as GeoJSON.Point).coordinates as [number, number], held.current.padding)
    // Not each time it moves: the map stays where its reader put it.
  }, [map, chosen?.properties?.['id']])
  useEffect(() => void (map && props.fit && map.fitBounds(bounds(props.fit), { padding: room(held.current.padding), maxZoom: 16.5, duration: 160 })), [map, props.fit])
  useEffect(() => void (map && showNames(map, props.names)), [map, props.names])
  useEffect(() => {
    if (!map) return
    setData(map, 'pin', pinData(props.pin?.position, props.pin?.lamp))
    if (props.pin && props.follow) map.jumpTo({ center: [...props.pin.position] as [number, number] })
    else if (props.pin && props.nearer && map.getZoom() < props.nearer)
      map.easeTo({ center: [...props.pin.position] as [number, number], zoom: props.nearer, duration: 160 })
    else if (props.pin) bringIntoView(map, props.pin.position, held.current.padding)
    // A pin that is the same place again must not move the map.
  }, [map, props.pin?.position[0], props.pin?.position[1], props.pin?.lamp])
  useEffect(() => {
    if (!map) return
    for (const layer of ['cell', 'beat', 'component']) map.setLayoutProperty(layer, 'visibility', grid ? 'visible' : 'none')
  }, [map, grid])

  const tool = (name: IconName, label: string, act: () => void, pressed?: boolean) => (
    <button type="button" title={label} aria-label={label} onClick={act} {...(pressed !== undefined && { 'aria-pressed': pressed })}>
      <Icon name={name} />
    </button>
  )
  return (
    <>
      <div ref={place} className="map-canvas" role="application" aria-label={props.label} />
      {props.tools !== false && map && (
        <div className="map-tools" style={{ right: 12 + (props.padding?.right ?? 0) }}>
          <div>
            {tool('plus', say(words.in), () => map.zoomIn({ duration: 160 }))}
            {tool('minus', say(words.out), () => map.zoomOut({ duration: 160 }))}
          </div>
          {props.tools !== 'zoom' && (
            <div>
              {tool('layers', say(words.grid), () => showGrid(!grid), grid)}
              {props.box &&
                tool('globe', say(words.home), () => map.fitBounds(bounds(props.box!), { padding: room(props.padding), duration: 160 }))}
              {props.onPlace && tool('target', say(words.here), () => props.onPlace!(map.getCenter().toArray() as [number, number]))}
            </div>
          )}
        </div>
      )}
    </>
  )
}

/** Names are drawn from glyphs made on the spot, so their faces must be there first. */
async function showNames(map: Map, names: GeoJSON.FeatureCollection | undefined): Promise<void> {
  if (!names) return
  await loadFaces(names.features.map(({ properties }) => String(properties?.['name'] ?? '')).join(''))
  setData(map, 'names', names)
}

async function showMovers(map: Map, movers: GeoJSON.FeatureCollection = EMPTY): Promise<void> {
  await loadFaces(movers.features.map(({ properties }) => String(properties?.['name'] ?? '')).join(''))
  setData(map, 'movers', movers)
}

const bounds = ([west, south, east, north]: Box): LngLatBoundsLike => [
  [west, south],
  [east, north],
]
const room = (padding: MapProps['padding']) => ({ top: 24, bottom: 24, left: 24, right: 24, ...padding })

function open(container: HTMLElement, { box, center, zoom, padding, tools, ground = 'desk' }: MapProps): Map {
  const map = new Map({
    container,
    style: baseStyle(CITY_TILES, ground),
    localIdeographFontFamily: FONT,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    minZoom: 8,
    maxZoom: 19,
    fadeDuration: 0,
    locale: currentLanguage() === 'zh' ? LOCALE : {},
    ...(center
      ? { center: [...center] as [number, number], zoom: zoom ?? 15 }
      : box
        ? { bounds: bounds(box), fitBoundsOptions: { padding: room(padding) } }
        : {}),
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  if (tools !== false) map.addControl(new ScaleControl({ maxWidth: 110 }), 'bottom-right')
  return map
}

function hear(map: Map, held: { current: MapProps }): void {
  const pointed = { cursor: 'pointer' }
  for (const layer of ['point', 'group', 'heap', 'mover']) {
    map.on('mouseenter', layer, () => (map.getCanvas().style.cursor = pointed.cursor))
    map.on('mouseleave', layer, () => (map.getCanvas().style.cursor = ''))
  }
  map.on('click', (event) => {
    const [found] = map.queryRenderedFeatures(event.point, { layers: ['mover', 'heap', 'point', 'group'] })
    if (!found) return held.current.onPlace?.(event.lngLat.toArray() as [number, number])
    if (found.layer.id !== 'group' && found.layer.id !== 'heap') return held.current.onPick?.(String(found.properties['id']))
    const center = (found.geometry as GeoJSON.Point).coordinates as [number, number]
    map.easeTo({ center, zoom: map.getZoom() + 2, duration: 160 })
  })
  const tellBox = () => {
    const seen = map.getBounds()
    held.current.onMove?.([seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()], map.getZoom())
  }
  map.on('moveend', tellBox)
  tellBox()
}

/** Moves only what is out of sight or under a panel, and never zooms. */
function bringIntoView(map: Map, position: readonly [number, number], padding: MapProps['padding']): void {
  const { x, y } = map.project([...position] as [number, number])
  const { clientWidth, clientHeight } = map.getContainer()
  const edge = room(padding)
  if (x > edge.left && x < clientWidth - edge.right && y > edge.top + 30 && y < clientHeight - edge.bottom) return
  map.easeTo({ center: [...position] as [number, number], offset: [(edge.left - edge.right) / 2, 0], duration: 160 })
}
