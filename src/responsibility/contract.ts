// What is said over the wire of who must act; read by the server and by the browser.

import { endpoint, Moment, page, PageQuery, Type, type Static, type TSchema, type Words } from '../kernel/contract.ts'
import { GROUNDS } from './decide.ts'
import { ROAD_CLASSES } from './roads.ts'

export { GROUNDS, type Ground } from './decide.ts'
export { readHours, sayHours } from './hours.ts'
export * from './roads.ts'

const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const WordsBody = Type.Object({ zh: Type.String(), en: Type.String() })

/** 属主 by trade, 属地 by place. */
export const BASES = ['owner', 'locality'] as const
export type Basis = (typeof BASES)[number]
export const BASIS_NAMES: Readonly<Record<Basis, Words>> = {
  owner: { zh: '属主', en: 'By trade' },
  locality: { zh: '属地', en: 'By place' },
}

export const VERDICTS = ['ours', 'not-ours'] as const
export type Verdict = (typeof VERDICTS)[number]

/** 会商, 确认的回退, 人工. */
export const ORIGINS = ['confer', 'return', 'hand'] as const
export type Origin = (typeof ORIGINS)[number]

const RuleNumber = Type.String({ pattern: '^R-\\d{4,9}$' })
const Code = Type.String({ maxLength: 60, pattern: '^[A-Za-z0-9.-]*$' })
const UnitCode = Type.String({ minLength: 1, maxLength: 30 })
const HoursText = Type.String({ maxLength: 200 })
const Note = Type.String({ maxLength: 200 })

/** A unit as it is named beside a rule; its code alone where it has been taken from the city. */
export const UnitNamed = Type.Object({ code: Type.String(), path: Type.String(), name: WordsBody })
export type UnitNamed = Static<typeof UnitNamed>

// ── The answer

/** One unit that may be asked to act, why, and how far that can be trusted. */
export const UnitAnswer = Type.Object({
  unitCode: Type.String(),
  unitPath: Type.String(),
  name: WordsBody,
  /** The reason in words. */
  words: WordsBody,
  ground: Type.Enum([...GROUNDS]),
  /** Of the rule or precedent. */
  rule: orNull(Type.String()),
  confidence: Type.Number({ minimum: 0, maximum: 1 }),
})
export type UnitAnswer = Static<typeof UnitAnswer>

/** What was learned from the city's own history: offered beside the rules' answer and never in its place. */
export const LearnedAnswer = Type.Object({
  unitCode: Type.String(),
  unitPath: Type.String(),
  name: WordsBody,
  words: WordsBody,
  confidence: Type.Number({ minimum: 0, maximum: 1 }),
})
export type LearnedAnswer = Static<typeof LearnedAnswer>

export const Decision = Type.Object({
  /** 先属主后属地, or the reverse. */
  order: WordsBody,
  answers: Type.Array(UnitAnswer),
  learned: Type.Array(LearnedAnswer),
})
export type Decision = Static<typeof Decision>

/** 试一试: who would be asked here and now. */
export const getDecision = endpoint({
  method: 'GET',
  path: '/api/responsibility/decision',
  permit: 'responsibility.read',
  summary: { zh: '试算：由谁负责', en: 'Who would have to act, and why' },
  query: Type.Object({
    category: Type.String({ minLength: 1, maxLength: 60 }),
    lng: Type.Number({ minimum: -180, maximum: 180 }),
    lat: Type.Number({ minimum: -90, maximum: 90 }),
    component: Type.Optional(Type.String({ maxLength: 30 })),
    text: Type.Optional(Type.String({ maxLength: 500 })),
    /** Now where it is left out. */
    at: Type.Optional(Moment),
  }),
  reply: Type.Object({ ...Decision.properties, where: WordsBody, road: orNull(Type.Enum([...ROAD_CLASSES])) }),
})

// ── Rules

const RuleFields = {
  /** A category or the beginning of several; '' for all. */
  category: Code,
  /** The prefix of a division; '' for the whole city. */
  region: Type.String({ pattern: '^\\d{0,15}$' }),
  basis: Type.Enum([...BASES]),
  roads: Type.Array(Type.Enum([...ROAD_CLASSES]), { maxItems: ROAD_CLASSES.length, uniqueItems: true }),
  hours: HoursText,
  unit: UnitCode,
  note: orNull(Note),
}

export const RuleShown = Type.Object({
  number: Type.String(),
  category: Type.String(),
  region: Type.String(),
  basis: Type.Enum([...BASES]),
  roads: Type.Array(Type.Enum([...ROAD_CLASSES])),
  hours: Type.String(),
  unit: UnitNamed,
  note: orNull(Type.String()),
  from: Moment,
  to: orNull(Moment),
  replaces: orNull(Type.String()),
  madeBy: Type.String(),
  endedBy: orNull(Type.String()),
})
export type RuleShown = Static<typeof RuleShown>

export const RULE_STATES = ['standing', 'ended', 'all'] as const

const RuleFilter = {
  /** Rules that speak of this category, or of a part of it. */
  category: Type.Optional(Code),
  region: Type.Optional(Type.String({ pattern: '^\\d{0,15}$' })),
  basis: Type.Optional(Type.Enum([...BASES])),
  unit: Type.Optional(UnitCode),
  state: Type.Optional(Type.Enum([...RULE_STATES])),
  /** Beginning of the number, or a part of the note. */
  text: Type.Optional(Type.String({ maxLength: 50 })),
}

export const getRules = endpoint({
  method: 'GET',
  path: '/api/responsibility/rules',
  permit: 'responsibility.read',
  summary: { zh: '确责规则', en: 'Rules of responsibility' },
  query: Type.Object({ ...RuleFilter, ...PageQuery }),
  reply: Type.Object({ ...page(RuleShown).properties, total: Type.Integer() }),
})

export const getRulesCsv = endpoint({
  method: 'GET',
  path: '/api/responsibility/rules.csv',
  permit: 'responsibility.read',
  gives: 'raw',
  summary: { zh: '导出确责规则（CSV）', en: 'Rules of responsibility as CSV' },
  query: Type.Object(RuleFilter),
})

export const getRulesSheet = endpoint({
  method: 'GET',
  path: '/api/responsibility/rules.xlsx',
  permit: 'responsibility.read',
  gives: 'raw',
  summary: { zh: '导出确责规则（Excel）', en: 'Rules of responsibility as an Excel sheet' },
  query: Type.Object(RuleFilter),
})

export const RuleBody = Type.Object({ ...RuleFields, from: Type.Optional(Moment), to: Type.Optional(orNull(Moment)) })
export type RuleBody = Static<typeof RuleBody>

export const postRule = endpoint({
  method: 'POST',
  path: '/api/responsibility/rules',
  permit: 'responsibility.edit',
  summary: { zh: '新增规则', en: 'Add a rule' },
  body: RuleBody,
  reply: RuleShown,
})

/** Ends the rule and begins another in its place, with a number of its own. */
export const putRule = endpoint({
  method: 'PUT',
  path: '/api/responsibility/rules/:rule',
  permit: 'responsibility.edit',
  summary: { zh: '修改规则（旧规则终止，新规则另编号）', en: 'Change a rule: it ends, and another begins under a new number' },
  params: Type.Object({ rule: RuleNumber }),
  body: RuleBody,
  reply: RuleShown,
})

export const postRuleEnd = endpoint({
  method: 'POST',
  path: '/api/responsibility/rules/:rule/end',
  permit: 'responsibility.edit',
  summary: { zh: '终止规则', en: 'End a rule' },
  params: Type.Object({ rule: RuleNumber }),
  body: Type.Object({ note: Type.Optional(Note) }),
  reply: RuleShown,
})

/** `whole`: the list takes the place of all rules that the caller reaches; `add`: what it does not name stays. */
export const IMPORT_MODES = ['add', 'whole'] as const

export const ImportResult = Type.Object({
  rows: Type.Integer(),
  added: Type.Integer(),
  same: Type.Integer(),
  ended: Type.Integer(),
  refused: Type.Array(Type.Object({ line: Type.Integer(), column: Type.String(), reason: WordsBody })),
  /** Beyond those that are named. */
  more: Type.Boolean(),
  applied: Type.Boolean(),
})
export type ImportResult = Static<typeof ImportResult>

export const postRulesImport = endpoint({
  method: 'POST',
  path: '/api/responsibility/rules/import',
  permit: 'responsibility.edit',
  mostBytes: 16 * 1024 * 1024,
  summary: { zh: '导入规则：先整体检查，无误才写入', en: 'Import rules: checked whole before any is written' },
  body: Type.Object({
    /** CSV with the columns of responsibility.csv. */
    text: Type.Optional(Type.String({ maxLength: 15_000_000 })),
    /** Or an Excel sheet (.xlsx) with the same columns, as base64. */
    sheet: Type.Optional(Type.String({ maxLength: 15_000_000 })),
    mode: Type.Enum([...IMPORT_MODES]),
    /** False: only say what would change. */
    apply: Type.Boolean(),
  }),
  reply: ImportResult,
})

// ── Precedents

export const PrecedentShown = Type.Object({
  number: Type.String(),
  verdict: Type.Enum([...VERDICTS]),
  category: Type.String(),
  region: Type.String(),
  component: orNull(Type.String()),
  unit: UnitNamed,
  origin: Type.Enum([...ORIGINS]),
  caseNumber: orNull(Type.String()),
  note: orNull(Type.String()),
  decidedAt: Moment,
  decidedBy: Type.String(),
  withdrawnAt: orNull(Moment),
  withdrawnBy: orNull(Type.String()),
  withdrawnNote: orNull(Type.String()),
})
export type PrecedentShown = Static<typeof PrecedentShown>

export const getPrecedents = endpoint({
  method: 'GET',
  path: '/api/responsibility/precedents',
  permit: 'responsibility.read',
  summary: { zh: '确责先例', en: 'Precedents of responsibility' },
  query: Type.Object({
    category: Type.Optional(Code),
    unit: Type.Optional(UnitCode),
    withdrawn: Type.Optional(Type.Boolean()),
    ...PageQuery,
  }),
  reply: page(PrecedentShown),
})

export const postPrecedent = endpoint({
  method: 'POST',
  path: '/api/responsibility/precedents',
  permit: 'responsibility.edit',
  summary: { zh: '新增先例', en: 'Add a precedent' },
  body: Type.Object({
    verdict: Type.Enum([...VERDICTS]),
    category: Code,
    /** A district or something in it. */
    region: Type.String({ pattern: '^\\d{6,15}$' }),
    component: Type.Optional(orNull(Type.String({ maxLength: 30 }))),
    unit: UnitCode,
    note: Type.String({ minLength: 1, maxLength: 200 }),
  }),
  reply: PrecedentShown,
})

export const postPrecedentWithdrawal = endpoint({
  method: 'POST',
  path: '/api/responsibility/precedents/:precedent/withdraw',
  permit: 'responsibility.edit',
  summary: { zh: '撤销先例', en: 'Withdraw a precedent' },
  params: Type.Object({ precedent: Type.String({ pattern: '^P-\\d{6}-\\d{3,9}$' }) }),
  body: Type.Object({ note: Type.String({ minLength: 1, maxLength: 200 }) }),
  reply: PrecedentShown,
})

// ── Duty

export const DutyShown = Type.Object({ unit: UnitNamed, hours: Type.String(), deputy: orNull(UnitNamed), note: orNull(Type.String()) })
export type DutyShown = Static<typeof DutyShown>

export const getDuties = endpoint({
  method: 'GET',
  path: '/api/responsibility/duties',
  permit: 'responsibility.read',
  summary: { zh: '单位值守时间', en: 'Hours of duty of units' },
  reply: Type.Object({ items: Type.Array(DutyShown) }),
})

export const putDuty = endpoint({
  method: 'PUT',
  path: '/api/responsibility/duties/:unit',
  permit: 'responsibility.edit',
  repeatable: true,
  summary: { zh: '设定值守时间', en: 'Set the hours of duty of a unit' },
  params: Type.Object({ unit: UnitCode }),
  body: Type.Object({
    /** '' for always: the unit is then taken from the list. */
    hours: HoursText,
    deputy: orNull(UnitCode),
    note: orNull(Note),
  }),
  reply: orNull(DutyShown),
})

// ── The learned suggestion

export const ModelFacts = Type.Object({
  version: Type.Integer(),
  trainedAt: Moment,
  samples: Type.Integer(),
  units: Type.Integer(),
  bytes: Type.Integer(),
  /** Shares of the newest tenth of the history, which it had not learned from. */
  top1: Type.Number(),
  top3: Type.Number(),
  majority: Type.Number(),
  byCategory: Type.Number(),
  /** How many it was measured on. */
  measured: Type.Integer(),
})
export type ModelFacts = Static<typeof ModelFacts>

export const getModel = endpoint({
  method: 'GET',
  path: '/api/responsibility/model',
  permit: 'responsibility.read',
  summary: { zh: '学习建议的模型', en: 'What the learned suggestion rests on' },
  reply: Type.Object({ model: orNull(ModelFacts) }),
})

