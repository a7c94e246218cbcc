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

  /** Takes back troubles that a test has brought about on purpose; there must have been one. */
  forgive(pattern: RegExp): void {
    const kept = this.troubles.list.filter((trouble) => !pattern.test(trouble))
    if (kept.length === this.troubles.list.length) throw new Error(`no trouble was like ${pattern}`)
    this.troubles.list.splice(0, Infinity, ...kept)
  }

  /** Everyone goes home, so that no page asks a program that is gone. */
  async leave(): Promise<void> {
    await Promise.all(this.#all.map(({ context }) => context.close()))
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

  /** The leader with a phone in the hand, where the page made for it opens by itself. */
  async leader(): Promise<Seat> {
    const seat = await this.stranger('phone')
    await signIn(seat, 'leader', '/workbench/')
    await seat.page.locator('.leader').waitFor()
    return seat
  }

  async #seat(account: string, size: 'desk' | 'phone'): Promise<Seat> {
    const had = this.#seats.get(account)
    if (had) return had
    const seat = await this.stranger(size)
    this.#seats.set(account, seat)
    await signIn(seat, account, size === 'phone' ? '/collector' : '/workbench/')
    // Whoever goes on before the answer has come is asked to sign in again.
    await seat.page.locator(size === 'desk' ? 'nav.menu' : 'nav.tabs').waitFor()
    return seat
  }
}
