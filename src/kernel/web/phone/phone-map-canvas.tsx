import { Map, setWorkerUrl, type LngLatBoundsLike } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import 'maplibre-gl/dist/maplibre-gl.css'
import { useEffect, useRef, useState } from 'react'
import type { Position } from '../../contract.ts'
import { addWork, EMPTY, setData } from '../map-layers.ts'
import { baseStyle } from '../map-style.ts'
import { CITY_TILES, serveTiles } from '../map-tiles.ts'
import type { PhoneMapProps } from './phone-map.tsx'
import { findWay, wayLength } from './way.ts'

setWorkerUrl(workerUrl)
serveTiles()

const FONT = "'Noto Sans SC Variable', 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif"

export default function PhoneMapCanvas(props: PhoneMapProps) {
  const place = useRef<HTMLDivElement>(null)
  const held = useRef(props)
  held.current = props
  const [map, setMap] = useState<Map>()

  useEffect(() => {
    let made: Map | undefined
    let gone = false
    // The faces must be there before the first name is drawn: glyphs are made from them on the spot.
    void document.fonts.load(`14px 'Noto Sans SC Variable'`, '城市').finally(() => {
      if (gone || !place.current) return
      made = open(place.current, held.current)
      made.once('style.load', () => {
        addWork(made!)
        addWay(made!)
        hear(made!, held)
        setMap(made)
      })
    })
    return () => {
      gone = true
      made?.remove()
    }
  }, [])

  const { spots, here, target, moveTo } = props
  useEffect(() => {
    if (map) setData(map, 'spot', collect((spots ?? []).map(({ id, position }) => ({ ...point(position), properties: { id } }))))
  }, [map, spots])
  useEffect(() => {
    if (map && moveTo) map.easeTo({ center: moveTo.position, zoom: Math.max(map.getZoom(), 16), duration: 160 })
  }, [map, moveTo])
  useEffect(() => {
    if (!map) return
    setData(map, 'here', here ? collect([point(here)]) : EMPTY)
    if (!target) return
    setData(map, 'points', collect([{ ...point(target.position), properties: { id: 'target', lamp: target.lamp } }]))
    if (!here) return
    map.fitBounds(boundsOf([here, target.position]), { padding: ROOM, maxZoom: 17, duration: 0 })
    return drawWay(map, here, target.position, held)
  }, [map, here?.[0], here?.[1], target?.position[0], target?.position[1], target?.lamp])

  return <div ref={place} className="map-canvas" role={props.still ? 'img' : 'application'} aria-label={props.label} />
}

/** Around the way: the button below takes more. */
const ROOM = { top: 28, left: 40, right: 40, bottom: 92 }

const point = (position: Position) => ({
  type: 'Feature' as const,
  properties: {},
  geometry: { type: 'Point' as const, coordinates: position },
})
const line = (way: readonly Position[], along: boolean) => ({
  type: 'Feature' as const,
  properties: { along },
  geometry: { type: 'LineString' as const, coordinates: [...way] },
})
const collect = (features: GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({ type: 'FeatureCollection', features })

function boundsOf(places: readonly Position[]): LngLatBoundsLike {
  const lngs = places.map(([lng]) => lng)
  const lats = places.map(([, lat]) => lat)
  return [
    [Math.min(...lngs), Math.min(...lats)],
    [Math.max(...lngs), Math.max(...lats)],
  ]
}

function open(container: HTMLElement, { box, center, zoom, still }: PhoneMapProps): Map {
  const map = new Map({
    container,
    style: baseStyle(CITY_TILES, 'desk'),
    localIdeographFontFamily: FONT,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    minZoom: 8,
    maxZoom: 19,
    fadeDuration: 0,
    interactive: !still,
    // Two fingers where the page scrolls past the map; one finger where choosing a place is the whole page's work.
    cooperativeGestures: false,
    ...(center
      ? { center, zoom: zoom ?? 16 }
      : box
        ? {
            bounds: [
              [box[0], box[1]],
              [box[2], box[3]],
            ] as LngLatBoundsLike,
          }
        : {}),
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  return map
}

function hear(map: Map, held: { current: PhoneMapProps }): void {
  map.on('click', (event) => {
    // A finger is wider than a spot.
    const { x, y } = event.point
    const [found] = map.queryRenderedFeatures(
      [
        [x - 14, y - 14],
        [x + 14, y + 14],
      ],
      { layers: ['spot'] },
    )
    if (found && held.current.onPick) return held.current.onPick(String(found.properties['id']))
    if (held.current.onCentre) map.easeTo({ center: event.lngLat, duration: 160 })
  })
  // The map also comes to rest when it opens and when its own tab is turned; only what the reader or the page moved is told.
  map.on('moveend', () => held.current.onCentre?.(map.getCenter().toArray() as Position))
}

function addWay(map: Map): void {
  for (const name of ['walk', 'here', 'spot']) map.addSource(name, { type: 'geojson', data: EMPTY })
  const path = { 'line-color': '#0F5F70', 'line-width': 5 }
  map.addLayer(
    {
      id: 'walk',
      type: 'line',
      source: 'walk',
      filter: ['get', 'along'],
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: path,
    },
    'group',
  )
  map.addLayer(
    {
      id: 'walk-straight',
      type: 'line',
      source: 'walk',
      filter: ['!', ['get', 'along']],
      paint: { ...path, 'line-width': 3, 'line-dasharray': [2, 1.6] },
    },
    'group',
  )
  const dot = { 'circle-color': '#0F5F70' }
  map.addLayer({
    id: 'spot',
    type: 'circle',
    source: 'spot',
    paint: { 'circle-color': '#17788C', 'circle-radius': 8, 'circle-stroke-color': '#fff', 'circle-stroke-width': 3 },
  })
  map.addLayer({ id: 'here-ground', type: 'circle', source: 'here', paint: { ...dot, 'circle-radius': 22, 'circle-opacity': 0.14 } })
  map.addLayer({
    id: 'here',
    type: 'circle',
    source: 'here',
    paint: { ...dot, 'circle-radius': 9, 'circle-stroke-color': '#fff', 'circle-stroke-width': 3.5 },
  })
}

/** The straight line at once; the way along the roads as soon as the map has them. */
function drawWay(map: Map, from: Position, to: Position, held: { current: PhoneMapProps }): () => void {
  setData(map, 'walk', collect([line([from, to], false)]))
  held.current.onWay?.(wayLength([from, to]), false)
  const look = () => {
    const roads = map
      .querySourceFeatures('base', { sourceLayer: 'road' })
      .flatMap(({ geometry }) =>
        geometry.type === 'LineString' ? [geometry.coordinates] : geometry.type === 'MultiLineString' ? geometry.coordinates : [],
      )
    const way = findWay(roads as Position[][], from, to)
    if (!way) return
    setData(map, 'walk', collect([line(way, true)]))
    map.fitBounds(boundsOf(way), { padding: ROOM, maxZoom: 17, duration: 0 })
    held.current.onWay?.(wayLength(way), true)
  }
  map.once('idle', look)
  return () => void map.off('idle', look)
}
