// 蓝黄橙红: how the four levels are drawn, on pages and on maps; shape and numeral, never colour alone.

export const LEVEL_DRAWINGS = [
  { shape: 'M-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0Z', fill: 'var(--blue)', solid: '#2A6FDB', text: '#1D55B0', ink: '#fff', numeral: 'Ⅳ', up: 0 },
  { shape: 'M0-7.6L7.8 6.4H-7.8Z', fill: 'var(--yellow)', solid: '#E2A400', text: '#7A5600', ink: '#2b1f00', numeral: 'Ⅲ', up: 1.6 },
  { shape: 'M0-8L8 0L0 8L-8 0Z', fill: 'var(--orange)', solid: '#E26A0A', text: '#A04600', ink: '#fff', numeral: 'Ⅱ', up: 0 },
  { shape: 'M-3.2-7.6H3.2L7.6-3.2V3.2L3.2 7.6H-3.2L-7.6 3.2V-3.2Z', fill: 'var(--red)', solid: '#CC2F2F', text: '#B02323', ink: '#fff', numeral: 'Ⅰ', up: 0 },
] as const

/** On maps, as tones of movers: 0 is a ring, for a place that is watched and quiet. */
export const LEVEL_TONES = ['level-0', 'level-1', 'level-2', 'level-3', 'level-4'] as const

const SIZE = 34

export function levelImage(level: number): ImageData {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIZE * 2
  const pen = canvas.getContext('2d')!
  pen.scale(2, 2)
  pen.translate(SIZE / 2, SIZE / 2)
  const drawn = LEVEL_DRAWINGS[level - 1]
  if (!drawn) {
    pen.fillStyle = '#fff'
    pen.strokeStyle = '#7B8790'
    pen.lineWidth = 2.2
    const ring = new Path2D('M-4.500 0a4.500 4.500 0 1 0 9 0a4.500 4.500 0 1 0-9 0Z')
    pen.fill(ring)
    pen.stroke(ring)
    return pen.getImageData(0, 0, canvas.width, canvas.height)
  }
  const size = level > 2 ? 1.35 : 1.1
  pen.scale(size, size)
  pen.lineJoin = 'round'
  const shape = new Path2D(drawn.shape)
  // A ring of the ground keeps it clear of what lies below.
  pen.strokeStyle = '#fff'
  pen.lineWidth = 4 / size
  pen.stroke(shape)
  pen.fillStyle = drawn.solid
  pen.fill(shape)
  if (level === 2) {
    pen.strokeStyle = '#A87900'
    pen.lineWidth = 1
    pen.stroke(shape)
  }
  pen.fillStyle = drawn.ink
  pen.font = '600 8px sans-serif'
  pen.textAlign = 'center'
  pen.fillText(drawn.numeral, 0, 3 + drawn.up)
  return pen.getImageData(0, 0, canvas.width, canvas.height)
}
