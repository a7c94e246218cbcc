import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { RegionField, useDivisions } from '../../atlas/web/index.ts'
import { addressOf, EmptyState, ErrorState, Icon, Loading, sayCount, sayList, sayMoment, serverNow, useMay, useWords } from '../../kernel/web/index.ts'
import { CategoryField, UnitField } from '../../registry/web/index.ts'
import { BASES, BASIS_NAMES, getRulesCsv, getRulesSheet, readHours, ROAD_NAMES, RULE_STATES, sayHours, type RuleShown } from '../contract.ts'
import { rulesQuery, useCategoryNames, type RuleFilter } from './queries.ts'

const words = {
  add: { zh: '新增规则', en: 'New rule' },
  import: { zh: '导入', en: 'Import' },
  export: { zh: '导出 Excel', en: 'Export Excel' },
  all: { zh: '全部类别', en: 'All categories' },
  whole: { zh: '全市', en: 'The whole city' },
  basis: { zh: '依据', en: 'Ground' },
  find: { zh: '编号或备注', en: 'Number or note' },
  state: { zh: '状态', en: 'State' },
  standing: { zh: '有效', en: 'Standing' },
  ended: { zh: '已终止', en: 'Ended' },
  allStates: { zh: '全部', en: 'All' },
  number: { zh: '编号', en: 'Number' },
  category: { zh: '类别', en: 'Category' },
  region: { zh: '区域', en: 'Area' },
  unit: { zh: '责任单位', en: 'Unit' },
  limits: { zh: '限定', en: 'Only' },
  valid: { zh: '有效期', en: 'Holds' },
  none: { zh: '没有符合的规则。', en: 'No rule fits.' },
  more: { zh: '更多', en: 'More' },
}
const STATE_WORDS = { standing: words.standing, ended: words.ended, all: words.allStates }

export const hasEnded = ({ to }: RuleShown): boolean => to !== null && Date.parse(to) <= serverNow()

interface Props {
  filter: RuleFilter
  setFilter: (change: Partial<Record<keyof RuleFilter, string | undefined>>) => void
  chosen: string | undefined
  choose: (rule: RuleShown | undefined) => void
  add: () => void
  importList: () => void
}

/** Rules as a list with its filters, the newest first. */
export function RulesList({ filter, setFilter, chosen, choose, add, importList }: Props) {
  const { say, language } = useWords()
  const may = useMay()
  const [text, setText] = useState(filter.text ?? '')
  const rules = useInfiniteQuery(rulesQuery(filter))
  const items = rules.data?.pages.flatMap((page) => page.items) ?? []
  const total = rules.data?.pages[0]?.total
  return (
    <>
      <div className="rule-filter">
        <CategoryField majors width={200} value={filter.category} onChange={(category) => setFilter({ category })} whole={say(words.all)} />
        <RegionField width={150} value={filter.region} onChange={(region) => setFilter({ region })} whole={say(words.whole)} />
        <UnitField width={180} value={filter.unit} onChange={(unit) => setFilter({ unit })} />
        <Select
          style={{ width: 96 }}
          allowClear
          placeholder={say(words.basis)}
          aria-label={say(words.basis)}
          value={filter.basis ?? null}
          onChange={(basis: string | null) => setFilter({ basis: basis ?? undefined })}
          options={BASES.map((basis) => ({ value: basis, label: say(BASIS_NAMES[basis]) }))}
        />
        <Select
          style={{ width: 100 }}
          aria-label={say(words.state)}
          value={filter.state ?? 'standing'}
          onChange={(state) => setFilter({ state: state === 'standing' ? undefined : state })}
          options={RULE_STATES.map((state) => ({ value: state, label: say(STATE_WORDS[state]) }))}
        />
        <Input.Search
          style={{ width: 160 }}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onSearch={(asked) => setFilter({ text: asked.trim() || undefined })}
          placeholder={say(words.find)}
          aria-label={say(words.find)}
          allowClear
        />
        <span className="end">
          <span className="muted small">{total !== undefined && (language === 'zh' ? `${sayCount(total)} 条` : `${sayCount(total)} rules`)}</span>
          <Button href={addressOf(getRulesSheet, {}, filter)} download="responsibility.xlsx">
            {say(words.export)}
          </Button>
          <Button href={addressOf(getRulesCsv, {}, filter)} download="responsibility.csv">
            CSV
          </Button>
          {may('responsibility.edit') && (
            <>
              <Button onClick={importList}>{say(words.import)}</Button>
              <Button type="primary" icon={<Icon name="plus" />} onClick={add}>
                {say(words.add)}
              </Button>
            </>
          )}
        </span>
      </div>
      <div className="rule-rows">
        {rules.isError ? (
          <ErrorState error={rules.error} retry={() => void rules.refetch()} />
        ) : rules.isPending ? (
          <Loading lines={10} />
        ) : items.length === 0 ? (
          <EmptyState why={say(words.none)} />
        ) : (
          <Rows items={items} chosen={chosen} choose={choose} />
        )}
        {rules.hasNextPage && (
          <p className="more-line">
            <Button loading={rules.isFetchingNextPage} onClick={() => void rules.fetchNextPage()}>
              {say(words.more)}
            </Button>
          </p>
        )}
      </div>
    </>
  )
}

function Rows({ items, chosen, choose }: { items: readonly RuleShown[]; chosen: string | undefined; choose: (rule: RuleShown) => void }) {
  const { say, language } = useWords()
  const { scope } = useDivisions()
  const category = useCategoryNames()
  return (
    <table>
      <thead>
        <tr>
          {[words.number, words.category, words.region, words.basis, words.unit, words.limits, words.valid].map((head) => (
            <th key={head.en} scope="col">
              {say(head)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((rule) => (
          <tr key={rule.number} className={[rule.number === chosen && 'chosen', hasEnded(rule) && 'ended'].filter(Boolean).join(' ')}>
            <td>
              <button type="button" className="link number" onClick={() => choose(rule)}>
                {rule.number}
              </button>
            </td>
            <td>
              {category(rule.category)}
              {rule.category && <small className="number">{rule.category}</small>}
            </td>
            <td>{rule.region === '' ? say(words.whole) : scope(rule.region)}</td>
            <td className="word">{say(BASIS_NAMES[rule.basis])}</td>
            <td>
              {say(rule.unit.name)}
              {rule.note && <small>{rule.note}</small>}
            </td>
            <td>
              {sayList(
                rule.roads.map((road) => say(ROAD_NAMES[road])),
                language,
              )}
              {rule.hours && <small>{say(sayHours(readHours(rule.hours) ?? []))}</small>}
              {rule.roads.length === 0 && rule.hours === '' && <span className="muted">—</span>}
            </td>
            <td className="when number">
              {sayMoment(rule.from).slice(0, 10)}
              {rule.to && ` – ${sayMoment(rule.to).slice(0, 10)}`}
              {rule.replaces && <small>← {rule.replaces}</small>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
