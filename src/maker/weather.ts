// Which days of a made city are wet, and on which a storm passes: the same for its cases and for its devices.

import { dayOfText } from '../kernel/index.ts'
import { randomFrom } from './random.ts'

/** By its date and not by its place in a row: a city made tomorrow remembers the same yesterday. */
export const isWetDay = (seed: number, date: string): boolean => randomFrom(seed, `weather ${date}`).chance(0.14)

/** Of thirteen days one has a heavy storm, so that two weeks never lack it. */
export const isStormDay = (date: string): boolean => dayOfText(date) % 13 === 5
