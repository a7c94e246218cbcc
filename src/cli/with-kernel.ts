import { rooms } from '../app.ts'
import { readConfig } from '../config.ts'
import { createKernel, type Kernel } from '../kernel/index.ts'
import { note } from './speak.ts'

/** Opens the house for one verb: beside a running server over its database, else over the database alone. */
export async function withKernel<T>(act: (kernel: Kernel) => Promise<T>): Promise<T> {
  const kernel = await createKernel({ ...readConfig(), say: note, join: true }, rooms)
  const stop = () => void kernel.stop().finally(() => process.exit(1))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    return await act(kernel)
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
    await kernel.stop()
  }
}
