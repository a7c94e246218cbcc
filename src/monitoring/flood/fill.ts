import { systemActor, type Kernel } from '../../kernel/index.ts'
import { keepEvents } from './keep-events.ts'
import { keepFits } from './keep-fits.ts'
import { layPoints } from './points.ts'
import type { Scene } from './settings.ts'

/** Makes devices of a made city its flood points, and learns from what they reported before. */
export const fillFlood = (kernel: Kernel, scenes: ReadonlyMap<string, Scene>): Promise<void> =>
  kernel.transact({ actor: systemActor }, async (ctx) => {
    await layPoints(ctx, scenes)
    await keepEvents(ctx)
    while ((await keepFits(ctx)) > 0);
  })
