// Flood command for the tests of this room.

import { systemActor, type Kernel } from '../../../kernel/index.ts'
import { giveOrder } from './assign.ts'

/** An order to a pump truck that stands. */
export const orderTruck = (kernel: Kernel, point: string, truck: string): Promise<{ district: string; id: string }> =>
  kernel.transact({ actor: systemActor }, async (ctx) => {
    const { district, id } = await giveOrder(ctx, { point, truck, words: '抽排', profile: '103060' })
    return { district, id }
  })
