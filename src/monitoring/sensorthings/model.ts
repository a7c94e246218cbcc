// The entities of SensorThings 1.1: what they hold and how they hang together (18-088, 8). Nothing here reads a database.

/** `closed`: shown, but no condition can be put on it. */
export type Type = 'text' | 'number' | 'boolean' | 'time' | 'duration' | 'interval' | 'geo' | 'any' | 'closed'

export const KINDS = ['Things', 'Locations', 'HistoricalLocations', 'Datastreams', 'Sensors', 'ObservedProperties', 'Observations', 'FeaturesOfInterest'] as const
export type Kind = (typeof KINDS)[number]

export interface Link {
  readonly kind: Kind
  readonly many: boolean
}

interface Shape {
  readonly id: 'text' | 'number' | 'closed'
  readonly properties: Readonly<Record<string, Type>>
  readonly links: Readonly<Record<string, Link>>
}

const many = (kind: Kind): Link => ({ kind, many: true })
const one = (kind: Kind): Link => ({ kind, many: false })
const said = { name: 'text', description: 'text' } as const

export const MODEL: Readonly<Record<Kind, Shape>> = {
  Things: {
    id: 'text',
    properties: { ...said, properties: 'any' },
    links: { Locations: many('Locations'), HistoricalLocations: many('HistoricalLocations'), Datastreams: many('Datastreams') },
  },
  Locations: {
    id: 'text',
    properties: { ...said, encodingType: 'text', location: 'geo', properties: 'any' },
    links: { Things: many('Things'), HistoricalLocations: many('HistoricalLocations') },
  },
  HistoricalLocations: { id: 'text', properties: { time: 'time' }, links: { Thing: one('Things'), Locations: many('Locations') } },
  Datastreams: {
    id: 'number',
    properties: {
      ...said,
      unitOfMeasurement: 'any',
      observationType: 'text',
      observedArea: 'closed',
      phenomenonTime: 'closed',
      resultTime: 'closed',
      properties: 'any',
    },
    links: { Thing: one('Things'), Sensor: one('Sensors'), ObservedProperty: one('ObservedProperties'), Observations: many('Observations') },
  },
  Sensors: { id: 'text', properties: { ...said, encodingType: 'text', metadata: 'any', properties: 'any' }, links: { Datastreams: many('Datastreams') } },
  ObservedProperties: { id: 'text', properties: { ...said, definition: 'text', properties: 'any' }, links: { Datastreams: many('Datastreams') } },
  Observations: {
    id: 'closed',
    properties: { phenomenonTime: 'time', resultTime: 'time', result: 'number', resultQuality: 'closed', validTime: 'closed', parameters: 'closed' },
    links: { Datastream: one('Datastreams'), FeatureOfInterest: one('FeaturesOfInterest') },
  },
  FeaturesOfInterest: {
    id: 'text',
    properties: { ...said, encodingType: 'text', feature: 'geo', properties: 'any' },
    links: { Observations: many('Observations') },
  },
}

export const isKind = (name: string): name is Kind => (KINDS as readonly string[]).includes(name)

/** Not from the chain of prototypes: `constructor` is no property. */
export const linkOf = (kind: Kind, name: string): Link | undefined => (Object.hasOwn(MODEL[kind].links, name) ? MODEL[kind].links[name] : undefined)
export const typeOf = (kind: Kind, name: string): Type | undefined => {
  if (isId(name)) return MODEL[kind].id
  return Object.hasOwn(MODEL[kind].properties, name) ? MODEL[kind].properties[name] : undefined
}

export const isId = (name: string): boolean => name === '@iot.id' || name === 'id'
export const isSelf = (name: string): boolean => name === '@iot.selfLink' || name === 'selfLink'
