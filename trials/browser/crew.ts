// The people of the trial: each has a screen of their own, opened when first needed and kept for all tests.

import type { Browser } from 'playwright-core'
import { signIn, sit, takeFailure, type Place, type Seat, type Troubles } from '../browser.ts'

/** A place in the middle of the demo city, and a little way from it. */
export const HERE: Place = { longitude: 116.3195, latitude: 40.0012, accuracy: 12 }

export class Crew {
  readonly troubles: Troubles = { list: [] }
  readonly #seats = new Map<string, Seat>()
  readonly #all: Seat[] = []
  readonly #browser: Browser
  readonly base: string

  constructor(browser: Browser, base: string) {
    this.#browser = browser
    this.base = base
  }

  /** Someone who has not signed in. Faults that a test brings about itself are told to a list of its own. */
  async stranger(size: 'desk' | 'phone', troubles = this.troubles): Promise<Seat> {
    const seat = await sit(this.#browser, this.base, troubles, size, size === 'phone' ? HERE : undefined)
    this.#all.push(seat)
    return seat
  }

  /** What is on each screen, for whoever asks why a test has failed. */
  async takePictures(): Promise<void> {
    for (const [index, seat] of this.#all.entries()) if (!seat.page.isClosed()) await takeFailure(seat, `failed-${index}`)
  }

  /** Someone at the workbench, signed in. */
  at(account: string): Promise<Seat> {
    return this.#seat(account, 'desk')
  }

  /** A collector on the street, signed in on the phone. */
  outside(account: string): Promise<Seat> {
    return this.#seat(account, 'phone')
  }

  async #seat(account: string, size: 'desk' | 'phone'): Promise<Seat> {
    const had = this.#seats.get(account)
    if (had) return had
    const seat = await this.stranger(size)
    this.#seats.set(account, seat)
    await signIn(seat, account, size === 'phone' ? '/collector' : '/workbench/')
    return seat
  }
}
