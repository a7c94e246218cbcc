// The rooms of this program, in the order of their floors.

import { accessRoom } from './kernel/access/index.ts'
import { filesRoom } from './kernel/files/index.ts'
import { jobsRoom } from './kernel/jobs/index.ts'
import { logRoom } from './kernel/log/index.ts'
import type { Room } from './kernel/room.ts'

export const rooms: readonly Room[] = [logRoom, jobsRoom, accessRoom, filesRoom]
