// A report as a PDF: A4, with text that can be selected and figures that lead to their readings.

import PDFDocument from 'pdfkit'
import type { Language } from '../../../kernel/index.ts'
import type { Block, Brief, Run } from './brief.ts'
import { draw, LEVEL_INKS, sizeOf, TEXT_SIZE } from './draw.ts'
import { fontOf } from './text-font.ts'

type Doc = InstanceType<typeof PDFDocument>
type Table = Extract<Block, { kind: 'table' }>
type Pictures = Extract<Block, { kind: 'pictures' }>['pictures']

const [LEFT, TOP, BOTTOM] = [62, 60, 64]
const PAGE = { width: 595.28, height: 841.89 }
const BODY = PAGE.width - 2 * LEFT
const FLOOR = PAGE.height - BOTTOM
const INK = '#13212B'
const QUIET = '#5A6B76'
const LINK = '#0F5F70'
const RED = '#C8102E'
const RULE = '#B6C1C8'

interface Paper {
  readonly doc: Doc
  /** Where the pages are, for links. */
  readonly base: string
  readonly language: Language
}

/** Every character that stands in it. */
function lettersOf({ masthead, issue, organ, date, title, asOf, blocks, foot }: Brief): string {
  const runs = (all: readonly Run[]) => all.map(({ text }) => text).join('')
  const said = blocks.map((block) => {
    if (block.kind === 'heading' || block.kind === 'note') return block.text
    if (block.kind === 'para') return runs(block.runs)
    if (block.kind === 'pictures') return block.pictures.map(({ caption }) => caption).join('')
    return `${block.name}${block.columns.map(({ head }) => head).join('')}${block.rows.map(runs).join('')}`
  })
  return [masthead, issue, organ, date, title, asOf, ...said, ...foot, '0123456789:.,—– \u00a0'].join('').replaceAll(/[\n\r\t]/g, ' ')
}

export async function writePdf(brief: Brief, { base, language, at }: { base: string; language: Language; at: Date }): Promise<Buffer> {
  const letters = lettersOf(brief)
  const doc = new PDFDocument({
    size: 'A4',
    margins: { left: LEFT, right: LEFT, top: TOP, bottom: 0 },
    bufferPages: true,
    lang: language === 'zh' ? 'zh-CN' : 'en',
    displayTitle: true,
    info: { Title: brief.title, Subject: `${brief.masthead} ${brief.issue}`, Author: brief.organ, Creator: 'Chengyun', Producer: 'Chengyun', CreationDate: at, ModDate: at },
    font: '',
  })
  doc.registerFont('regular', await fontOf(letters, 'regular'))
  doc.registerFont('bold', await fontOf(letters, 'bold'))
  const parts: Buffer[] = []
  const ended = new Promise<void>((done, failed) => {
    doc.on('data', (part: Buffer) => parts.push(part))
    doc.on('end', done)
    doc.on('error', failed)
  })
  const paper = { doc, base, language }
  writeHead(paper, brief)
  for (const [i, block] of brief.blocks.entries()) writeBlock(paper, block, brief.blocks[i + 1])
  writeFoot(paper, brief.foot)
  numberPages(doc)
  doc.end()
  await ended
  return Buffer.concat(parts)
}

function writeHead({ doc }: Paper, { masthead, issue, organ, date, title, asOf }: Brief): void {
  doc.font('bold').fontSize(masthead.length > 12 ? 24 : 36).fillColor(RED)
  doc.text(masthead, LEFT, TOP, { width: BODY, align: 'center', characterSpacing: masthead.length > 12 ? 0 : 4 })
  doc.font('regular').fontSize(12).fillColor(INK).text(issue, LEFT, doc.y + 6, { width: BODY, align: 'center' })
  const line = doc.y + 12
  doc.text(organ, LEFT, line, { width: BODY / 2 })
  doc.text(date, LEFT + BODY / 2, line, { width: BODY / 2, align: 'right' })
  const rule = line + 22
  doc.moveTo(LEFT, rule).lineTo(LEFT + BODY, rule).lineWidth(1.6).strokeColor(RED).stroke()
  doc.font('bold').fontSize(17).text(title, LEFT, rule + 22, { width: BODY, align: 'center' })
  doc.font('regular').fontSize(10).fillColor(QUIET).text(asOf, LEFT, doc.y + 6, { width: BODY, align: 'center' })
  doc.y += 12
}

/** Begins a page where so much does not fit any more. */
function room({ doc }: Paper, height: number): void {
  if (doc.y + height > FLOOR) {
    doc.addPage()
    doc.y = TOP
  }
}

function writeBlock(paper: Paper, block: Block, next: Block | undefined): void {
  const { doc } = paper
  if (block.kind === 'heading') {
    // Never alone at the foot of a page.
    room(paper, next?.kind === 'pictures' ? 210 : 110)
    doc.font('bold').fontSize(13).fillColor(INK).text(block.text, LEFT, doc.y + 10, { width: BODY })
    doc.y += 4
  } else if (block.kind === 'para') writeRuns(paper, block.runs)
  else if (block.kind === 'note') {
    doc.font('regular').fontSize(9).fillColor(QUIET)
    room(paper, doc.heightOfString(block.text, { width: BODY }) + 4)
    doc.text(block.text, LEFT, doc.y + 3, { width: BODY })
    doc.y += 4
  } else if (block.kind === 'table') writeTable(paper, block)
  else writePictures(paper, block.pictures)
}

const linkOf = ({ base }: Paper, run: Run): string | null => (run.href === undefined ? null : `${base}/workbench${run.href}`)
const colourOf = (run: Run): string => (run.level ? LEVEL_INKS[run.level - 1]! : run.href === undefined ? INK : LINK)
const faceOf = (run: Run): string => (run.bold || run.level ? 'bold' : 'regular')

/** No line begins with a mark that closes: it goes with what stands before it. */
function closed(runs: readonly Run[]): Run[] {
  const made: Run[] = []
  for (const run of runs) {
    const [marks = ''] = /^[，。；：、）！？,.;:)]+/.exec(run.text) ?? []
    const before = made.at(-1)
    if (marks && before) made[made.length - 1] = { ...before, text: before.text + marks }
    const text = before ? run.text.slice(marks.length) : run.text
    if (text !== '') made.push({ ...run, text })
  }
  return made
}

function writeRuns(paper: Paper, given: readonly Run[]): void {
  const runs = closed(given)
  const { doc, language } = paper
  const size = 11.5
  doc.font('regular').fontSize(size)
  const options = { width: BODY, lineGap: 4, indent: language === 'zh' ? 2 * size : 0, align: 'left' as const }
  const whole = runs.map(({ text }) => text).join('')
  room(paper, Math.min(doc.heightOfString(whole, options), 4 * size))
  doc.y += 3
  for (const [i, run] of runs.entries()) {
    doc.font(faceOf(run)).fillColor(colourOf(run))
    const how = { ...options, continued: i < runs.length - 1, link: linkOf(paper, run), underline: false }
    if (i === 0) doc.text(run.text, LEFT, doc.y, how as never)
    else doc.text(run.text, how as never)
    if (doc.y > FLOOR && i === runs.length - 1) doc.addPage()
  }
  doc.y += 3
}

const [CELL_X, CELL_Y, CELL_SIZE] = [6, 3.5, 9.5]

function writeTable(paper: Paper, { columns, rows }: Table): void {
  const { doc } = paper
  const shares = columns.reduce((sum, { share }) => sum + share, 0)
  const widths = columns.map(({ share }) => (BODY * share) / shares)
  const at = widths.map((_, i) => LEFT + widths.slice(0, i).reduce((sum, width) => sum + width, 0))
  const heightOfRow = (cells: readonly Run[]): number =>
    Math.max(...cells.map((run, i) => doc.font(faceOf(run)).fontSize(CELL_SIZE).heightOfString(run.text || ' ', { width: widths[i]! - 2 * CELL_X }))) + 2 * CELL_Y
  const row = (cells: readonly Run[], head: boolean): void => {
    const height = heightOfRow(cells)
    const y = doc.y
    if (head) doc.rect(LEFT, y, BODY, height).fill('#F1F4F5')
    for (const [i, run] of cells.entries()) {
      doc.font(head ? 'bold' : faceOf(run)).fontSize(CELL_SIZE).fillColor(head ? QUIET : colourOf(run))
      doc.text(run.text, at[i]! + CELL_X, y + CELL_Y, { width: widths[i]! - 2 * CELL_X, align: columns[i]!.right ? 'right' : 'left', link: linkOf(paper, run) } as never)
    }
    doc.y = y + height
    doc.moveTo(LEFT, doc.y).lineTo(LEFT + BODY, doc.y).lineWidth(0.5).strokeColor(RULE).stroke()
  }
  const heads = columns.map(({ head }): Run => ({ text: head, bold: true }))
  const begin = () => {
    const y = doc.y
    row(heads, true)
    doc.moveTo(LEFT, y).lineTo(LEFT + BODY, y).lineWidth(1).strokeColor(INK).stroke()
  }
  doc.y += 5
  room(paper, heightOfRow(heads) + (rows[0] ? heightOfRow(rows[0]) : 0))
  begin()
  for (const cells of rows) {
    if (doc.y + heightOfRow(cells) > FLOOR) {
      doc.addPage()
      doc.y = TOP
      begin()
    }
    row(cells, false)
  }
  doc.y += 4
}

const GAP = 16

function writePictures(paper: Paper, pictures: Pictures): void {
  const { doc } = paper
  const { across, width: drawn, height: tall } = sizeOf(pictures[0]!.picture)
  const width = (BODY - (across - 1) * GAP) / across
  for (let i = 0; i < pictures.length; i += across) {
    const inRow = pictures.slice(i, i + across)
    const scale = width / drawn
    const height = tall * scale + 20
    room(paper, height)
    const y = doc.y + 4
    for (const [k, { caption, href, picture }] of inRow.entries()) {
      const x = LEFT + k * (width + GAP)
      doc.font('regular').fontSize(9).fillColor(href === undefined ? QUIET : LINK)
      doc.text(caption, x, y, { width, height: 12, ellipsis: true, link: linkOf(paper, { text: '', ...(href !== undefined && { href }) }) } as never)
      doc.save().translate(x, y + 14).scale(scale)
      for (const stroke of draw(picture)) {
        if (stroke.kind === 'bar') doc.rect(...stroke.at, stroke.width, stroke.height).fill(stroke.colour)
        else if (stroke.kind === 'text') {
          doc.font('regular').fontSize(TEXT_SIZE).fillColor(stroke.colour)
          const wide = doc.widthOfString(stroke.words)
          doc.text(stroke.words, stroke.at[0] - (stroke.anchor === 'end' ? wide : stroke.anchor === 'middle' ? wide / 2 : 0), stroke.at[1], { lineBreak: false, baseline: 'alphabetic' } as never)
        } else {
          doc.lineWidth(stroke.width).strokeColor(stroke.colour)
          if (stroke.kind === 'line' && stroke.dash) doc.dash(stroke.dash, { space: stroke.dash })
          const points = stroke.kind === 'line' ? [stroke.from, stroke.to] : stroke.points
          for (const [n, point] of points.entries()) doc[n === 0 ? 'moveTo' : 'lineTo'](...point)
          doc.stroke().undash()
        }
      }
      doc.restore()
    }
    doc.x = LEFT
    doc.y = y + height
  }
}

function writeFoot(paper: Paper, foot: readonly string[]): void {
  const { doc } = paper
  room(paper, 40)
  const y = doc.y + 14
  doc.moveTo(LEFT, y).lineTo(LEFT + BODY, y).lineWidth(0.8).strokeColor(RED).stroke()
  doc.font('regular').fontSize(10).fillColor(INK)
  for (const [i, line] of foot.entries()) doc.text(line, LEFT + (i * BODY) / foot.length, y + 8, { width: BODY / foot.length, align: i === 0 ? 'left' : 'right' })
}

function numberPages(doc: Doc): void {
  const { count } = doc.bufferedPageRange()
  for (let page = 0; page < count; page++) {
    doc.switchToPage(page)
    doc.font('regular').fontSize(9).fillColor(QUIET).text(`— ${page + 1} —`, LEFT, PAGE.height - 40, { width: BODY, align: 'center', lineBreak: false })
  }
}
