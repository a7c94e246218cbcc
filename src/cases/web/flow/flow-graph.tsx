import { Background, BaseEdge, Controls, EdgeLabelRenderer, getBezierPath, Handle, MarkerType, Position, ReactFlow, type Edge, type EdgeProps, type Node, type NodeProps } from '@xyflow/react'
import '@xyflow/react/dist/style.css'
import { useMemo } from 'react'
import { useWords } from '../../../kernel/web/index.ts'
import type { Flow } from '../../flow.ts'
import { PERMITS } from '../../permits.ts'
import { arrowsOf, LANE, layOut, NODE, ROW, type Arrow } from './layout.ts'
import { taskWords } from './say-part.ts'

export type Shown = 'usual' | 'all'

interface Props {
  flow: Flow
  /** `states.accepted`, `steps.accept`. */
  chosen: string
  choose: (path: string) => void
  shown: Shown
  faulty: ReadonlySet<string>
}

interface StateData extends Record<string, unknown> {
  name: string
  title: string
  aside: string
  ended: boolean
  paused: boolean
  chosen: boolean
  faulty: boolean
}

interface LaneData extends Record<string, unknown> {
  title: string
  number: number
}

const words = {
  ends: { zh: '结束', en: 'Ends' },
  paused: { zh: '停钟', en: 'clock stopped' },
  picture: { zh: '流程图', en: 'Picture of the flow' },
}

function StateNode({ data }: NodeProps<Node<StateData>>) {
  return (
    <div className="flow-state" data-chosen={data.chosen || undefined} data-faulty={data.faulty || undefined} data-ended={data.ended || undefined} data-paused={data.paused || undefined}>
      <Handle id="in" type="target" position={Position.Left} isConnectable={false} />
      <Handle id="beside" type="target" position={Position.Right} isConnectable={false} />
      <b>{data.title || data.name}</b>
      <small>{data.aside}</small>
      <Handle id="out" type="source" position={Position.Right} isConnectable={false} />
    </div>
  )
}

function LaneNode({ data }: NodeProps<Node<LaneData>>) {
  return (
    <div className="flow-lane">
      <span>{data.number}</span> {data.title}
    </div>
  )
}

interface ArrowData extends Record<string, unknown> {
  title: string
  marked: boolean
  labelled: boolean
  choose: () => void
}

function StepEdge({ id, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data, markerEnd, style }: EdgeProps<Edge<ArrowData>>) {
  const beside = targetPosition === Position.Right
  // Within a lane an arrow goes around on the right.
  const bend = sourceX + 22 + Math.abs(targetY - sourceY) / 12
  const [path, labelX, labelY] = beside
    ? [`M${sourceX} ${sourceY}C${bend} ${sourceY} ${bend} ${targetY} ${targetX + 2} ${targetY}`, sourceX - 26, sourceY + (Math.sign(targetY - sourceY) * ROW) / 2]
    : getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition })
  // On a straight line there is no room between two states: its name stands above.
  const lift = !beside && Math.abs(sourceY - targetY) < 4 ? NODE.height / 2 + 10 : 0
  return (
    <>
      <BaseEdge id={id} path={path} {...(markerEnd !== undefined && { markerEnd })} {...(style && { style })} interactionWidth={14} />
      {data?.labelled && (
        <EdgeLabelRenderer>
          <button
            type="button"
            className="flow-arrow-name nodrag nopan"
            data-marked={data.marked || undefined}
            style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY - lift}px)` }}
            onClick={data.choose}
            tabIndex={-1}
          >
            {data.title}
          </button>
        </EdgeLabelRenderer>
      )}
    </>
  )
}

const nodeTypes = { state: StateNode, lane: LaneNode }
const edgeTypes = { step: StepEdge }

/** The states in the lanes of their stages, and the steps as arrows between them. Everything in it also stands in the lists below. */
export function FlowGraph({ flow, chosen, choose, shown, faulty }: Props) {
  const { say } = useWords()
  const [group, name] = chosen.split('.')
  const spots = useMemo(() => layOut(flow), [flow])
  const rows = Math.max(1, ...Map.groupBy(spots, ({ lane }) => lane).values().map((list) => list.length))

  const lanes: Node<LaneData>[] = [...flow.stages, words.ends].map((title, i) => ({
    id: `lane ${i}`,
    type: 'lane',
    position: { x: i * LANE, y: 0 },
    width: LANE - 8,
    height: rows * ROW + 60,
    data: { title: say(title), number: i + 1 },
    draggable: false,
    selectable: false,
    focusable: false,
    zIndex: -1,
  }))
  const nodes: Node<StateData>[] = spots.map(({ name: state, x, y }) => {
    const { words: title, awaits, ended = false, paused = false, task } = flow.states[state]!
    const waits = awaits === undefined ? undefined : PERMITS[awaits as keyof typeof PERMITS]
    const aside = [task && say(taskWords[task]!), paused && say(words.paused), !task && waits && say(waits)].filter(Boolean).join(' · ')
    return {
      id: state,
      type: 'state',
      position: { x, y },
      ...NODE,
      data: { name: state, title: say(title), aside, ended, paused, chosen: group === 'states' && name === state, faulty: faulty.has(`states.${state}`) },
      draggable: false,
      ariaLabel: say(title),
    }
  })
  const touches = ({ step, from, to }: Arrow) => (group === 'steps' && name === step) || (group === 'states' && (name === from || name === to))
  const edges: Edge<ArrowData>[] = arrowsOf(flow)
    .filter((arrow) => shown === 'all' || arrow.usual || touches(arrow) || faulty.has(`steps.${arrow.step}`))
    .map((arrow) => {
      const marked = group === 'steps' && name === arrow.step
      const colour = faulty.has(`steps.${arrow.step}`) ? 'var(--red)' : marked ? 'var(--brand-600)' : arrow.usual ? 'var(--brand-500)' : 'var(--ink-300)'
      return {
        id: arrow.id,
        type: 'step',
        source: arrow.from,
        target: arrow.to,
        sourceHandle: 'out',
        targetHandle: arrow.beside ? 'beside' : 'in',
        markerEnd: { type: MarkerType.ArrowClosed, color: colour, width: 16, height: 16 },
        style: { stroke: colour, strokeWidth: marked || arrow.usual ? 2 : 1.2, ...(arrow.back && { strokeDasharray: '5 4' }) },
        data: { title: say(flow.steps[arrow.step]!.words), marked, labelled: arrow.usual || touches(arrow), choose: () => choose(`steps.${arrow.step}`) },
        zIndex: 0,
        focusable: false,
      }
    })

  return (
    <div className="flow-graph" role="group" aria-label={say(words.picture)}>
      <ReactFlow
        nodes={[...lanes, ...nodes] as Node[]}
        edges={edges as Edge[]}
        nodeTypes={nodeTypes as never}
        edgeTypes={edgeTypes as never}
        onNodeClick={(_, node) => node.type === 'state' && choose(`states.${node.id}`)}
        onEdgeClick={(_, edge) => choose(`steps.${edge.id.split(':')[0]!}`)}
        nodesConnectable={false}
        nodesDraggable={false}
        edgesFocusable={false}
        fitView
        fitViewOptions={{ padding: { top: '8px', bottom: '8px', left: '8px', right: '48px' } }}
        minZoom={0.3}
        maxZoom={1.6}
        preventScrolling={false}
      >
        <Background color="var(--ink-200)" gap={24} size={1} />
        <Controls showInteractive={false} position="bottom-right" />
      </ReactFlow>
    </div>
  )
}
