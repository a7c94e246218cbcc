import { useDivisions } from '../../atlas/web/index.ts'
import type { CaseBrief } from '../contract.ts'

type Placed = Pick<CaseBrief, 'address' | 'region' | 'district'>

/** Where a case lies in two parts, neither repeating the other: the address below its street, and district and street. */
export function usePlaceWords(): (item: Placed) => { address: string; within: string } {
  const divisions = useDivisions()
  return ({ address, region, district }) => {
    const code = region.street ?? district
    const names = [6, 9].filter((length) => length <= code.length).map((length) => divisions.name(code.slice(0, length)))
    let rest = address ?? ''
    for (const name of names) if (name && rest.startsWith(name)) rest = rest.slice(name.length).trimStart()
    return { address: rest || '—', within: names.filter(Boolean).join(' · ') }
  }
}
