import { useQuery } from '@tanstack/react-query'
import { TreeSelect } from 'antd'
import { useMemo } from 'react'
import { useClear, useWords } from '../../kernel/web/index.ts'
import type { Category } from '../contract.ts'
import { categoriesQuery } from './look-up.ts'

const words = {
  component: { zh: '部件', en: 'Components' },
  matter: { zh: '事项', en: 'Matters' },
  pick: { zh: '类别', en: 'Category' },
  find: { zh: '输入名称或代码', en: 'Name or code' },
}

const kindOf = (id: string) => id.split('.')[1]

/** Picks a category of the catalogue. `majors`: a whole major class may be picked too, as filters need it. */
export function CategoryField({
  value,
  onChange,
  version,
  majors = false,
  whole,
  id,
  status,
  width = '100%',
}: {
  value?: string | undefined
  onChange?: (id: string | undefined) => void
  version?: string | undefined
  majors?: boolean
  /** What stands there when nothing is chosen. */
  whole?: string
  id?: string
  status?: 'error' | ''
  width?: number | string
}) {
  const { say } = useWords()
  const clear = useClear()
  const items = useQuery(categoriesQuery(version)).data?.items
  const tree = useMemo(() => treeOf(items ?? [], majors, say), [items, majors, say(words.component)])
  return (
    <TreeSelect
      {...(id && { id })}
      {...(status && { status })}
      style={{ width }}
      value={value ?? null}
      onChange={(chosen: string | null) => onChange?.(chosen ?? undefined)}
      treeData={tree}
      showSearch={{ filterTreeNode: (text, node) => String(node['search']).includes(text.trim()) }}
      allowClear={clear}
      placeholder={whole ?? (majors ? say(words.pick) : say(words.find))}
      aria-label={say(words.pick)}
      popupMatchSelectWidth={340}
      treeLine={{ showLeafIcon: false }}
      listHeight={360}
    />
  )
}

interface Node {
  value: string
  title: string
  search: string
  selectable: boolean
  children?: Node[]
}

function treeOf(items: readonly Category[], majors: boolean, say: (words: { zh: string; en: string }) => string): Node[] {
  const kinds: Node[] = []
  const byId = new Map<string, Node>()
  const under = (parent: Node[], value: string, title: string, selectable: boolean): Node => {
    const known = byId.get(value)
    if (known) return known
    const made: Node = { value, title, search: '', selectable, children: [] }
    byId.set(value, made)
    parent.push(made)
    return made
  }
  for (const item of items) {
    const letter = kindOf(item.id)
    const kind = under(kinds, `${item.version}.${letter}.`, say(letter === 'c' ? words.component : words.matter), majors)
    const major = under(kind.children!, item.major.id, say(item.major.name), majors)
    const title = `${item.code} ${say(item.name)}`
    major.children!.push({ value: item.id, title, search: `${title} ${item.name.zh} ${item.name.en}`, selectable: true })
  }
  return kinds
}
