import type { Words } from '../contract.ts'
import type { Room } from '../room.ts'

const OPEN = new Set(['anyone', 'signed-in'])

/** All permits of the rooms, with the room each belongs to. */
export const houseOf = (rooms: readonly Room[]): Map<string, { room: Words; name: Words }> =>
  new Map(
    rooms.flatMap(({ title, permits }) => Object.entries(permits ?? {}).map(([code, name]) => [code, { room: title, name }] as const)),
  )

/** Stops the start when an endpoint names no permit or an unknown one, or when two rooms answer the same address. */
export function checkRoutes(rooms: readonly Room[]): void {
  const permits = houseOf(rooms)
  const taken = new Map<string, string>()
  for (const room of rooms) {
    for (const { endpoint } of room.routes ?? []) {
      const name = `${endpoint.method} ${endpoint.path}`
      if (!endpoint.permit) throw new Error(`${room.name}: ${name} declares no permit`)
      if (!OPEN.has(endpoint.permit) && !permits.has(endpoint.permit)) {
        throw new Error(`${room.name}: ${name} needs the permit ${endpoint.permit}, which no room declares`)
      }
      const shape = name.replaceAll(/:\w+/g, ':')
      const other = taken.get(shape)
      if (other !== undefined) throw new Error(`${room.name}: ${name} is answered by ${other} already`)
      taken.set(shape, room.name)
    }
  }
}
