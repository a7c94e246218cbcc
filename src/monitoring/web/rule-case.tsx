import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { sayLimit } from '../../cases/web/index.ts'
import { useWords } from '../../kernel/web/index.ts'
import { CategoryField, conditionsQuery, UnitField } from '../../registry/web/index.ts'
import { LEVELS, type RuleBody } from '../contract.ts'

const words = {
  level: { zh: '从这一级起', en: 'From this level on' },
  category: { zh: '类别', en: 'Category' },
  condition: { zh: '立案条件与时限', en: 'Filing condition and limit' },
  first: { zh: '此类别的第一条', en: 'The first of the category' },
  unit: { zh: '派遣单位（不填为设备权属单位）', en: 'Unit (none: the owner of the device)' },
}

const FIRST = ''

type Becomes = NonNullable<RuleBody['case']>

/** 告警转案件: from which level, under which category, with which limit, and to whom. */
export function RuleCase({ becomes, set }: { becomes: Becomes; set: (becomes: Becomes) => void }) {
  const { say, language } = useWords()
  const conditions = useQuery(conditionsQuery(becomes.category || undefined)).data ?? []
  return (
    <div className="rule-row">
      <label>
        {say(words.level)}
        <Select
          value={becomes.level}
          aria-label={say(words.level)}
          onChange={(level) => set({ ...becomes, level })}
          options={LEVELS.map(({ level, words: name }) => ({ value: level as number, label: say(name) }))}
        />
      </label>
      <label>
        {say(words.category)}
        <CategoryField value={becomes.category || undefined} onChange={(category) => set({ ...becomes, category: category ?? '', condition: null })} />
      </label>
      <label>
        {say(words.condition)}
        <Select
          value={becomes.condition ?? FIRST}
          aria-label={say(words.condition)}
          onChange={(condition) => set({ ...becomes, condition: condition === FIRST ? null : condition })}
          options={[
            { value: FIRST, label: say(words.first) },
            ...conditions.map(({ id, condition, limits: { A } }) => ({ value: id, label: `${say(condition)} · ${sayLimit(A.amount, A.unit, language)}` })),
          ]}
        />
      </label>
      <label>
        {say(words.unit)}
        <UnitField value={becomes.unit ?? undefined} onChange={(unit) => set({ ...becomes, unit: unit ?? null })} />
      </label>
    </div>
  )
}
