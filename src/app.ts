// The rooms of this program, in the order of their floors.

import type { Room } from './kernel/room.ts'

export const rooms: readonly Room[] = []
