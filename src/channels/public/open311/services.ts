import type { Context } from '../../../kernel/index.ts'
import type { Language } from '../../../kernel/contract.ts'
import { catalogueInUse, findCategories, findCategory, findConditions, type Category } from '../../../registry/index.ts'
import { GROUPS } from '../groups.ts'
import { serviceUnknown } from '../problems.ts'
import type { Value } from './document.ts'

/** What one does not know the name of: an operator finds the category. */
export const OTHER = 'other'

/** 事项 as services; components too where the catalogue has no matter for them. */
async function categoriesAsServices(ctx: Context): Promise<readonly Category[]> {
  const all = await findCategories(ctx, { version: await catalogueInUse(ctx) })
  const covered = all.some(({ component }) => component !== null)
  return covered ? all.filter(({ kind }) => kind === 'matter') : all
}

const wordsOther = { zh: '说不清属于哪一类的问题，由受理员分类', en: 'A problem that fits nowhere else; an operator sorts it out' }

export async function listServices(ctx: Context, language: Language): Promise<Value> {
  const services = (await categoriesAsServices(ctx)).map(({ id, name, major }) => ({
    service_code: id,
    service_name: name[language],
    description: `${major.name[language]}：${name[language]}`,
    metadata: true,
    type: 'realtime',
    keywords: [name.zh, name.en, major.name.zh].filter((word, at, all) => all.indexOf(word) === at).join(', '),
    group: major.name[language],
  }))
  const other = {
    service_code: OTHER,
    service_name: GROUPS.other.name[language],
    description: wordsOther[language],
    metadata: false,
    type: 'realtime',
    keywords: `${GROUPS.other.name.zh}, ${GROUPS.other.name.en}`,
    group: GROUPS.other.name[language],
  }
  return [...services, other]
}

/** The category of a service code; undefined for `other`. An unknown one is refused. */
export async function serviceOf(ctx: Context, code: string): Promise<Category | undefined> {
  if (code === OTHER) return undefined
  const category = await findCategory(ctx, code)
  if (!category) throw serviceUnknown({ code: code.slice(0, 80) })
  return category
}

const UNIT_WORDS = {
  urgent_hour: { zh: '紧急工作时', en: 'urgent hours' },
  work_hour: { zh: '工作时', en: 'working hours' },
  work_day: { zh: '工作日', en: 'working days' },
} as const

export const CONDITION = 'condition'
export const DETAIL = 'place_detail'

/** The attributes one may answer, and what is promised, which is only to be read. */
export async function defineService(ctx: Context, code: string, language: Language): Promise<Value> {
  const category = await serviceOf(ctx, code)
  const zh = language === 'zh'
  const conditions = category ? await findConditions(ctx, category.id) : []
  const promises = conditions.map(({ condition, limits: { A } }) => {
    const unit = UNIT_WORDS[A.unit as keyof typeof UNIT_WORDS]
    return `${condition[language] || condition.zh}：${A.amount} ${unit?.[language] ?? A.unit}`
  })
  const attributes = [
    conditions.length > 0 && {
      variable: true,
      code: CONDITION,
      datatype: 'singlevaluelist',
      required: false,
      datatype_description: zh ? '选最接近的一项' : 'Choose what comes nearest',
      description: zh ? '问题是什么样的' : 'What is it like',
      values: conditions.map(({ id, condition }) => ({ key: id, name: condition[language] || condition.zh })),
    },
    {
      variable: true,
      code: DETAIL,
      datatype: 'string',
      required: false,
      datatype_description: zh ? '一行文字' : 'One line of text',
      description: zh ? '具体位置，如“公交站旁”' : 'Where exactly, such as “by the bus stop”',
      values: [],
    },
    promises.length > 0 && {
      variable: false,
      code: 'limit',
      datatype: 'text',
      required: false,
      datatype_description: null,
      description: `${zh ? '处置时限' : 'Time limits'}：${promises.join('；')}`,
      values: [],
    },
  ].filter((attribute) => attribute !== false)
  return { service_code: code, attributes: attributes.map((attribute, at) => ({ ...attribute, order: at + 1 })) }
}
