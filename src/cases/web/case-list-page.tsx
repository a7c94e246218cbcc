import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Checkbox, Dropdown, Input, Popover } from 'antd'
import { useState } from 'react'
import { addressOf, EmptyState, ErrorState, groupNumber, Icon, Loading, sayCount, useAddress, useWords } from '../../kernel/web/index.ts'
import { BulkBar } from './bulk-bar.tsx'
import { COLUMNS, keepColumns, keptColumns } from './case-columns.tsx'
import { FILTERS, filterOf, keepViews, ownViews, shippedViews, type FilterAddress } from './case-filter.ts'
import { getCasesSheet } from '../contract.ts'
import { FilterLine } from './filter-line.tsx'
import { flat, listQuery } from './queries.ts'
import { useMore } from './use-more.ts'
import { useSelection } from './use-selection.ts'
import './case-list.css'

const words = {
  title: { zh: '案件', en: 'Cases' },
  order: { zh: '按上报时间，新的在前', en: 'by the time of report, newest first' },
  views: { zh: '视图', en: 'Views' },
  keep: { zh: '保存当前筛选为视图', en: 'Keep these filters as a view' },
  keepName: { zh: '视图名称', en: 'Name of the view' },
  save: { zh: '保存', en: 'Keep' },
  drop: { zh: '删除视图', en: 'Drop the view' },
  columns: { zh: '列', en: 'Columns' },
  clear: { zh: '清除筛选', en: 'Clear the filters' },
  map: { zh: '在地图上看', en: 'On the map' },
  none: { zh: '没有符合筛选的案件。', en: 'No case fits these filters.' },
  empty: { zh: '还没有案件。', en: 'There are no cases yet.' },
  list: { zh: '案件列表', en: 'List of cases' },
  export: { zh: '导出 Excel', en: 'Export to Excel' },
  pick: { zh: '选择', en: 'Select' },
  pickAll: { zh: '选择已列出的全部', en: 'Select all that are listed' },
}

const NOTHING = Object.fromEntries(FILTERS.map((name) => [name, undefined])) as FilterAddress

export default function CaseListPage() {
  const { say, language } = useWords()
  const go = useNavigate()
  const [address, setAddress] = useAddress<FilterAddress>()
  const [shown, setShown] = useState(keptColumns)
  const list = useInfiniteQuery(listQuery(filterOf(address)))
  const items = flat(list.data)
  const more = useMore(list)
  const selection = useSelection(items.map(({ number }) => number))
  const columns = COLUMNS.filter(({ key, fixed }) => fixed || shown.includes(key))
  const filtered = FILTERS.some((name) => address[name])
  const count = list.hasNextPage ? `${sayCount(items.length)}+` : sayCount(items.length)
  return (
    <div className="case-list">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">
            {language === 'zh' ? `已列出 ${count} 件` : `${count} listed`} · {say(words.order)}
          </p>
        </div>
        <div>
          <Views apply={(filter) => setAddress({ ...NOTHING, ...filter })} current={address} />
          <Button icon={<Icon name="map" />} onClick={() => void go({ to: '/map' as never, search: pick(address) as never })}>
            {say(words.map)}
          </Button>
          <Popover
            trigger="click"
            placement="bottomRight"
            content={
              <Checkbox.Group
                className="column-choice"
                value={shown}
                onChange={(keys) => {
                  setShown(keys)
                  keepColumns(keys)
                }}
                options={COLUMNS.filter(({ fixed }) => !fixed).map(({ key, title }) => ({ value: key, label: say(title) }))}
              />
            }
          >
            <Button icon={<Icon name="columns" />}>{say(words.columns)}</Button>
          </Popover>
          <Button icon={<Icon name="table" />} href={addressOf(getCasesSheet, {}, { ...filterOf(address), lang: language })} download>
            {say(words.export)}
          </Button>
        </div>
      </header>
      <div className="filter-bar">
        <FilterLine value={address} change={(change) => setAddress(change)} />
        {filtered && (
          <button type="button" className="link" onClick={() => setAddress(NOTHING)}>
            {say(words.clear)}
          </button>
        )}
      </div>
      <BulkBar items={items} selection={selection} />
      <div
        className="case-table"
        ref={more.scroll}
        data-dim={list.isPlaceholderData || undefined}
        tabIndex={0}
        role="region"
        aria-label={say(words.list)}
      >
        <table style={{ minWidth: columns.reduce((sum, { width }) => sum + width, 0) }}>
          <colgroup>
            {columns.map(({ key, width }) => (
              <col key={key} style={key === 'what' ? { minWidth: width } : { width }} />
            ))}
          </colgroup>
          <thead>
            <tr>
              {columns.map(({ key, title, right }) => (
                <th key={key} scope="col" className={right ? 'right' : ''}>
                  {key === 'number' && (
                    <Checkbox checked={selection.all} indeterminate={selection.some} onChange={selection.toggleAll} aria-label={say(words.pickAll)} />
                  )}
                  {say(title)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.number} data-ticked={selection.has(item.number) || undefined} onDoubleClick={() => void go({ to: `/cases/${item.number}` as never })}>
                {columns.map(({ key, cell, right }) => (
                  <td key={key} className={right ? 'right' : ''}>
                    {key === 'number' && (
                      <Checkbox
                        checked={selection.has(item.number)}
                        onChange={() => selection.toggle(item.number)}
                        aria-label={`${say(words.pick)} ${groupNumber(item.number)}`}
                      />
                    )}
                    {cell(item, say, language)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {list.isPending && <Loading lines={14} />}
        {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
        {list.isSuccess && items.length === 0 && (
          <EmptyState why={say(filtered ? words.none : words.empty)}>
            {filtered && <Button onClick={() => setAddress(NOTHING)}>{say(words.clear)}</Button>}
          </EmptyState>
        )}
        {list.isFetchingNextPage && <Loading lines={3} />}
        <div ref={more.end} />
      </div>
    </div>
  )
}

/** The map knows fewer filters than the list. */
const pick = ({ state, lamp, source, category, unit }: FilterAddress) => ({ state, lamp, source, category, unit })

function Views({ apply, current }: { apply: (filter: FilterAddress) => void; current: FilterAddress }) {
  const { say } = useWords()
  const [own, setOwn] = useState(ownViews)
  const [name, setName] = useState('')
  const [open, setOpen] = useState(false)
  const keep = (views: typeof own) => {
    setOwn(views)
    keepViews(views)
  }
  const shipped = shippedViews()
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            ...shipped.map((view, index) => ({ key: `shipped-${index}`, label: say(view.name) })),
            ...(own.length > 0 ? [{ type: 'divider' as const }] : []),
            ...own.map((view, index) => ({
              key: `own-${index}`,
              label: (
                <span className="own-view">
                  {view.name}
                  <button
                    type="button"
                    className="bare"
                    aria-label={`${say(words.drop)} ${view.name}`}
                    onClick={(event) => {
                      event.stopPropagation()
                      keep(own.toSpliced(index, 1))
                    }}
                  >
                    <Icon name="close" size={12} />
                  </button>
                </span>
              ),
            })),
            { type: 'divider' as const },
            { key: 'keep', label: say(words.keep) },
          ],
          onClick: ({ key }) => {
            const [kind, index] = key.split('-')
            if (kind === 'keep') return setOpen(true)
            apply((kind === 'own' ? own[Number(index)] : shipped[Number(index)])?.filter ?? {})
          },
        }}
      >
        <Button icon={<Icon name="down" />} iconPlacement="end">
          {say(words.views)}
        </Button>
      </Dropdown>
      <Popover
        open={open}
        onOpenChange={(next) => !next && setOpen(false)}
        trigger="click"
        content={
          <form
            className="keep-view"
            onSubmit={(event) => {
              event.preventDefault()
              if (name.trim()) keep([...own, { name: name.trim(), filter: current }])
              setName('')
              setOpen(false)
            }}
          >
            <Input
              value={name}
              onChange={(event) => setName(event.target.value)}
              placeholder={say(words.keepName)}
              aria-label={say(words.keepName)}
              maxLength={20}
              autoFocus
            />
            <Button type="primary" htmlType="submit">
              {say(words.save)}
            </Button>
          </form>
        }
      >
        <span />
      </Popover>
    </>
  )
}
