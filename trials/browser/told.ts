// What the server told a page. Words of the page that came from the server are data: they may stand in any language.

type Tongue = 'zh' | 'en'

export class Told {
  readonly #replies: Promise<unknown>[] = []

  hear(reply: Promise<unknown>): void {
    this.#replies.push(reply)
  }

  /** From now on only what is told anew counts. */
  forget(): void {
    this.#replies.length = 0
  }

  /** All texts told, but of words in two languages only those that the page should show in this one. */
  async texts(tongue: Tongue): Promise<Set<string>> {
    const texts = new Set<string>()
    for (const reply of await Promise.all(this.#replies)) collect(reply, tongue, texts)
    return texts
  }
}

function collect(value: unknown, tongue: Tongue, into: Set<string>): void {
  if (typeof value === 'string') into.add(squeeze(value))
  else if (Array.isArray(value)) for (const each of value) collect(each, tongue, into)
  else if (typeof value === 'object' && value !== null) {
    const words = value as Record<string, unknown>
    const both = typeof words.zh === 'string' && typeof words.en === 'string'
    for (const [name, each] of Object.entries(words)) if (!both || name === tongue || !['zh', 'en'].includes(name)) collect(each, tongue, into)
  }
}

export const squeeze = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
