// Tests in a real Chromium on the real program with the demo city. TEST_BASE names a program that runs already.

import { after, afterEach, before, describe, type TestContext } from 'node:test'
import type { Browser } from 'playwright-core'
import { findChromium, openBrowser, pictures } from '../browser.ts'
import { cityFolder, dropFolder, startProgram, untilCounted, type Program } from '../program.ts'
import { Crew } from './crew.ts'

const NONE = 'no Chromium on this machine (TEST_CHROMIUM names one elsewhere)'
const TIMEOUT_MS = 1_400_000

/** What a suite is played on; there from its first hook on. */
export interface Scene {
  readonly crew: Crew
  /** Ends the program before its time, and gives its folder; undefined where it is another's. */
  end(): Promise<string | undefined>
}

export function inCity(title: string, body: (scene: Scene) => void): void {
  const chromium = findChromium()
  describe(title, { skip: chromium ? false : NONE, timeout: TIMEOUT_MS }, () => {
    let folder: string | undefined
    let program: Program | undefined
    let browser: Browser | undefined
    let crew: Crew | undefined

    before(async () => {
      let base = process.env.TEST_BASE
      if (!base) {
        folder = await cityFolder()
        program = await startProgram(folder)
        base = program.base
      }
      await untilCounted(base)
      browser = await openBrowser(chromium!)
      crew = new Crew(browser, base)
    })

    after(async () => {
      await browser?.close()
      await program?.stop()
      if (folder) await dropFolder(folder)
      if (pictures()) console.log(`pictures: ${pictures()}`)
    })

    afterEach(async (context) => {
      if ((context as TestContext & { readonly passed?: boolean }).passed === false) await crew?.takePictures()
    })

    body({
      get crew() {
        return crew!
      },
      async end() {
        await program?.stop()
        program = undefined
        return folder
      },
    })
  })
}
