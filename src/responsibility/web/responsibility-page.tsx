import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useAddress, useWords } from '../../kernel/web/index.ts'
import { DutiesList, DutyForm } from './duties-list.tsx'
import { ImportPanel } from './import-panel.tsx'
import { PrecedentForm } from './precedent-form.tsx'
import { PrecedentsList } from './precedents-list.tsx'
import { dutiesQuery, rulesQuery, type RuleFilter } from './queries.ts'
import { RuleForm } from './rule-form.tsx'
import { hasEnded, RulesList } from './rules-list.tsx'
import { TryOut } from './try-out.tsx'
import './responsibility.css'

const words = {
  title: { zh: '确责规则', en: 'Responsibility' },
  lead: {
    zh: '部件先属主后属地，事项先属地后属主；先例先于规则，每个结论都说明依据',
    en: 'Owner or locality first, by kind; precedents before rules; every answer says why',
  },
}
const VIEWS = {
  rules: { zh: '规则', en: 'Rules' },
  precedents: { zh: '先例', en: 'Precedents' },
  duties: { zh: '值守', en: 'Duty' },
} as const
type View = keyof typeof VIEWS

interface Address extends Record<string, string | undefined> {
  view?: string
  /** What stands at the side: `new`, `import`, or the number of a rule or the code of a unit. */
  open?: string
  category?: string
  region?: string
  basis?: string
  unit?: string
  state?: string
  text?: string
}

export default function ResponsibilityPage() {
  const { say } = useWords()
  const [address, setAddress] = useAddress<Address>()
  const view: View = address.view !== undefined && address.view in VIEWS ? (address.view as View) : 'rules'
  const { category, region, basis, unit, state, text } = address
  const filter = Object.fromEntries(
    Object.entries({ category, region, basis, unit, state, text }).filter(([, value]) => value !== undefined),
  ) as RuleFilter
  const open = (what: string | undefined) => setAddress({ open: what })
  return (
    <div className="responsibility">
      <section>
        <header className="page-head">
          <div>
            <h1>{say(words.title)}</h1>
            <p className="muted small">{say(words.lead)}</p>
          </div>
          <div>
            <div className="segments solid" role="group" aria-label={say(words.title)}>
              {(Object.keys(VIEWS) as View[]).map((each) => (
                <button
                  key={each}
                  type="button"
                  aria-pressed={each === view}
                  onClick={() => setAddress({ view: each === 'rules' ? undefined : each, open: undefined })}
                >
                  {say(VIEWS[each])}
                </button>
              ))}
            </div>
          </div>
        </header>
        {view === 'rules' && (
          <RulesList
            filter={filter}
            setFilter={setAddress}
            chosen={address.open}
            choose={(rule) => open(rule?.number)}
            add={() => open('new')}
            importList={() => open('import')}
          />
        )}
        {view === 'precedents' && <PrecedentsList add={() => open('new')} />}
        {view === 'duties' && <DutiesList edit={open} />}
      </section>
      <aside>
        <Side view={view} open={address.open} filter={filter} show={open} />
      </aside>
    </div>
  )
}

/** What is being edited; the try-out where nothing is. */
function Side({ view, open, filter, show }: { view: View; open: string | undefined; filter: RuleFilter; show: (what: string | undefined) => void }) {
  const close = () => show(undefined)
  const rule = useRule(view === 'rules' ? open : undefined, filter)
  const duty = useQuery({ ...dutiesQuery, enabled: view === 'duties' }).data?.find((each) => each.unit.code === open)
  if (open === undefined) return <TryOut />
  if (view === 'precedents') return <PrecedentForm close={close} />
  if (view === 'duties') return <DutyForm key={open} duty={duty} close={close} />
  if (open === 'import') return <ImportPanel close={close} />
  if (open === 'new') return <RuleForm key="new" ended={false} close={close} show={show} />
  return rule ? <RuleForm key={rule.number} rule={rule} ended={hasEnded(rule)} close={close} show={show} /> : <TryOut />
}

/** A rule of the list, or one whose number came in the address. */
function useRule(number: string | undefined, filter: RuleFilter) {
  const listed = useInfiniteQuery({ ...rulesQuery(filter), enabled: number !== undefined })
  const found = listed.data?.pages.flatMap(({ items }) => items).find((each) => each.number === number)
  const named = number !== undefined && /^R-\d+$/.test(number) && !found
  const asked = useInfiniteQuery({ ...rulesQuery({ state: 'all', text: number ?? '' }), enabled: named })
  return found ?? asked.data?.pages[0]?.items.find((each) => each.number === number)
}
