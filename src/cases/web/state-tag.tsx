import { useWords } from '../../kernel/web/index.ts'
import type { CaseBrief } from '../contract.ts'

/** Where the case stands, with what went wrong on its way: sent back or reworked. */
export function StateTag({ item }: { item: CaseBrief }) {
  const { say, language } = useWords()
  const zh = language === 'zh'
  const ended = item.endedAt !== null
  const sentBack = !ended && item.returns > 0 && item.unit === null
  const redone = !ended && item.reworks > 0
  return (
    <>
      <span className={`tag ${ended ? '' : 'brand'}`}>{say(item.stateWords)}</span>
      {sentBack && <span className="tag orange">{zh ? `回退 ${item.returns}` : `returned ${item.returns}`}</span>}
      {redone && <span className="tag orange">{zh ? `返工 ${item.reworks}` : `rework ${item.reworks}`}</span>}
    </>
  )
}
