// What the desk offers while an operator types: categories, places, answers, and what a number brought before; in a city of a million calls a
// year, 20,000 articles and 59,000 addresses.

import { readConfig } from '../src/config.ts'
import { rooms } from '../src/app.ts'
import { pairsOf } from '../src/atlas/pairs.ts'
import { publishArticles, type GivenArticle } from '../src/channels/hotline/index.ts'
import { openClient } from '../src/kernel/database/index.ts'
import { createKernel, systemActor } from '../src/kernel/kernel.ts'
import { Caller } from '../trials/caller.ts'
import { startProgram } from '../trials/program.ts'
import { oneByOne, quantile, round, seeded, type Finding } from './measure.ts'

const CALLS = 1_000_000
const CALLERS = 300_000
const ARTICLES = 20_000
const ADDRESSES = 59_000
const SEED = 12345
const TIMES = 300

export async function measureDesk(dataFolder: string, say: (line: string) => void): Promise<Finding[]> {
  const began = performance.now()
  await fill(dataFolder)
  say(`  ${ARTICLES} articles, ${ADDRESSES} addresses and ${CALLS} calls stand ready after ${round((performance.now() - began) / 1000, 0)} s (seed ${SEED})`)

  const program = await startProgram(dataFolder)
  try {
    const operator = new Caller(program.base)
    await operator.signIn('operator')
    const random = seeded(SEED)
    const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!
    const ask = (path: string, query: Record<string, string>) => operator.ask('GET', `${path}?${new URLSearchParams(query)}`)
    // A number that has called before.
    for (let i = 0; i < 12; i++) {
      const earlier = await operator.ask('POST', '/api/hotline/desk/calls', { number: '13812342207' })
      await operator.ask('POST', `/api/hotline/desk/calls/${earlier.id}/end`, { result: 'other' })
    }
    const call = await operator.ask('POST', '/api/hotline/desk/calls', { number: '13812342207' })

    return [
      await measured('desk: categories for words', 30, () => ask('/api/hotline/suggest/categories', { text: sentence(random) })),
      await measured('desk: places for letters', 30, () => ask('/api/hotline/suggest/places', { text: `${pick(ROADS)}${1 + Math.floor(random() * 900)}` })),
      await measured(`desk: answers among ${ARTICLES.toLocaleString('en')} articles`, 50, () => ask('/api/hotline/suggest/answers', { text: sentence(random) })),
      await measured(`desk: earlier calls of a number among ${CALLS.toLocaleString('en')}`, 30, () => operator.ask('GET', `/api/hotline/desk/calls/${call.id}/caller`)),
      await measured('desk: what rings, and the figures of the day', 30, () => operator.ask('GET', '/api/hotline/desk')),
    ]
  } finally {
    await program.stop()
  }
}

const ROADS = ['人民路', '解放路', '中山路', '建设街', '和平里', '文化巷', '长江路', '学院路']
const THINGS = ['路灯', '井盖', '垃圾', '暖气', '停水', '公交', '居住证', '社保', '公积金', '物业', '电梯', '噪声', '油烟', '积水', '树枝', '犬只', '低保', '入学', '婚姻登记', '退休金']
const WHAT = ['坏了找谁修', '怎么办理', '需要哪些材料', '几点上班', '没人管怎么投诉', '什么时候恢复', '收费标准是多少', '在哪里领取', '多久能办好', '能不能网上办']
const WHERE = ['小区', '路口', '学校门口', '菜市场', '公园', '地铁站', '医院', '广场', '工地', '河边']

const sentence = (random: () => number): string => {
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!
  return `${pick(WHERE)}${pick(THINGS)}${pick(WHAT)}`
}

/** Han characters that stand in few articles, as names and terms do. */
const rare = (random: () => number, letters: number): string =>
  Array.from({ length: letters }, () => String.fromCodePoint(0x4e00 + Math.floor(random() * 3000))).join('')

async function fill(dataFolder: string): Promise<void> {
  const kernel = await createKernel({ ...readConfig({ ...process.env, CHENGYUN_DATA: dataFolder }), say: () => {} }, rooms)
  try {
    const random = seeded(SEED)
    const articles = Array.from({ length: ARTICLES }, (): GivenArticle => {
      const question = `${rare(random, 3)}${sentence(random)}`
      return { question, answer: `${sentence(random)}，${rare(random, 60)}。${sentence(random)}。`, source: '测试', author: '甲', reviewer: '乙' }
    })
    await kernel.transact({ actor: systemActor }, (ctx) => publishArticles(ctx, articles))

    const client = await openClient(kernel.url)
    try {
      const names = Array.from({ length: ADDRESSES }, (_, i) => `${ROADS[i % ROADS.length]}${1 + Math.floor(i / ROADS.length)}号`)
      for (let from = 0; from < names.length; from += 5000) {
        const some = names.slice(from, from + 5000)
        await client.query(
          `insert into address (code, district, name, kind, community_code, position, pairs)
           select 'B' || (o + $3::int), '999902', n, 'door', (select code from division where level = 'community' and code like '999902%' limit 1),
                  point(116.3 + (o % 100) * 0.0003, 40.0 + (o / 100) * 0.0003), string_to_array(p, ' ')
             from unnest($1::text[], $2::text[]) with ordinality as a (n, p, o)`,
          [some, some.map((name) => pairsOf(name).join(' ')), from],
        )
      }
      await client.query(
        `insert into caller (hash, district, sealed, masked, calls, nuisances, first_at, last_at)
         select 'bench-' || i, '999900', '', '138****0000', 3, 0, now() - interval '1 year', now() from generate_series(1, $1::int) i`,
        [CALLERS],
      )
      await client.query(
        `insert into call (id, district, hash, masked, state, rang_at, answered_at, ended_at, operator_name, result)
         select gen_random_uuid(), '999900', 'bench-' || (i % $2::int), '138****0000', 'ended', now() - (i * 31 || ' seconds')::interval,
                now() - (i * 31 - 8 || ' seconds')::interval, now() - (i * 31 - 150 || ' seconds')::interval, '受理员', 'other'
           from generate_series(5, $1::int) i`,
        [CALLS, CALLERS],
      )
      await client.query('vacuum analyze call, caller, address, article_word, article_version')
    } finally {
      await client.end()
    }
  } finally {
    await kernel.stop()
  }
}

async function measured(what: string, goalMs: number, ask: () => Promise<unknown>): Promise<Finding> {
  await oneByOne(20, ask)
  const samples = await oneByOne(TIMES, ask)
  const [p50, p95] = [quantile(samples, 0.5), quantile(samples, 0.95)]
  return {
    what,
    goal: `p95 < ${goalMs} ms`,
    figure: `p50 ${round(p50, 1)} ms, p95 ${round(p95, 1)} ms`,
    met: p95 < goalMs,
    detail: { p50: round(p50), p95: round(p95), seed: SEED },
  }
}
