import { answer } from '../kernel/index.ts'
import { alarmRoutes } from './alarms/routes.ts'
import { capRoutes } from './cap/routes.ts'
import { getDevice, getDeviceMap, getDevices, getHealth, getProducts, getQuarantine, getTrend, postDevice, postDeviceKey, postReadings, postReplay, putDevice, putProduct } from './contract.ts'
import { mapDevices } from './device-map.ts'
import { addDevice, changeDevice, listDevices, readDevice, renewKey } from './devices.ts'
import { readHealth } from './health.ts'
import { commandRoutes } from './flood/command/routes.ts'
import { floodRoutes } from './flood/routes.ts'
import { listProducts, putProduct as setProduct } from './products.ts'
import { listQuarantine, replay } from './quarantine.ts'
import { reportReadings } from './report-readings.ts'
import { riskRoutes } from './risk/routes.ts'
import { sensorThings } from './sensorthings/index.ts'
import { sheetRoutes } from './sheet/routes.ts'
import { readTrend } from './trend.ts'
import { vehicleRoutes } from './vehicles/routes.ts'
import { getWall } from './wall/contract.ts'
import { readWall } from './wall/read-wall.ts'

export const routes = [
  answer(getProducts, (ctx) => listProducts(ctx)),
  answer(putProduct, (ctx, { params, body }) => setProduct(ctx, params.code, body)),
  answer(getDevices, (ctx, { query }) => listDevices(ctx, query)),
  answer(getDeviceMap, (ctx, { query }) => mapDevices(ctx, query)),
  answer(postDevice, (ctx, { body }) => addDevice(ctx, body)),
  answer(getDevice, (ctx, { params }) => readDevice(ctx, params.code)),
  answer(putDevice, (ctx, { params, body }) => changeDevice(ctx, params.code, body)),
  answer(postDeviceKey, (ctx, { params }) => renewKey(ctx, params.code)),
  answer(getTrend, (ctx, { params, query }) => readTrend(ctx, params.code, query)),
  answer(postReadings, (ctx, { body, raw }) => {
    const { authorization, 'content-type': type = 'application/json' } = raw.request.headers
    return reportReadings(ctx, { text: body, type, authorization })
  }),
  answer(getQuarantine, (ctx, { query }) => listQuarantine(ctx, query)),
  answer(postReplay, (ctx, { body }) => replay(ctx, body.ids)),
  answer(getHealth, (ctx) => readHealth(ctx)),
  answer(getWall, (ctx) => readWall(ctx)),
  ...sensorThings,
  ...sheetRoutes,
  ...vehicleRoutes,
  ...alarmRoutes,
  ...capRoutes,
  ...floodRoutes,
  ...riskRoutes,
  ...commandRoutes,
]
