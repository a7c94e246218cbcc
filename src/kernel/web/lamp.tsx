import type { Words } from '../contract.ts'
import { useWords } from './words.ts'

/** The four lamps of a deadline: on time, 80 % used, over, clock stopped. */
export type LampColour = 'green' | 'yellow' | 'red' | 'grey'
export const LAMPS: readonly LampColour[] = ['red', 'yellow', 'green', 'grey']

export const lampWords: Record<LampColour, Words> = {
  green: { zh: '按时', en: 'On time' },
  yellow: { zh: '临期', en: 'Due soon' },
  red: { zh: '超时', en: 'Overdue' },
  grey: { zh: '停钟', en: 'Stopped' },
}

interface Drawing {
  ground: string
  edge?: string
  ring?: boolean
  fill: string
  sign: string
  ink: string
  width: number
}

/** Shape and sign in a box from -8 to 8, shared by the pages (SVG) and the maps (canvas): never colour alone. */
export const lampDrawings: Record<LampColour, Drawing> = {
  green: {
    ground: 'M-6.6 0a6.6 6.6 0 1 0 13.2 0a6.6 6.6 0 1 0-13.2 0Z',
    fill: '#2B8A4B',
    sign: 'M-3 .2l2.1 2.1L3.1-2.2',
    ink: '#fff',
    width: 1.7,
  },
  yellow: {
    ground: 'M0-7.2L7.4 6H-7.4Z',
    edge: '#A87900',
    fill: '#E2A400',
    sign: 'M0-2.6V1.8M0 4.2v.2',
    ink: '#2B1F00',
    width: 1.8,
  },
  red: {
    ground: 'M-2.8-6.8H2.8L6.8-2.8V2.8L2.8 6.8H-2.8L-6.8 2.8V-2.8Z',
    fill: '#CC2F2F',
    sign: 'M-2.4-2.4L2.4 2.4M2.4-2.4L-2.4 2.4',
    ink: '#fff',
    width: 1.8,
  },
  grey: {
    ground: 'M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0Z',
    ring: true,
    edge: '#7B8790',
    fill: '#fff',
    sign: 'M-1.7-2.4V2.4M1.7-2.4V2.4',
    ink: '#55616A',
    width: 1.6,
  },
}

export function Lamp({ colour, size = 16, label }: { colour: LampColour; size?: number; label?: string | false }) {
  const { say } = useWords()
  const drawing = lampDrawings[colour]
  const named = label === false ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label ?? say(lampWords[colour]) }
  return (
    <svg className="lamp" width={size} height={size} viewBox="-8 -8 16 16" {...named}>
      <path
        d={drawing.ground}
        fill={drawing.fill}
        {...(drawing.edge && { stroke: drawing.edge, strokeWidth: drawing.ring ? 1.6 : 1.3, strokeLinejoin: 'round' })}
      />
      <path d={drawing.sign} stroke={drawing.ink} strokeWidth={drawing.width} fill="none" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}
