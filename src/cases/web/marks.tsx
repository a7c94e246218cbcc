import { sayNear, useNow, useWords } from '../../kernel/web/index.ts'
import type { Language, Words } from '../../kernel/contract.ts'
import type { CaseBrief } from '../contract.ts'

export interface Mark {
  readonly key: string
  readonly text: string
  readonly tone?: 'orange' | 'brand'
}

const MARKS = {
  asked: { zh: '中', en: ' under way' },
  suspended: { zh: '挂账至', en: 'suspended until' },
  excused: { zh: '申诉成立', en: 'appeal upheld' },
} satisfies Record<string, Words>

/** What happens beside the way of a case, in a word each; nothing where nothing does. */
export function marksOf(item: CaseBrief, language: Language, now: number): Mark[] {
  const zh = language === 'zh'
  const count = (key: string, n: number, name: Words, tone?: Mark['tone']): Mark[] =>
    n > 0 ? [{ key, text: zh ? `${name.zh} ${n}` : `${name.en} ${n}`, ...(tone && { tone }) }] : []
  const open = item.endedAt === null
  // An order that stands is told by how many there were.
  const asked = item.asked.filter(({ kind }) => kind !== 'supervise')
  return [
    ...asked.map(({ kind, words }): Mark => ({ key: `asked-${kind}`, text: `${words[language]}${MARKS.asked[language]}`, tone: 'brand' })),
    ...(item.suspendedUntil ? [{ key: 'suspended', text: `${MARKS.suspended[language]} ${sayNear(item.suspendedUntil, now).slice(0, 10).trim()}` }] : []),
    ...count('media', item.mediaOrders, { zh: '媒体督办', en: 'media order' }, open ? 'orange' : undefined),
    ...count('orders', item.orders - item.mediaOrders, { zh: '督办', en: 'order' }, open ? 'orange' : undefined),
    ...count('urges', open ? item.urges : 0, { zh: '催办', en: 'urged' }),
    ...count('extensions', item.extensions, { zh: '延期', en: 'extended' }),
    ...count('helpers', item.helpers, { zh: '协办', en: 'assisting' }),
    ...count('shirks', item.shirks, { zh: '推诿', en: 'shirking' }),
    ...count('reopens', item.reopens, { zh: '重开', en: 'reopened' }),
    ...(item.reports > 1 ? [{ key: 'reports', text: zh ? `${item.reports} 人反映` : `${item.reports} reports` }] : []),
    ...(item.excused.length > 0 ? [{ key: 'excused', text: MARKS.excused[language] }] : []),
  ]
}

/** The marks as quiet tags. */
export function Marks({ item }: { item: CaseBrief }) {
  const { language } = useWords()
  const now = useNow()
  return (
    <>
      {marksOf(item, language, now).map(({ key, text, tone }) => (
        <span key={key} className={`tag mark ${tone ?? ''}`}>
          {text}
        </span>
      ))}
    </>
  )
}
