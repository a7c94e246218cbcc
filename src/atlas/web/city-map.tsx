import { MapPanel, type MapProps } from '../../kernel/web/index.ts'
import { useCity, useDivisionNames } from './divisions.ts'

/** The map of this city: opened on the whole of it, with the names of its divisions and the credit of its ground. */
export function CityMap(props: Omit<MapProps, 'names' | 'credit' | 'box'>) {
  const city = useCity()
  const names = useDivisionNames()
  if (!city) return <div className="map-panel" />
  return <MapPanel {...props} box={city.box} names={names} credit={city.attribution} />
}
