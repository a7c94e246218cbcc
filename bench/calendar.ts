// A calendar edited while 100,000 cases are open: how long the preview takes, and how long until all of them are reckoned anew.

import type pg from 'pg'
import { rooms } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createKernel } from '../src/kernel/kernel.ts'
import { Caller } from '../trials/caller.ts'
import { startProgram } from '../trials/program.ts'
import { round, type Finding } from './measure.ts'
import { bareClient } from './record.ts'

const OPEN = 100_000
const GOAL_S = 300
const TABLES = ['case_file', 'case_step', 'case_fact']

export async function measureCalendar(dataFolder: string, say: (line: string) => void): Promise<Finding[]> {
  const kernel = await createKernel({ ...readConfig({ ...process.env, CHENGYUN_DATA: dataFolder }), say: () => {} }, rooms)
  const open = await growOpen(kernel.url)
  say(`  ${open.toLocaleString('en')} open cases stand ready`)
  await kernel.stop()

  const program = await startProgram(dataFolder)
  try {
    const admin = new Caller(program.base)
    await admin.signIn('sysadmin')
    const { version } = await admin.ask('GET', '/api/calendar')
    // An hour earlier in the morning moves nearly everything.
    const edit = { hours: [['07:00', '12:00'], ['14:00', '18:00']], holidays: 'CN', days: [] }

    const asked = performance.now()
    const preview = await admin.ask('POST', '/api/calendar/preview', edit)
    const previewS = (performance.now() - asked) / 1000

    await admin.ask('POST', '/api/calendar/versions', { ...edit, base: version, note: 'bench' })
    const published = performance.now()
    for (;;) {
      const { items } = await admin.ask('GET', '/api/calendar/runs')
      const mine = items.filter((run: { version: number }) => run.version === version + 1)
      if (mine.length > 0 && mine.every((run: { endedAt: string | null }) => run.endedAt !== null)) {
        return findings(preview, previewS, (performance.now() - published) / 1000, mine)
      }
      await new Promise((done) => setTimeout(done, 500))
    }
  } finally {
    await program.stop()
  }
}

function findings(preview: { seen: number; moved: number }, previewS: number, seconds: number, runs: readonly { moved: number }[]): Finding[] {
  const moved = runs.reduce((sum, run) => sum + run.moved, 0)
  return [
    {
      what: 'preview of a calendar',
      goal: '< 30 s',
      figure: `${round(previewS, 1)} s for ${preview.seen.toLocaleString('en')} running limits`,
      met: previewS < 30,
      detail: { seconds: round(previewS), seen: preview.seen, moved: preview.moved },
    },
    {
      what: 'running limits reckoned by a new calendar',
      goal: `< ${GOAL_S} s, as many as in the preview`,
      figure: `${moved.toLocaleString('en')} moved in ${round(seconds, 0)} s`,
      met: seconds < GOAL_S && moved === preview.moved,
      detail: { seconds: round(seconds), moved, perSecond: Math.round(moved / seconds) },
    },
  ]
}

/** Copies the open cases of the demo city beside themselves until there are enough whose limit runs by the calendar. */
async function growOpen(url: string): Promise<number> {
  const client = await bareClient(url)
  const running = "ended_at is null and due_at is not null and clock_unit in ('work_hour', 'work_day')"
  const count = async () => (await client.query(`select count(*)::int as n from case_file where ${running}`)).rows[0].n as number
  try {
    const copies = Math.ceil(OPEN / (await count()))
    await client.query(`create temp table grown as select number, district from case_file where ${running} and right(number, 6)::int < 1000`)
    for (const table of TABLES) await copyRows(client, table, copies)
    await client.query('analyze case_file')
    return await count()
  } finally {
    await client.end()
  }
}

async function copyRows(client: pg.Client, table: string, copies: number): Promise<void> {
  const { rows } = await client.query(
    `select column_name as name from information_schema.columns
      where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  )
  const names: string[] = rows.map(({ name }) => name)
  const values = names.map((name) => (name === 'number' ? "left(c.number, 14) || lpad((k * 1000 + right(c.number, 6)::int)::text, 6, '0')" : `c.${name}`))
  await client.query(
    `insert into ${table} (${names.join(', ')})
     select ${values.join(', ')} from generate_series(1, ${copies}) k, grown g join ${table} c on c.number = g.number and c.district = g.district`,
  )
}
