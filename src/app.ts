// The rooms of this program, in the order of their floors.

import { atlas } from './atlas/index.ts'
import { cases } from './cases/index.ts'
import { collectorChannel } from './channels/collector/index.ts'
import { hotlineChannel } from './channels/hotline/index.ts'
import { publicChannel } from './channels/public/index.ts'
import { gather } from './gather/index.ts'
import { accessRoom } from './kernel/access/index.ts'
import { filesRoom } from './kernel/files/index.ts'
import { jobsRoom } from './kernel/jobs/index.ts'
import { logRoom } from './kernel/log/index.ts'
import type { Room } from './kernel/index.ts'
import { messages } from './messages/index.ts'
import { monitoring } from './monitoring/index.ts'
import { registry } from './registry/index.ts'
import { responsibility } from './responsibility/index.ts'

export const rooms: readonly Room[] = [logRoom, jobsRoom, accessRoom, filesRoom, atlas, registry, responsibility, cases, monitoring, messages, publicChannel, collectorChannel, hotlineChannel, gather]
