import { LEVEL_DRAWINGS, useWords } from '../../kernel/web/index.ts'
import { LEVELS } from '../contract.ts'

/** 蓝黄橙红: shape and numeral, never colour alone. `label`: the word beside it, else read aloud. */
export function LevelMark({ level, size = 20, label = false }: { level: number; size?: number; label?: boolean }) {
  const { say } = useWords()
  const drawn = LEVEL_DRAWINGS[level - 1]
  if (!drawn) return null
  const name = say(LEVELS[level - 1]!.words)
  return (
    <span className="level-mark">
      <svg width={size} height={size} viewBox="-9 -9 18 18" {...(label ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name })}>
        <path d={drawn.shape} fill={drawn.fill} {...(level === 2 && { stroke: 'var(--yellow-edge)' })} />
        <text y={3 + drawn.up} textAnchor="middle" fontSize="8" fontWeight="600" fill={drawn.ink}>
          {drawn.numeral}
        </text>
      </svg>
      {label && <span>{name}</span>}
    </span>
  )
}
