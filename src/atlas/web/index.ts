// The atlas as the pages of higher rooms see it: the city, its divisions, places in words.

export { CityMap } from './city-map.tsx'
export * from './divisions.ts'
export { RegionField } from './region-field.tsx'
