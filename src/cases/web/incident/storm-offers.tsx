import { Link } from '@tanstack/react-router'
import { Icon, sayCount, sayNear, useNow, useWords } from '../../../kernel/web/index.ts'
import type { StormBrief } from '../../contract.ts'

/** The storms that a report belongs to: the way to their node. */
export function StormOffers({ storms }: { storms: readonly StormBrief[] }) {
  const { say, language } = useWords()
  const now = useNow()
  return storms.map((storm) => (
    <p key={storm.id} className="storm-offer">
      <Icon name="target" size={14} />
      {say({ zh: '属于同源事件', en: 'Belongs to the storm' })}
      <Link to={`/storms/${storm.district}/${storm.id}` as never}>{say(storm.words)}</Link>
      <span className="muted small">
        {language === 'zh' ? `${sayCount(storm.reports)} 件反映 · ${sayNear(storm.since, now)} 起` : `${sayCount(storm.reports)} reports since ${sayNear(storm.since, now)}`}
      </span>
    </p>
  ))
}
