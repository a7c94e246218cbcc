export { vehiclesChanged } from './events.ts'
export type { NewVehicle, VehicleKind, VehicleShown } from './contract.ts'
export { addVehicle, isFleetEmpty } from './vehicles.ts'
export { takePositions } from './take-positions.ts'
