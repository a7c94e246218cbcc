import { setImmediate, setTimeout } from 'node:timers/promises'
import { makeLearner, makeMeter, unitsOf, type Figures, type Learner, type Sample } from './learn.ts'
import { seededOrder } from './seeded-order.ts'

const ROUNDS = 4
const SEED = 20_260_401
/** How long others who share the process may be kept waiting. */
const TURN_MS = 5

type Pace = () => Promise<void>

/** Gives way to others whenever a turn is over; `gently`: and rests longer than it worked. */
function pacer(gently: boolean): Pace {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < TURN_MS) return
    await (gently ? setTimeout(2 * TURN_MS) : setImmediate())
    since = performance.now()
  }
}

/** Learns from samples, the oldest first, in turns that leave room for others. */
export async function learnSamples(samples: readonly Sample[], zone: string, gently = false): Promise<Learner> {
  const pace = pacer(gently)
  const learner = makeLearner(unitsOf(samples), zone)
  for (const sample of samples) {
    learner.see(sample)
    await pace()
  }
  const encoded = []
  for (const sample of samples) {
    const one = learner.encode(sample)
    if (one) encoded.push(one)
    await pace()
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const at of seededOrder(encoded.length, SEED + round)) {
      learner.learn(encoded[at]!)
      await pace()
    }
  }
  return learner
}

/** How good it would be: learned from the first `split` samples, asked of all others. */
export async function measureLearning(samples: readonly Sample[], zone: string, split: number, gently = false): Promise<Figures> {
  const pace = pacer(gently)
  const known = samples.slice(0, split)
  const learner = await learnSamples(known, zone, gently)
  const meter = makeMeter(known)
  for (const sample of samples.slice(split)) {
    meter.add(sample, learner.suggest(sample))
    await pace()
  }
  return meter.figures()
}
