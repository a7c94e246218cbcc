import { TreeSelect } from 'antd'
import { useClear, useWords } from '../../kernel/web/index.ts'
import { regionPrefix } from '../region.ts'
import { useDivisions } from './divisions.ts'

interface Props {
  value?: string | undefined
  onChange?: (region: string | undefined) => void
  width?: number | string
  /** What stands there when nothing is chosen. */
  whole?: string
  id?: string
}

interface Node {
  value: string
  title: string
  children: Node[]
}

/** Picks a division; the value is the prefix that all codes below it share. */
export function RegionField({ value, onChange, width = '100%', whole, id }: Props) {
  const { say } = useWords()
  const clear = useClear()
  const { items } = useDivisions()
  const under = (parent: string): Node[] =>
    items
      .filter(({ parentCode }) => parentCode === parent)
      .map((division) => ({ value: regionPrefix(division.code), title: say(division.name), children: under(division.code) }))
  const city = items.find(({ level }) => level === 'city')
  const label = whole ?? say({ zh: '区域', en: 'Area' })
  return (
    <TreeSelect
      {...(id && { id })}
      style={{ width }}
      value={value ?? null}
      onChange={(chosen: string | null) => onChange?.(chosen ?? undefined)}
      treeData={city ? [{ value: regionPrefix(city.code), title: say(city.name), children: under(city.code) }] : []}
      treeDefaultExpandedKeys={items.filter(({ level }) => level === 'city' || level === 'district').map(({ code }) => regionPrefix(code))}
      showSearch={{ treeNodeFilterProp: 'title' }}
      allowClear={clear}
      placeholder={label}
      aria-label={label}
      popupMatchSelectWidth={220}
    />
  )
}
