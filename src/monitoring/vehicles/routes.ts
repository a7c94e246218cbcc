import { answer } from '../../kernel/index.ts'
import { getTrack, getVehicle, getVehicles, postVehicle, postVehicleRelease, putVehicle } from './contract.ts'
import { readTrack } from './read-track.ts'
import { addVehicle, changeVehicle, listVehicles, readVehicle, releaseTerminal } from './vehicles.ts'

export const vehicleRoutes = [
  answer(getVehicles, (ctx, { query }) => listVehicles(ctx, query)),
  answer(postVehicle, (ctx, { body }) => addVehicle(ctx, body)),
  answer(getVehicle, (ctx, { params }) => readVehicle(ctx, params.code)),
  answer(putVehicle, (ctx, { params, body }) => changeVehicle(ctx, params.code, body)),
  answer(postVehicleRelease, (ctx, { params }) => releaseTerminal(ctx, params.code)),
  answer(getTrack, (ctx, { params, query }) => readTrack(ctx, params.code, query)),
]
