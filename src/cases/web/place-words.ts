import { useDivisions } from '../../atlas/web/index.ts'
import type { CaseBrief } from '../contract.ts'

type Placed = Pick<CaseBrief, 'address' | 'region' | 'district'>

/** Where a case lies in two parts, neither repeating the other: the address below its street, and district and street. */
export function usePlaceWords(): (item: Placed) => { address: string; within: string } {
  const divisions = useDivisions()
  return ({ address, region, district }) => {
    const code = region.street ?? district
    const codes = [6, 9].filter((length) => length <= code.length).map((length) => code.slice(0, length))
    let rest = address ?? ''
    // Addresses are written in the city's own language, whatever the reader's.
    for (const part of codes) {
      const name = divisions.items.find((division) => division.code === part)?.name.zh
      if (name && rest.startsWith(name)) rest = rest.slice(name.length).trimStart()
    }
    return { address: rest || '—', within: codes.map(divisions.name).filter(Boolean).join(' · ') }
  }
}
