// OGC SensorThings API 1.1 (18-088), to be read. Field names and options are the standard's; what is ours is said in the documentation.

import { endpoint, Type } from '../../kernel/contract.ts'

export const BASE = '/sensorthings/v1.1'

// All come as text and are read by our own rules, so that what is wrong can be pointed at.
const option = (description: string, maxLength = 2_000) => Type.Optional(Type.String({ maxLength, description }))

const Query = Type.Object({
  $filter: option("A condition, such as phenomenonTime gt 2026-06-10T00:00:00Z and result gt 3, or startswith(Thing/name,'WL')"),
  $orderby: option('phenomenonTime desc', 500),
  $top: option('Entities in a page, 100 by default and at most 1,000', 20),
  $skip: option('Entities to be left out', 20),
  $count: option('true: how many there are', 10),
  $select: option('Properties, with commas', 500),
  $expand: option('Datastreams($top=5;$expand=Observations($top=1)), or Datastreams/Observations'),
  $resultFormat: option('dataArray, of Observations', 20),
  $skiptoken: option('Stands in @iot.nextLink', 40),
})

export const getSensorThings = endpoint({
  method: 'GET',
  path: BASE,
  permit: 'monitoring.read',
  summary: { zh: 'SensorThings 服务入口', en: 'SensorThings service root' },
  gives: 'raw',
})

export const getSensorThing = endpoint({
  method: 'GET',
  path: `${BASE}/*`,
  permit: 'monitoring.read',
  summary: { zh: 'SensorThings 实体：设备、序列、读数', en: 'SensorThings entities: devices as Things, their series as Datastreams, readings as Observations' },
  params: Type.Object({ '*': Type.String({ maxLength: 500, description: "Such as Things('WL-1')/Datastreams" }) }),
  query: Query,
  gives: 'raw',
})
