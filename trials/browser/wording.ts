// Whether a page speaks one language: everything a reader sees or is read aloud, but for what the server told it.

import type { Seat } from '../browser.ts'
import { squeeze } from './told.ts'

export type Tongue = 'zh' | 'en'

/** What does not belong into the page's own words. */
const FOREIGN: Record<Tongue, RegExp> = {
  en: /[\u2e80-\u303f\u3400-\u9fff\uff00-\uffef]+/g,
  zh: /[A-Za-z]{2,}(?:[ '’-][A-Za-z]{2,})*/g,
}

/** Names that are the same in Chinese: of standards, formats and keys. */
const NAMES = new Set(['CGCS2000', 'CGCS', 'OpenStreetMap', 'JPEG', 'PDF', 'Enter', 'IP', 'Open311', 'API', 'Chrome', 'Linux', 'km', 'Excel', 'Word', 'CSV', 'HTTP', 'MQTT', 'CAP'])

/** The page's own words that are not in its language. */
export async function findForeign({ page, told }: Seat, tongue: Tongue, known: readonly string[]): Promise<string[]> {
  const texts = await page.evaluate(readPage, tongue)
  const data = [...known, ...(await told.texts(tongue))].filter((text) => text !== '').toSorted((a, b) => b.length - a.length)
  const found = new Set<string>()
  for (const text of texts.map(squeeze)) {
    if (!text.match(FOREIGN[tongue])) continue
    const rest = data.reduce((left, each) => (each.length > 1 && left.includes(each) ? left.replaceAll(each, '\n') : left), text)
    for (const [piece] of rest.matchAll(FOREIGN[tongue])) {
      // A part of a longer name; a mark alone is the page's own.
      if (NAMES.has(piece) || (/[\p{L}]/u.test(piece) && data.some((each) => each.includes(piece)))) continue
      found.add(`“${piece}” in “${text.slice(0, 60)}”`)
    }
  }
  return [...found]
}

/** Turns the page to the other language as a reader would, or where it has no switch as a reader's browser remembers it. */
export async function speak(seat: Seat, tongue: Tongue): Promise<void> {
  const { page, told } = seat
  told.forget()
  const turn = page.locator(`button[lang^="${tongue}"]`).first()
  const workbench = page.url().includes('/workbench')
  if (await turn.isVisible()) await turn.click()
  else await page.evaluate((chosen) => localStorage.setItem('chengyun.language', chosen), tongue)
  // The workbench asks for everything anew; the phones' pages keep what they have.
  if (!workbench) await page.reload()
  await page.locator(`html[lang^="${tongue}"]`).waitFor({ state: 'attached' })
  await seat.calm()
}

/** Every text a reader meets: shown, in a field as its hint, or read aloud in the place of a picture. */
function readPage(tongue: string): string[] {
  const texts: string[] = []
  const inTongue = (element: Element) => element.closest('[lang]')?.getAttribute('lang')?.startsWith(tongue) ?? true
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent ?? ''
    const parent = walker.currentNode.parentElement!
    if (text.trim() === '' || parent.closest('script, style, code, pre, textarea') || !inTongue(parent)) continue
    if (parent.checkVisibility()) texts.push(text)
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]')) {
    // The icons of Ant Design carry English names of their own, beside the words that say what they mean.
    if (!inTongue(element) || !element.checkVisibility() || element.closest('.anticon')) continue
    for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
      const text = element.getAttribute(name)
      if (text) texts.push(text)
    }
  }
  return texts
}
