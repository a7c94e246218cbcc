import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { ErrorState, groupNumber, sayNear, tell, useAct, useNow, useWords } from '../../../kernel/web/index.ts'
import { deleteMerge, type CaseBrief, type MergedReport } from '../../contract.ts'
import { mergesQuery } from './queries.ts'
import './incident.css'

const words = {
  root: { zh: '主案', en: 'Main case' },
  unmerge: { zh: '撤销合并', en: 'Take out' },
  done: { zh: '已撤销合并，案件回到合并前的环节', en: 'Taken out; the case stands where it stood before' },
  anonymous: { zh: '匿名', en: 'Anonymous' },
  into: { zh: '本案已并入主案，由主案办理；反映人凭原案件号和查询码看到主案进度。', en: 'This case was merged; its reporter follows the main case with the same number and word.' },
  more: { zh: '只列出前 500 件', en: 'The first 500 only' },
}

/** All who told of the incident, as a tree; each can be taken out again. */
export function MergedTree({ brief }: { brief: CaseBrief }) {
  const { say, language } = useWords()
  const shown = brief.reports > 1 || brief.mergedInto !== null
  const tree = useQuery(mergesQuery(brief.number, shown))
  if (!shown) return null
  if (tree.isError && !tree.data) return <ErrorState error={tree.error} retry={() => void tree.refetch()} />
  if (!tree.data) return null
  const { items, reports, root, more } = tree.data
  const below = Map.groupBy(items, ({ parent }) => parent)
  const first = items.find(({ number }) => number === root)
  return (
    <section className="card pad merged-tree">
      <h2>{language === 'zh' ? `${reports} 人反映` : `${reports} reports`}</h2>
      {brief.mergedInto !== null && <p className="muted small">{say(words.into)}</p>}
      <ul>{first && <Node report={first} below={below} here={brief.number} />}</ul>
      {more && <p className="muted small">{say(words.more)}</p>}
    </section>
  )
}

interface NodeProps {
  report: MergedReport
  below: ReadonlyMap<string | null, readonly MergedReport[]>
  here: string
}

function Node({ report, below, here }: NodeProps) {
  const { say, language } = useWords()
  const now = useNow()
  const queries = useQueryClient()
  const unmerge = useAct(deleteMerge, {
    done: () => {
      tell(say(words.done))
      void queries.invalidateQueries({ queryKey: ['cases'] })
    },
  })
  const { number, parent, description, sourceWords, reporter, reportedAt, mergedAt, mergedBy, mayUnmerge } = report
  const who = [reporter?.name ?? say(words.anonymous), reporter?.phone].filter(Boolean).join(' ')
  return (
    <li>
      <div className="merged-row" {...(number === here && { 'data-here': true })}>
        <span>
          {number === here ? <b>{description}</b> : <Link to={`/cases/${number}` as never}>{description}</Link>}
          <small>
            {parent === null && <span className="tag">{say(words.root)}</span>} {say(sourceWords)} · {who} · {sayNear(reportedAt, now)}
            {mergedAt && (language === 'zh' ? ` · ${mergedBy ?? ''} ${sayNear(mergedAt, now)} 合并` : ` · merged ${sayNear(mergedAt, now)} ${mergedBy ?? ''}`)}
          </small>
        </span>
        {mayUnmerge && (
          <Button
            size="small"
            loading={unmerge.isPending}
            onClick={() => unmerge.mutate({ params: { number } })}
            aria-label={`${say(words.unmerge)} ${groupNumber(number)}`}
          >
            {say(words.unmerge)}
          </Button>
        )}
      </div>
      {below.has(number) && (
        <ul>
          {below.get(number)!.map((each) => (
            <Node key={each.number} report={each} below={below} here={here} />
          ))}
        </ul>
      )}
    </li>
  )
}
