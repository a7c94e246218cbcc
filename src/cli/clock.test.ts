import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const cli = fileURLToPath(new URL('../cli.ts', import.meta.url))
const boston = fileURLToPath(new URL('../../examples/boston/pack/calendar.json', import.meta.url))

/** What the verb prints, in English, and with which code it ends. */
async function clock(...words: string[]): Promise<{ code: number; out: string; error: string }> {
  const env = { ...process.env, LC_ALL: 'en_US.UTF-8' }
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [cli, 'clock', ...words], { env })
    return { code: 0, out: stdout, error: stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, out: stdout, error: stderr }
  }
}

test('a deadline is printed with the days that were counted, without a database', async () => {
  const { out } = await clock('--from', '2026-09-30T16:20+08:00', '--limit', '12', '--unit', 'work_hour')

  assert.deepEqual(
    out.split('\n').filter((line) => /^(yellow|due)|\+/.test(line)),
    [
      'yellow  2026-10-08 17:56',
      'due     2026-10-09 10:20',
      '2026-09-30  Wed  works  16:20–18:00  +1:40 = 1:40',
      '2026-10-08  Thu  works  08:00–12:00 14:00–18:00  +8:00 = 9:40',
      '2026-10-09  Fri  works  08:00–10:20  +2:20 = 12:00',
    ],
  )
})

test('extensions, pauses and another calendar are reckoned, as JSON too', async () => {
  const asked = ['--from', '2011-11-23T15:00-05:00', '--limit', '8', '--extend', '1', '--pause', '2011-11-25T10:00-05:00/2011-11-28T09:00-05:00', '--calendar', boston]
  const { out } = await clock(...asked, '--json')
  const { dueAt, wholeMs, zone, days } = JSON.parse(out)

  assert.deepEqual([zone, wholeMs / 3_600_000, days.length], ['America/New_York', 16, 6])
  assert.equal(days.at(-1).sumMs, wholeMs)
  assert.equal(dueAt, days.at(-1).spans.at(-1)[1])
})

for (const { words, says } of [
  { words: ['--from', '2026-09-30T16:20', '--limit', '2'], says: /with its zone/ },
  { words: ['--from', '2026-09-30T16:20+08:00', '--limit', '0'], says: /above zero/ },
  { words: ['--from', '2026-09-30T16:20+08:00', '--limit', '2', '--unit', 'days'], says: /must be one of/ },
  { words: ['--from', '2026-09-30T16:20+08:00', '--limit', '2', '--calendar', cli], says: /not a calendar/ },
  { words: ['--from', '2026-09-30T16:20+08:00', '--limit', '2', '--pause', '2026-10-02T09:00+08:00'], says: /FROM\/TO/ },
]) {
  test(`${words.slice(2).join(' ')} is refused: ${says.source}`, async () => {
    const { code, error } = await clock(...words)

    assert.equal(code, 1)
    assert.match(error, says)
  })
}
