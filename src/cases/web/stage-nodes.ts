import type { Language, Words } from '../../kernel/contract.ts'
import { sayDuration, sayNear, type StageNode } from '../../kernel/web/index.ts'
import type { StageBody } from '../contract.ts'
import { sayWho } from './say-who.ts'

/** The stages as the tracker draws them. A stage that was passed over is drawn as done without a time. */
export function stageNodes(rows: readonly StageBody[][], say: (words: Words) => string, language: Language, now: number): StageNode[][] {
  const zh = language === 'zh'
  return rows.map((stages) =>
    stages.map((stage) => {
      const spent = stage.spentMs === null ? '' : sayDuration(stage.spentMs, language)
      const running = stage.state === 'now'
      const time = running ? stage.startedAt : (stage.endedAt ?? stage.startedAt)
      return {
        name: say(stage.words),
        state: stage.state === 'skipped' ? 'later' : stage.state,
        late: stage.late,
        ...(time && { time: `${sayNear(time, now)}${running ? (zh ? ' 起' : ' on') : ''}` }),
        ...(stage.who && { who: stage.unit ? say(stage.unit) : sayWho(stage.who, say) }),
        ...(spent && { spent: zh ? `${running ? '已' : '用时'} ${spent}` : `${running ? 'for' : 'took'} ${spent}` }),
      }
    }),
  )
}
