// A real Chromium, and pages that are watched while someone uses them: nothing may fail behind what is seen.

import { existsSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Locator, type Page, type Request } from 'playwright-core'
import sharp from 'sharp'
import { Told } from './browser/told.ts'

const USUAL = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable']
export const PASSWORD = 'Chengyun-2026'
const CALM_MS = 250
const LOST_MS = 6000

/** Where a Chromium is on this machine. TEST_CHROMIUM or CHROMIUM names one that is elsewhere. */
export const findChromium = (): string | undefined =>
  [process.env.TEST_CHROMIUM, process.env.CHROMIUM, ...USUAL].find((path) => path !== undefined && existsSync(path))

// The maps are drawn without a graphics card; all else is painted without pretending to have one, which takes a tenth of the work.
const ARGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-gpu-compositing',
  '--disable-gpu-rasterization',
]

export const openBrowser = (executablePath: string): Promise<Browser> => chromium.launch({ executablePath, args: ARGS })

export interface Place {
  readonly longitude: number
  readonly latitude: number
  readonly accuracy: number
}

const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const

/** Someone at a screen: one page, what the server told it, and what went wrong on it. */
export interface Seat {
  readonly page: Page
  readonly context: BrowserContext
  readonly told: Told
  /** Until what was asked of the server has been answered for a moment; the stream of events never ends and does not count. */
  calm(): Promise<void>
}

export interface Troubles {
  /** What a page complained of: errors, refusals of its own policy, requests that failed. */
  readonly list: string[]
}

/** Opens a screen of its own, with no one signed in. */
export async function sit(browser: Browser, base: string, troubles: Troubles, size: keyof typeof SIZES, at?: Place): Promise<Seat> {
  const phone = size === 'phone'
  const context = await browser.newContext({
    baseURL: base,
    viewport: SIZES[size],
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    hasTouch: phone,
    isMobile: phone,
    ...(at && { geolocation: at, permissions: ['geolocation'] }),
  })
  const page = await context.newPage()
  page.setDefaultTimeout(90_000)
  const told = new Told()
  /** When each request began that has not ended. */
  const open = new Map<Request, number>()
  let changed = Date.now()
  const end = (request: Request) => {
    open.delete(request)
    changed = Date.now()
  }
  const counts = (address: string) => !address.endsWith('/events') && !address.startsWith('blob:') && !address.startsWith('data:')
  const note = (what: string) => troubles.list.push(`${new URL(page.url()).pathname}: ${what}`)

  page.on('request', (request) => {
    if (!counts(request.url())) return
    changed = Date.now()
    open.set(request, changed)
  })
  page.on('requestfinished', end)
  page.on('requestfailed', (request) => {
    end(request)
    const why = request.failure()?.errorText ?? ''
    // What the page itself no longer wants, because the reader went on, is not a failure.
    if (why !== 'net::ERR_ABORTED') note(`${request.method()} ${request.url()} ${why}`)
  })
  page.on('response', (response) => {
    const path = new URL(response.url()).pathname
    if (response.status() >= 400 && !isAsking(path, response.status())) note(`${response.request().method()} ${path} ${response.status()}`)
    if (path.startsWith('/api/') && /json/.test(response.headers()['content-type'] ?? '')) told.hear(response.json().catch(() => undefined))
  })
  page.on('pageerror', (error) => note(error.stack ?? error.message))
  page.on('console', (message) => {
    if (message.type() !== 'error' && !/Content Security Policy/i.test(message.text())) return
    if (isAsking(new URL(message.location().url || base).pathname, 401) && /401/.test(message.text())) return
    note(message.text())
  })
  return {
    page,
    context,
    told,
    async calm() {
      const until = Date.now() + 15_000
      // Of some requests that a page leaves behind no end is ever told.
      const asking = () => [...open.values()].some((began) => Date.now() - began < LOST_MS)
      while (Date.now() < until && (asking() || Date.now() - changed < CALM_MS)) await page.waitForTimeout(50)
      await page.evaluate(() => document.fonts.ready)
    },
  }
}

/** Before signing in a page asks whether one is, and 401 is the answer. */
const isAsking = (path: string, status: number) => path === '/api/me' && status === 401

/** Signs in by the form of the workbench or of the collector's page. */
export async function signIn({ page }: Seat, account: string, where: '/workbench/' | '/collector' = '/workbench/'): Promise<void> {
  await page.goto(where)
  await page.getByLabel('账号', { exact: true }).fill(account)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('button', { name: '登录', exact: true }).waitFor({ state: 'detached' })
}

/** A photo as a phone would take it, without anything but its picture. */
export function drawPhoto(colour: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900"><rect width="1200" height="900" fill="#8b8f92"/>
    <rect y="560" width="1200" height="340" fill="#5d6266"/><ellipse cx="600" cy="700" rx="260" ry="90" fill="${colour}"/></svg>`
  return sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer()
}

export const asFile = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/jpeg', buffer })

/** Pictures of the run for whoever wants to look, in the folder that TEST_PICTURES names; those of a failure are always taken. */
let folder = process.env.TEST_PICTURES
export async function takePicture({ page }: Seat, name: string, full = false): Promise<void> {
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: full })
}
export async function takeFailure({ page }: Seat, name: string): Promise<void> {
  folder ??= await mkdtemp(join(tmpdir(), 'chengyun-pictures-'))
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
export const pictures = () => folder

/** The text one sees, in one line. */
export const textOf = async (found: Locator): Promise<string> => (await found.innerText()).replaceAll(/\s+/g, ' ').trim()
