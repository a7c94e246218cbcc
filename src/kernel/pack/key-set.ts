// A set of keys without the limit of 16.7 million that a Set of the language has.

const PARTS = 32

export class KeySet {
  private readonly parts = Array.from({ length: PARTS }, () => new Set<string>())

  private partOf(key: string): Set<string> {
    const last = key.length === 0 ? 0 : key.charCodeAt(key.length - 1)
    const before = key.length < 2 ? 0 : key.charCodeAt(key.length - 2)
    return this.parts[(last + before * 10) % PARTS]!
  }

  has = (key: string): boolean => this.partOf(key).has(key)

  /** Whether the key is new. */
  add(key: string): boolean {
    const part = this.partOf(key)
    if (part.has(key)) return false
    part.add(key)
    return true
  }
}

export const keyOf = (row: Readonly<Record<string, unknown>>, columns: readonly string[]): string =>
  columns.length === 1 ? String(row[columns[0]!]) : JSON.stringify(columns.map((column) => row[column] ?? null))
