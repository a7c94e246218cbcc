// The tree of units as codes and paths. Pure.

interface Node {
  readonly code: string
  readonly parent: string | null
}

/** How deep each unit stands, the centre at 1; a unit whose forebears form a circle, or are missing, is left out. */
export function depthsOf(units: readonly Node[]): Map<string, number> {
  const byCode = new Map(units.map((unit) => [unit.code, unit]))
  const depths = new Map<string, number>()
  for (const unit of units) {
    const way: string[] = []
    let at: Node | undefined = unit
    while (at && !depths.has(at.code) && !way.includes(at.code)) {
      way.push(at.code)
      at = at.parent === null ? undefined : byCode.get(at.parent)
      if (!at && byCode.get(way.at(-1)!)!.parent !== null) way.length = 0
    }
    const known = at ? depths.get(at.code) : 0
    if (known === undefined) continue
    way.reverse().forEach((code, index) => depths.set(code, known + index + 1))
  }
  return depths
}

/** `/C01/U0103/`: the codes from the centre down to each unit. */
export function pathsOf(units: readonly Node[]): Map<string, string> {
  const byCode = new Map(units.map((unit) => [unit.code, unit]))
  const paths = new Map<string, string>()
  const pathOf = (code: string, depth = 0): string => {
    const known = paths.get(code)
    if (known) return known
    const parent = byCode.get(code)?.parent
    const path = parent && depth < 50 ? `${pathOf(parent, depth + 1)}${code}/` : `/${code}/`
    paths.set(code, path)
    return path
  }
  for (const { code } of units) pathOf(code)
  return paths
}

/** The unit that a path leads to; '' of ''. */
export const unitOfPath = (path: string): string => path.split('/').at(-2) ?? ''
