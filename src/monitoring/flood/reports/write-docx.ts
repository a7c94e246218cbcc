// A report as a Word document, in the look of an official brief (GB/T 9704): red head, number, date, 仿宋 text, 黑体 headings.

import {
  AlignmentType, BorderStyle, convertMillimetersToTwip, Document, ExternalHyperlink, Footer, ImageRun, LineRuleType, Packer, PageNumber, Paragraph, ShadingType, Table, TableCell, TableLayoutType, TableRow, TabStopType,
  TextRun, VerticalAlign, WidthType, type IBorderOptions, type ParagraphChild,
} from 'docx'
import sharp from 'sharp'
import type { Language } from '../../../kernel/index.ts'
import type { Block, Brief, Run } from './brief.ts'
import { LEVEL_INKS, sizeOf, toSvg } from './draw.ts'
import { glyphsOf } from './text-font.ts'

type Block_<K extends Block['kind']> = Extract<Block, { kind: K }>

const MARGIN = { top: 32, bottom: 30, left: 28, right: 26 }
/** Of the text on A4, in twentieths of a point. */
const BODY = convertMillimetersToTwip(210 - MARGIN.left - MARGIN.right)
const RED = 'C8102E'
const QUIET = '5A6B76'
const LINK = '0F5F70'
const font = (eastAsia: string) => ({ ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia })
const SONG = font('宋体')
const FANG = font('仿宋')
const HEI = font('黑体')
/** 小标宋 is not on every machine; Word takes 宋体 in its place, bold as it should be. */
const HEAD = font('方正小标宋简体')

interface Paper {
  readonly base: string
  readonly language: Language
}

interface Look {
  readonly size: number
  readonly font: ReturnType<typeof font>
  readonly colour?: string
}

function child({ base }: Paper, run: Run, { size, font: face, colour }: Look): ParagraphChild {
  const level = run.level ? LEVEL_INKS[run.level - 1]!.slice(1) : undefined
  const made = new TextRun({ text: run.text, size, font: face, bold: run.bold === true || run.level !== undefined && run.level > 0, color: level ?? (run.href === undefined ? (colour ?? '000000') : LINK) })
  return run.href === undefined ? made : new ExternalHyperlink({ link: `${base}/workbench${run.href}`, children: [made] })
}

const NO: IBorderOptions = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const line = (size: number, color: string): IBorderOptions => ({ style: BorderStyle.SINGLE, size, color })

function head({ masthead, issue, organ, date, title, asOf }: Brief): Paragraph[] {
  const centred = (text: string, size: number, face: Look['font'], more: { color?: string; bold?: boolean; after?: number; before?: number; characterSpacing?: number }) =>
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { before: more.before ?? 0, after: more.after ?? 120 },
      children: [new TextRun({ text, size, font: face, color: more.color ?? '000000', bold: more.bold ?? false, ...(more.characterSpacing && { characterSpacing: more.characterSpacing }) })],
    })
  return [
    centred(masthead, masthead.length > 12 ? 52 : 84, HEAD, { color: RED, bold: true, after: 200, ...(masthead.length <= 12 && { characterSpacing: 60 }) }),
    centred(issue, 32, FANG, { after: 200 }),
    new Paragraph({
      tabStops: [{ type: TabStopType.RIGHT, position: BODY }],
      border: { bottom: { ...line(18, RED), space: 6 } },
      spacing: { after: 480 },
      children: [new TextRun({ text: organ, size: 32, font: FANG }), new TextRun({ text: `\t${date}`, size: 32, font: FANG })],
    }),
    centred(title, 44, HEAD, { bold: true, after: 160 }),
    centred(asOf, 24, FANG, { color: QUIET, after: 360 }),
  ]
}

const BODY_LINE = { line: 560, lineRule: LineRuleType.EXACT }

async function blockOf(paper: Paper, block: Block): Promise<(Paragraph | Table)[]> {
  if (block.kind === 'heading') return [new Paragraph({ keepNext: true, spacing: { before: 200, after: 60, ...BODY_LINE }, outlineLevel: 0, indent: indentOf(paper, 32), children: [new TextRun({ text: block.text, size: 32, font: HEI })] })]
  if (block.kind === 'para') return [new Paragraph({ alignment: AlignmentType.BOTH, spacing: BODY_LINE, indent: indentOf(paper, 32), children: block.runs.map((run) => child(paper, run, { size: 32, font: FANG })) })]
  if (block.kind === 'note') return [new Paragraph({ spacing: { before: 60, after: 160 }, children: [new TextRun({ text: block.text, size: 18, font: SONG, color: QUIET })] })]
  if (block.kind === 'table') return [gap(), tableOf(paper, block), gap()]
  return [gap(), ...(await picturesOf(paper, block)), gap()]
}

/** Tables that touch would become one. */
const gap = () => new Paragraph({ spacing: { before: 0, after: 0, line: 120, lineRule: LineRuleType.EXACT }, children: [] })

/** Two characters, as Chinese text begins. */
const indentOf = ({ language }: Paper, size: number) => (language === 'zh' ? { firstLine: size * 20 } : {})

function tableOf(paper: Paper, { columns, rows }: Block_<'table'>): Table {
  const shares = columns.reduce((sum, { share }) => sum + share, 0)
  const widths = columns.map(({ share }) => Math.floor((BODY * share) / shares))
  const row = (cells: readonly Run[], isHead: boolean): TableRow =>
    new TableRow({
      tableHeader: isHead,
      cantSplit: true,
      children: cells.map(
        (run, i) =>
          new TableCell({
            width: { size: widths[i]!, type: WidthType.DXA },
            verticalAlign: VerticalAlign.CENTER,
            margins: { top: 40, bottom: 40, left: 100, right: 100 },
            ...(isHead && { shading: { type: ShadingType.CLEAR, color: 'auto', fill: 'F1F4F5' } }),
            children: [
              new Paragraph({ alignment: columns[i]!.right ? AlignmentType.RIGHT : AlignmentType.LEFT, keepNext: isHead, children: [child(paper, run, { size: 20, font: isHead ? HEI : SONG })] }),
            ],
          }),
      ),
    })
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: widths,
    borders: { top: line(10, '13212B'), bottom: line(10, '13212B'), left: NO, right: NO, insideHorizontal: line(4, 'B6C1C8'), insideVertical: NO },
    rows: [row(columns.map(({ head: text }) => ({ text })), true), ...rows.map((cells) => row(cells, false))],
  })
}

/** Wide enough for two beside each other, and sharp in print. */
const PIXELS = 3

async function picturesOf(paper: Paper, { pictures }: Block_<'pictures'>): Promise<Table[]> {
  const { across, width: drawn, height: tall } = sizeOf(pictures[0]!.picture)
  const width = Math.floor(BODY / across)
  const points = (width - 140) / 20
  const cells: TableCell[] = []
  for (const { caption, href, picture } of pictures) {
    // Letters as outlines: the machine that draws may have no fonts.
    const letters = await glyphsOf('0123456789:.', 'regular')
    const png = await sharp(Buffer.from(toSvg(picture, letters)), { density: 72 * PIXELS }).png({ compressionLevel: 9 }).toBuffer()
    const size = { width: Math.round((points * 96) / 72), height: Math.round((points * 96 * tall) / (72 * drawn)) }
    cells.push(
      new TableCell({
        width: { size: width, type: WidthType.DXA },
        margins: { top: 40, bottom: 40, left: 70, right: 70 },
        children: [
          new Paragraph({ keepNext: true, children: [child(paper, { text: caption, ...(href !== undefined && { href }) }, { size: 18, font: SONG, colour: QUIET })] }),
          new Paragraph({ children: [new ImageRun({ type: 'png', data: png, transformation: size, altText: { name: caption, title: caption, description: caption } })] }),
        ],
      }),
    )
  }
  const empty = () => new TableCell({ width: { size: width, type: WidthType.DXA }, children: [new Paragraph({})] })
  const rows = Array.from({ length: Math.ceil(cells.length / across) }, (_, i) => new TableRow({ cantSplit: true, children: [...cells.slice(i * across, (i + 1) * across), ...(cells.length < (i + 1) * across ? [empty()] : [])] }))
  return [new Table({ layout: TableLayoutType.FIXED, width: { size: width * across, type: WidthType.DXA }, columnWidths: Array.from({ length: across }, () => width), borders: { top: NO, bottom: NO, left: NO, right: NO, insideHorizontal: NO, insideVertical: NO }, rows })]
}

export async function writeDocx(brief: Brief, paper: Paper): Promise<Buffer> {
  const blocks: (Paragraph | Table)[] = []
  for (const block of brief.blocks) blocks.push(...(await blockOf(paper, block)))
  const foot = new Paragraph({
    border: { top: { ...line(8, RED), space: 6 } },
    spacing: { before: 480 },
    tabStops: [{ type: TabStopType.RIGHT, position: BODY }],
    children: [new TextRun({ text: brief.foot.join('\t'), size: 24, font: FANG })],
  })
  const made = new Document({
    creator: brief.organ,
    title: brief.title,
    subject: `${brief.masthead} ${brief.issue}`,
    styles: { default: { document: { run: { font: FANG, size: 32, language: { value: 'en-US', eastAsia: 'zh-CN' } } } } },
    sections: [
      {
        properties: { page: { size: { width: convertMillimetersToTwip(210), height: convertMillimetersToTwip(297) }, margin: { top: mm(MARGIN.top), bottom: mm(MARGIN.bottom), left: mm(MARGIN.left), right: mm(MARGIN.right), footer: mm(18) } } },
        footers: { default: new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ font: SONG, size: 24, children: ['— ', PageNumber.CURRENT, ' —'] })] })] }) },
        children: [...head(brief), ...blocks, foot],
      },
    ],
  })
  return Packer.toBuffer(made)
}

const mm = convertMillimetersToTwip
