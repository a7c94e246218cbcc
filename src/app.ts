// The rooms of this program, in the order of their floors.

import { atlas } from './atlas/index.ts'
import { cases } from './cases/index.ts'
import { collectorChannel } from './channels/collector/index.ts'
import { publicChannel } from './channels/public/index.ts'
import { gather } from './gather/index.ts'
import { accessRoom } from './kernel/access/index.ts'
import { filesRoom } from './kernel/files/index.ts'
import { jobsRoom } from './kernel/jobs/index.ts'
import { logRoom } from './kernel/log/index.ts'
import type { Room } from './kernel/index.ts'
import { registry } from './registry/index.ts'

export const rooms: readonly Room[] = [logRoom, jobsRoom, accessRoom, filesRoom, atlas, registry, cases, publicChannel, collectorChannel, gather]
