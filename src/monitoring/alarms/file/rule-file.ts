// Rules as one file: {"format": "chengyun.alarm-rules", "version": 1, "rules": [{"code", and the fields of a rule}]}; a pack of a trade (行业包) also holds
// "trade" and "products": [{"code", and the fields of a product}]. Nothing here reads a database.

import { createValidators, type Fault, type Words } from '../../../kernel/index.ts'
import { Type } from '../../../kernel/contract.ts'
import { productFaults } from '../../product-faults.ts'
import { CODE, ProductBody } from '../../shapes.ts'
import type { Trade } from '../../trades.ts'
import { KINDS, Measure, RuleBody, type RuleKind } from '../rule.ts'
import type { RuleFault } from './contract.ts'

export const FORMAT = 'chengyun.alarm-rules'
export const VERSION = 1
export const RULES_AT_MOST = 500

export interface FiledRule {
  readonly code: string
  readonly body: RuleBody
}

export interface FiledProduct {
  readonly code: string
  readonly body: ProductBody
}

export interface RuleFile {
  readonly products: FiledProduct[]
  readonly rules: FiledRule[]
  readonly faults: RuleFault[]
}

interface Field {
  readonly words: Words
  readonly remedy: Words
}

const field = (zh: string, en: string, doZh: string, doEn: string): Field => ({ words: { zh, en }, remedy: { zh: doZh, en: doEn } })

/** The fields of a rule, in the order of the file. */
export const FIELDS: Readonly<Record<'code' | keyof RuleBody, Field>> = {
  code: field('编号', 'Code', '用字母、数字、短横等，64 字以内，各条不同', 'letters, digits and dashes, 64 at most, another for each rule'),
  zh: field('名称', 'Name', '写 1 到 60 字', 'write 1 to 60 characters'),
  en: field('英文名称', 'English name', '写 1 到 120 字', 'write 1 to 120 characters'),
  product: field('产品', 'Product', '先建立此产品，或改为已有产品的代码', 'make this product first, or name one that is there'),
  devices: field('设备', 'Devices', '改为此产品已登记设备的代码；[] 为全部', 'name registered devices of the product; [] for all'),
  vehicleKinds: field('车辆类型', 'Kinds of vehicles', '写本系统的车辆类型代码；[] 为全部', 'codes of kinds of vehicles; [] for all'),
  measure: field('方法', 'Method', '照导出文件中同一方法的写法填写', 'write it as an exported rule of the same method has it'),
  side: field('方向', 'Side', '写 above 或 below', 'write above or below'),
  levels: field('限值', 'Limits', '按蓝、黄、橙、红写四个数，不用的写 null', 'four numbers for blue, yellow, orange and red; null for one that is not used'),
  bands: field('时段限值', 'Limits by time', '时间写 HH:MM，限值同样为四个', 'times as HH:MM, and four limits each'),
  hysteresis: field('回差', 'Hysteresis', '写不小于 0 的数', 'a number, 0 or more'),
  raiseSeconds: field('持续时间', 'Seconds before it rings', '写 0 到 86400 的整数', 'a whole number from 0 to 86400'),
  clearSeconds: field('恢复时间', 'Seconds before it is over', '写 0 到 86400 的整数', 'a whole number from 0 to 86400'),
  case: field('转案件', 'Case', '写本市的等级、类别、立案条件与单位，或 null', 'a level, a category, one of its filing conditions and a unit of this city, or null'),
  public: field('公众预警', 'Public warning', '写等级、类别、范围与两种语言的文字，或 null', 'a level, a category, an area and the words in both languages, or null'),
  active: field('启用', 'In force', '写 true 或 false', 'true or false'),
}

const WHOLE = field('文件', 'File', '用“导出”得到的 JSON 文件', 'take a JSON file as 导出 gives it')
const OF_PRODUCT = field('设备产品', 'Product', '照导出的行业包填写', 'write it as an exported pack has it')
const UNKNOWN = field('未知项', 'Unknown field', '去掉此项', 'leave it out')

const fieldOf = (at: string): Field => FIELDS[at.split('.')[0] as keyof typeof FIELDS] ?? UNKNOWN

/** A fault of a rule as people read it. */
export const faultOf = (rule: string, { at, reason }: Fault, { words, remedy } = fieldOf(at)): RuleFault => ({ rule, field: words, at, reason: { zh: reason.zh, en: reason.en }, remedy })

const ofFile = (zh: string, en: string, remedy: Words = WHOLE.remedy): RuleFault => ({ rule: '', field: WHOLE.words, at: '', reason: { zh, en }, remedy })

const validators = createValidators()
const exact = { additionalProperties: false }
const checkRule = validators.json(Type.Object({ code: Type.String({ pattern: CODE }), ...RuleBody.properties, measure: Type.Object({ kind: Type.Enum(Object.keys(KINDS)) }) }, exact))
/** Of each method by itself: faults of all the others say nothing. */
const checkMeasure = new Map(Measure.anyOf.map((shape) => [shape.properties.kind.const as RuleKind, validators.json(Type.Object({ measure: Type.Object(shape.properties, exact) }))]))

export function readRules(text: string): RuleFile {
  const refuse = (fault: RuleFault): RuleFile => ({ products: [], rules: [], faults: [fault] })
  let file: { format?: unknown; version?: unknown; rules?: unknown; products?: unknown }
  try {
    file = Object(JSON.parse(text.replace(/^\uFEFF/, '')))
  } catch (error) {
    return refuse(ofFile(`不是完好的 JSON：${(error as Error).message}`, `is no sound JSON: ${(error as Error).message}`))
  }
  if (file.format !== FORMAT) return refuse(ofFile('不是告警规则文件', 'is no file of alarm rules'))
  if (file.version !== VERSION) {
    const remedy = { zh: '用同一版本的程序导出', en: 'export it from a program of the same version' }
    return refuse(ofFile(`不认识文件版本 ${String(file.version)}`, `the version ${String(file.version)} of the file is not known`, remedy))
  }
  if (!Array.isArray(file.rules) || file.rules.length === 0) return refuse(ofFile('文件中没有规则', 'there are no rules in the file'))
  const { products = [] } = file
  if (!Array.isArray(products)) return refuse(ofFile('products 应为列表', 'products must be a list'))
  if (file.rules.length > RULES_AT_MOST || products.length > RULES_AT_MOST) {
    return refuse(ofFile(`超过 ${RULES_AT_MOST} 条`, `more than ${RULES_AT_MOST} rules or products`, { zh: '分成几份导入', en: 'import it in several parts' }))
  }
  const made = readProducts(products)
  const read = readEach(file.rules)
  return { products: made.products, rules: read.rules, faults: [...made.faults, ...read.faults] }
}

const checkProduct = validators.json(Type.Object({ code: Type.String({ pattern: CODE }), ...ProductBody.properties }, exact))

function readProducts(given: readonly unknown[]): Pick<RuleFile, 'products' | 'faults'> {
  const products: FiledProduct[] = []
  const faults: RuleFault[] = []
  for (const [i, each] of given.entries()) {
    const { code, ...body } = Object(each) as ProductBody & { code: string }
    const shape = checkProduct(each)
    const found = shape.length > 0 ? shape : productFaults(body)
    if (products.some((other) => other.code === code)) found.push({ at: 'code', reason: { zh: '此代码在文件中出现两次', en: 'the code stands twice in the file' } })
    faults.push(...found.map((fault) => faultOf(String(code ?? `#${i + 1}`).slice(0, 64), fault, OF_PRODUCT)))
    if (found.length === 0) products.push({ code, body })
  }
  return { products, faults }
}

function readEach(given: readonly unknown[]): Pick<RuleFile, 'rules' | 'faults'> {
  const rules: FiledRule[] = []
  const faults: RuleFault[] = []
  const seen = new Set<string>()
  for (const [i, each] of given.entries()) {
    const found = shapeFaults(each)
    const code = String((each as { code?: unknown } | null)?.code ?? `#${i + 1}`).slice(0, 64)
    if (seen.has(code)) found.push({ at: 'code', reason: { zh: '此编号在文件中出现两次', en: 'the code stands twice in the file' } })
    seen.add(code)
    faults.push(...found.map((fault) => faultOf(code, fault)))
    if (found.length > 0) continue
    const { code: _, ...body } = each as RuleBody & { code: string }
    rules.push({ code, body })
  }
  return { rules, faults }
}

function shapeFaults(rule: unknown): Fault[] {
  const found = checkRule(rule)
  const measure = (rule as { measure?: { kind?: RuleKind } } | null)?.measure
  const check = measure?.kind && checkMeasure.get(measure.kind)
  return check ? [...found, ...check({ measure })] : found
}

const FIELD_NAMES = Object.keys(FIELDS).filter((name): name is keyof RuleBody => name !== 'code')

interface Written {
  readonly city: string
  readonly at: Date
  readonly trade?: Trade
  readonly products?: readonly (ProductBody & { readonly code: string })[]
}

export const writeRules = (rules: readonly FiledRule[], { city, at, trade, products }: Written): string => {
  const pack = trade && { trade, products: products?.map(({ code, zh, en, trade: of, metrics }) => ({ code, zh, en, trade: of, metrics })) }
  return `${JSON.stringify({ format: FORMAT, version: VERSION, city, exportedAt: at.toISOString(), ...pack, rules: rules.map(inOrder) }, undefined, 2)}\n`
}

/** The fields as people look for them, and not as the database keeps them. */
const inOrder = ({ code, body }: FiledRule): object => Object.fromEntries([['code', code], ...FIELD_NAMES.filter((name) => body[name] !== undefined).map((name) => [name, body[name]])])

/** Equal whatever the order of their keys, and whether a field is absent or null. */
const canonical = (value: unknown): string =>
  JSON.stringify(value ?? null, (_, each: unknown) => (each !== null && typeof each === 'object' && !Array.isArray(each) ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1))) : each))

/** The fields in which two rules differ. */
export const differences = (before: RuleBody, after: RuleBody): Words[] =>
  FIELD_NAMES.filter((name) => canonical(before[name]) !== canonical(after[name])).map((name) => FIELDS[name].words)
