import { useQuery } from '@tanstack/react-query'
import { Button, DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import type { ComponentType } from 'react'
import { RegionField } from '../../atlas/web/index.ts'
import { addDays, addressOf, Icon, serverNow, startOfDay, useAddress, useMay, useWords, wallTime } from '../../kernel/web/index.ts'
import { UnitField } from '../../registry/web/index.ts'
import { getCasesSheet, getProceedingsSheet, RESULTS, type ProceedingFilter } from '../contract.ts'
import { filterOf, type FilterAddress } from './case-filter.ts'
import { LedgerFigures } from './ledger-figures.tsx'
import { ledgersOf } from './ledger-kinds.ts'
import { CasesLedger, ProceedingsLedger } from './ledger-tables.tsx'
import { flowQuery } from './queries.ts'
import { resultWords } from './result-words.ts'
import './case-list.css'
import './ledgers.css'

const words = {
  title: { zh: '程序台账', en: 'Ledgers' },
  kinds: { zh: '台账', en: 'Ledgers' },
  export: { zh: '导出 Excel', en: 'Export to Excel' },
  from: { zh: '提出自', en: 'Opened from' },
  fromCase: { zh: '上报自', en: 'Reported from' },
  to: { zh: '至', en: 'to' },
  result: { zh: '结果', en: 'Result' },
  figures: { zh: '统计', en: 'Figures' },
  open: { zh: '在办', en: 'Under way' },
}

type Address = Partial<Record<'kind' | 'region' | 'unit' | 'result' | 'from' | 'to', string>>

export interface LedgerShareProps {
  kind: string
  days: { from: string; to: string }
  region: string | undefined
}

/** 台账: every procedure with its list, its figures and its sheet; `share` shows what higher rooms have counted of it. */
export function LedgersPage({ share: Share }: { share: ComponentType<LedgerShareProps> }) {
  const { say, language } = useWords()
  const may = useMay()
  const [address, setAddress] = useAddress<Address>()
  const flow = useQuery(flowQuery).data
  const kinds = ledgersOf(flow)
  const chosen = kinds.find(({ kind }) => kind === address.kind) ?? kinds[0]
  if (!chosen) return null
  const today = wallTime(serverNow()).day
  const days = { from: address.from ?? `${today.slice(0, 7)}-01`, to: address.to ?? today }
  const { region, unit, result } = address
  const place = { ...(region && { region }), ...(unit && { unit }) }
  const ofCases: FilterAddress = { ...chosen.cases, ...place, ...days }
  const ofProceedings: ProceedingFilter = {
    kind: chosen.kind,
    ...place,
    ...(result === 'open' ? { state: 'open' as const } : result && { result: result as NonNullable<ProceedingFilter['result']> }),
    from: startOfDay(days.from),
    to: startOfDay(addDays(days.to, 1)),
  }
  const sheet = chosen.cases
    ? addressOf(getCasesSheet, {}, { ...filterOf(ofCases), lang: language })
    : addressOf(getProceedingsSheet, {}, { ...ofProceedings, lang: language })
  return (
    <div className="ledgers">
      <header className="page-head">
        <h1>{say(words.title)}</h1>
        <Button icon={<Icon name="table" />} href={sheet} download>
          {say(words.export)}
        </Button>
      </header>
      <div className="ledger-kinds" role="group" aria-label={say(words.kinds)}>
        {kinds.map(({ kind, words: name }) => (
          <button key={kind} type="button" aria-pressed={kind === chosen.kind} onClick={() => setAddress({ kind, result: undefined })}>
            {say(name)}
          </button>
        ))}
      </div>
      <div className="filter-bar">
        <div className="case-filters" role="search">
          <DatePicker.RangePicker
            style={{ width: 240 }}
            value={[dayjs(days.from), dayjs(days.to)]}
            onChange={(chosenDays) => setAddress({ from: chosenDays?.[0]?.format('YYYY-MM-DD'), to: chosenDays?.[1]?.format('YYYY-MM-DD') })}
            placeholder={[say(chosen.cases ? words.fromCase : words.from), say(words.to)]}
          />
          <RegionField width={140} value={region} onChange={(chosenRegion) => setAddress({ region: chosenRegion })} />
          {may('registry.read') && <UnitField by="path" width={180} value={unit} onChange={(path) => setAddress({ unit: path })} />}
          {!chosen.cases && (
            <Select
              style={{ width: 130 }}
              allowClear
              placeholder={say(words.result)}
              aria-label={say(words.result)}
              value={result ?? null}
              onChange={(value: string | null) => setAddress({ result: value ?? undefined })}
              options={[{ value: 'open', label: say(words.open) }, ...RESULTS.map((value) => ({ value, label: say(resultWords(chosen.kind)[value]) }))]}
            />
          )}
        </div>
      </div>
      <div className="ledger-figures" role="region" aria-label={say(words.figures)}>
        {!chosen.cases && <LedgerFigures kind={chosen.kind} filter={ofProceedings} />}
        {may('gather.read') && <Share kind={chosen.kind} days={days} region={region} />}
      </div>
      {chosen.cases ? <CasesLedger filter={filterOf(ofCases)} /> : <ProceedingsLedger kind={chosen.kind} filter={ofProceedings} />}
    </div>
  )
}
