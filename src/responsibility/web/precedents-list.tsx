import { Link } from '@tanstack/react-router'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Input, Modal } from 'antd'
import { useState } from 'react'
import { useDivisions } from '../../atlas/web/index.ts'
import type { Words } from '../../kernel/contract.ts'
import { EmptyState, ErrorState, groupNumber, Icon, Loading, sayMoment, tell, useAct, useMay, useWords } from '../../kernel/web/index.ts'
import { postPrecedentWithdrawal, type Origin, type PrecedentShown, type Verdict } from '../contract.ts'
import { precedentsQuery, useCategoryNames } from './queries.ts'

const words = {
  add: { zh: '新增先例', en: 'New precedent' },
  withdrawn: { zh: '含已撤销', en: 'With those withdrawn' },
  number: { zh: '编号', en: 'Number' },
  verdict: { zh: '认定', en: 'Found' },
  like: { zh: '同类情形', en: 'Like situation' },
  unit: { zh: '单位', en: 'Unit' },
  origin: { zh: '来源', en: 'From' },
  decided: { zh: '认定时间', en: 'When' },
  withdraw: { zh: '撤销', en: 'Withdraw' },
  withdrawThis: { zh: '撤销此先例', en: 'Withdraw this precedent' },
  why: { zh: '理由', en: 'Reason' },
  done: { zh: '先例已撤销', en: 'The precedent is withdrawn' },
  none: { zh: '还没有先例。会商的结论、确认的回退会成为先例。', en: 'No precedents yet. What a conference finds, and returns that are confirmed, become precedents.' },
  more: { zh: '更多', en: 'More' },
}
const VERDICTS: Readonly<Record<Verdict, Words>> = {
  ours: { zh: '由其负责', en: 'its duty' },
  'not-ours': { zh: '非其职责', en: 'not its duty' },
}
const ORIGINS: Readonly<Record<Origin, Words>> = {
  confer: { zh: '会商', en: 'Conference' },
  return: { zh: '确认的回退', en: 'Confirmed return' },
  hand: { zh: '人工', en: 'By hand' },
}

/** Precedents, the newest first; one that no longer fits is withdrawn and stays to be read. */
export function PrecedentsList({ add }: { add: () => void }) {
  const { say } = useWords()
  const may = useMay()
  const [withdrawn, setWithdrawn] = useState(false)
  const [leaving, setLeaving] = useState<PrecedentShown>()
  const found = useInfiniteQuery(precedentsQuery(withdrawn))
  const items = found.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <div className="rule-filter">
        <Checkbox checked={withdrawn} onChange={(event) => setWithdrawn(event.target.checked)}>
          {say(words.withdrawn)}
        </Checkbox>
        <span className="end">
          {may('responsibility.edit') && (
            <Button type="primary" icon={<Icon name="plus" />} onClick={add}>
              {say(words.add)}
            </Button>
          )}
        </span>
      </div>
      <div className="rule-rows">
        {found.isError ? (
          <ErrorState error={found.error} retry={() => void found.refetch()} />
        ) : found.isPending ? (
          <Loading lines={8} />
        ) : items.length === 0 ? (
          <EmptyState why={say(words.none)} />
        ) : (
          <Rows items={items} leave={may('responsibility.edit') ? setLeaving : undefined} />
        )}
        {found.hasNextPage && (
          <p className="more-line">
            <Button onClick={() => void found.fetchNextPage()}>{say(words.more)}</Button>
          </p>
        )}
      </div>
      {leaving && <Withdrawal precedent={leaving} close={() => setLeaving(undefined)} />}
    </>
  )
}

function Rows({ items, leave }: { items: readonly PrecedentShown[]; leave: ((precedent: PrecedentShown) => void) | undefined }) {
  const { say } = useWords()
  const { within } = useDivisions()
  const category = useCategoryNames()
  return (
    <table>
      <thead>
        <tr>
          {[words.number, words.verdict, words.unit, words.like, words.origin, words.decided].map((head) => (
            <th key={head.en} scope="col">
              {say(head)}
            </th>
          ))}
          <th />
        </tr>
      </thead>
      <tbody>
        {items.map((each) => (
          <tr key={each.number} className={each.withdrawnAt ? 'ended' : ''}>
            <td className="number">{each.number}</td>
            <td>
              <span className={`tag ${each.verdict === 'ours' ? 'green' : 'orange'}`}>{say(VERDICTS[each.verdict])}</span>
            </td>
            <td>{say(each.unit.name)}</td>
            <td>
              {category(each.category)}
              <small>{[within(each.region), each.component ?? (each.region.length > 12 && each.region)].filter(Boolean).join(' ')}</small>
            </td>
            <td>
              {say(ORIGINS[each.origin])}
              {each.caseNumber && (
                <small>
                  <Link to={`/cases/${each.caseNumber}` as never} className="number">
                    {groupNumber(each.caseNumber)}
                  </Link>
                </small>
              )}
              {each.note && <small>{each.note}</small>}
            </td>
            <td className="when">
              <span className="number">{sayMoment(each.decidedAt).slice(0, 16)}</span>
              <small>{each.decidedBy}</small>
              {each.withdrawnAt && (
                <small>
                  {say(words.withdraw)} {sayMoment(each.withdrawnAt).slice(0, 16)} {each.withdrawnBy}
                </small>
              )}
              {each.withdrawnNote && <small>{each.withdrawnNote}</small>}
            </td>
            <td>
              {leave && !each.withdrawnAt && (
                <button type="button" className="link" onClick={() => leave(each)}>
                  {say(words.withdraw)}
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Withdrawal({ precedent, close }: { precedent: PrecedentShown; close: () => void }) {
  const { say, language } = useWords()
  const queries = useQueryClient()
  const [note, setNote] = useState('')
  const withdraw = useAct(postPrecedentWithdrawal, {
    done: () => {
      tell(say(words.done))
      void queries.invalidateQueries({ queryKey: ['responsibility'] })
      close()
    },
  })
  const unit = say(precedent.unit.name)
  return (
    <Modal
      open
      title={say(words.withdrawThis)}
      onCancel={close}
      okText={say(words.withdrawThis)}
      okButtonProps={{ danger: true, disabled: note.trim() === '', loading: withdraw.isPending }}
      onOk={() => withdraw.mutate({ params: { precedent: precedent.number }, body: { note: note.trim() } })}
    >
      <p>
        {language === 'zh'
          ? `${precedent.number}（${unit} ${say(VERDICTS[precedent.verdict])}）撤销后不再影响确责，记录保留。`
          : `${precedent.number} (${unit}: ${say(VERDICTS[precedent.verdict])}) will count no more; the record stays.`}
      </p>
      <Input.TextArea
        value={note}
        onChange={(event) => setNote(event.target.value)}
        maxLength={200}
        rows={2}
        placeholder={say(words.why)}
        aria-label={say(words.why)}
      />
    </Modal>
  )
}
