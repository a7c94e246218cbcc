import type { Generated } from 'kysely'
import type { Context } from '../../kernel/index.ts'
import type { ArticleState, CallResult, CallState, Datum } from './contract.ts'

export type CallTable = {
  id: string
  district: string
  bridge: string | null
  theirs: string | null
  hash: string | null
  masked: string | null
  state: CallState
  rangAt: Date
  answeredAt: Date | null
  endedAt: Date | null
  operatorId: string | null
  operatorName: string | null
  result: CallResult | null
  number: string | null
  articleId: string | null
  note: string | null
}

export type ArticleVersionTable = {
  id: string
  version: number
  state: ArticleState
  question: string
  answer: string
  category: string | null
  region: string
  keywords: string[]
  validFrom: string | null
  validTo: string | null
  source: string
  authorId: string
  authorName: string
  writtenAt: Date
  reviewerId: string | null
  reviewerName: string | null
  reviewedAt: Date | null
  remark: string | null
}

export type OrderSystemTable = {
  code: string
  name: string
  source: string
  datum: Datum
  most: number
  machine: string | null
  active: boolean
}

export type HotlineTables = {
  phoneKey: { one: Generated<boolean>; sealed: string }
  caller: { hash: string; district: string; sealed: string; masked: string; calls: number; nuisances: number; firstAt: Date; lastAt: Date }
  callerCase: { hash: string; district: string; number: string; how: 'reported' | 'joined'; at: Date }
  call: CallTable
  callTally: {
    day: string
    district: string
    operatorId: string
    rang: number
    answered: number
    inTime: number
    waitMs: number
    talkMs: number
    results: Record<string, number>
  }
  articleVersion: ArticleVersionTable
  articleWord: { word: string; articleId: string; weight: number }
  articleWordSpread: { word: string; articles: number }
  articleTally: { articleId: string; used: number; useless: number; usedAt: Date | null }
  orderSystem: OrderSystemTable
  orderCategory: { system: string; theirs: string; name: string; category: string | null; seen: number; seenAt: Date | null }
  outsideOrder: { system: string; theirs: string; district: string; number: string; receivedAt: Date; body: unknown }
}

export type CallRow = CallTable
export type ArticleRow = ArticleVersionTable

export const own = ({ db }: Pick<Context, 'db'>) => db.withTables<HotlineTables>()
