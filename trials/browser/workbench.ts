// What people do at the workbench, in the words that are on it.

import { textOf, type Seat } from '../browser.ts'

/** Goes to a page by the menu, as one does: its group is opened where it is folded. */
export async function turnTo({ page, calm }: Seat, name: string): Promise<void> {
  const menu = page.getByRole('navigation', { name: '主菜单' })
  const line = { name: new RegExp(`^${name}( |$)`), includeHidden: true }
  const link = menu.getByRole('link', line)
  await link.waitFor({ state: 'attached' })
  if (!(await link.isVisible())) await menu.locator('section').filter({ has: page.getByRole('link', line) }).getByRole('button').click()
  await link.click()
  await page.locator('.menu a[aria-current]', { hasText: name }).waitFor()
  await calm()
}

export async function menuOf({ page }: Seat): Promise<string[]> {
  const names = page.getByRole('navigation', { name: '主菜单' }).locator('.name')
  await names.first().waitFor()
  return names.allInnerTexts()
}

/** Shows only what waits in one state. */
export async function showState({ page, calm }: Seat, state: string): Promise<void> {
  const button = page.getByRole('group', { name: '按办理筛选' }).getByRole('button', { name: new RegExp(`^${state}`) })
  if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click()
  await calm()
}

/** Finds a case on the list of what waits and lays it open beside it. */
export async function pickCase({ page }: Seat, words: string): Promise<void> {
  await page.locator('.todo-rows').getByRole('link', { name: words }).click()
  await page.locator('.preview').getByRole('heading', { name: words }).waitFor()
}

/** The case of this number beside the list: there may be others of the same words. */
export async function pickNumber({ page }: Seat, number: string): Promise<void> {
  await page.locator(`.todo-rows a[href*="${number}"]`).click()
  await page.locator(`.preview:not([data-waiting]) a.number[href*="${number}"]`).waitFor()
}

/** The acts that are offered, without the letters of their keys. */
export async function actsOf({ page, calm }: Seat): Promise<string[]> {
  await calm()
  const buttons = await page.locator('.act-bar').first().getByRole('button').all()
  return (await Promise.all(buttons.map(textOf))).map((text) => text.replace(/ ?[A-Z]$/, ''))
}

/** Presses the act and waits for the line that says it was done. */
export async function act({ page }: Seat, name: RegExp, done: RegExp): Promise<void> {
  await page.locator('.act-bar').first().getByRole('button', { name }).click()
  const sure = page.getByRole('dialog').getByRole('button', { name: /此案$/ })
  const told = page.locator('.toaster').getByText(done)
  await Promise.race([told.first().waitFor(), sure.waitFor().then(() => sure.click(), () => undefined)])
  await told.first().waitFor()
}
