import { Icon } from './icon.tsx'
import { Lamp } from './lamp.tsx'
import { useWords } from './words.ts'

export interface StageNode {
  name: string
  state: 'done' | 'now' | 'later'
  late?: boolean
  time?: string
  who?: string
  spent?: string
}

/** Where a case stands: rework draws a further row and never overwrites the first. `small` for lists and previews. */
export function StageTracker({ rows, small = false }: { rows: readonly (readonly StageNode[])[]; small?: boolean }) {
  const { say } = useWords()
  return (
    <div className="stages" data-small={small || undefined} role="group" aria-label={say({ zh: '办理阶段', en: 'Stages' })}>
      {rows.map((nodes, row) => (
        <ol key={row} style={{ gridTemplateColumns: `repeat(${nodes.length}, 1fr)` }}>
          {nodes.map((node, index) => (
            <li key={node.name} className={node.state} {...(node.state === 'now' && { 'aria-current': 'step' })}>
              <i>{small ? null : <NodeSign node={node} ordinal={index + 1} />}</i>
              <b>{node.name}</b>
              {!small && (
                <>
                  <span>{node.time ?? '—'}</span>
                  <span className="muted">{node.who ?? ''}</span>
                  <span>{node.spent ?? ''}</span>
                </>
              )}
            </li>
          ))}
        </ol>
      ))}
    </div>
  )
}

function NodeSign({ node, ordinal }: { node: StageNode; ordinal: number }) {
  if (node.late) return <Lamp colour="red" size={24} />
  if (node.state === 'done') return <Icon name="check" size={12} />
  return <>{ordinal}</>
}
