import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { DeviceShown } from '../monitoring/index.ts'
import { metric, register } from '../monitoring/testing.ts'
import { withApp, type App } from '../testing.ts'

const cli = fileURLToPath(new URL('../cli.ts', import.meta.url))
const POINTS = ['WL-1', 'WL-2', 'WL-3']

const start = (app: Pick<App, 'base'>, ...more: string[]) =>
  spawn(process.execPath, [cli, 'simulate', '--url', app.base, '--seed', '5', ...more], { env: { ...process.env, LC_ALL: 'en_US.UTF-8' }, stdio: ['ignore', 'pipe', 'pipe'] })

/** Of machines those that may still enter. */
async function keysOf(app: App): Promise<readonly { name: string; revokedAt?: string | null }[]> {
  const reply = await app.fetchAs('secadmin', '/api/keys')
  return ((await reply.json()) as { items: { name: string; revokedAt?: string | null }[] }).items
}

test('devices of a running city report once and in a storm, until they are stopped; the key that was made for it ends', withApp(async (app) => {
  await register(app.kernel, POINTS, [metric({ unit: 'cm', max: 300, precision: 1 })])
  await app.kernel.settle()

  const round = start(app, '--once')
  const [said, wrong] = await Promise.all([text(round.stdout), text(round.stderr)])
  assert.match(said, /seed 5, 3 devices\n.*ended: sent 3, taken 3, quarantined 0/s, wrong)

  const storm = start(app, '--storm', '--speed', '600')
  storm.stderr.resume()
  let lines = ''
  for await (const line of createInterface({ input: storm.stdout })) {
    lines += `${line}\n`
    if (line.startsWith('minute')) storm.kill('SIGINT')
  }
  const [code] = storm.exitCode === null ? await once(storm, 'exit') : [storm.exitCode]
  assert.equal(code, 0, lines)
  assert.match(lines, /ended: sent (\d+), taken \1, quarantined 0/)

  const { items } = (await (await app.fetchAs('lead', '/api/devices?product=gauge')).json()) as { items: DeviceShown[] }
  assert.deepEqual(items.map(({ code: of, latest }) => [of, latest.length, latest[0]?.late]), POINTS.map((of) => [of, 1, false]))
  const keys = await keysOf(app)
  assert.equal(keys.filter(({ name }) => name === 'simulate').length, 2)
  assert.ok(keys.every(({ name, revokedAt }) => name !== 'simulate' || revokedAt), JSON.stringify(keys))
}))

for (const [because, more, said] of [
  ['the program does not run', ['--once'], /cannot reach/],
  ['the speed is none', ['--speed', 'fast'], /must lie between 1 and 600/],
  ['the address is none', ['--url', 'ftp://x'], /must be an address/],
] as const) {
  test(`it says so where ${because}`, async () => {
    const child = start({ base: 'http://127.0.0.1:9' }, ...more)
    const [wrong] = await Promise.all([text(child.stderr), text(child.stdout)])

    assert.match(wrong, said)
    assert.ok(!/\n\s+at /.test(wrong), wrong)
  })
}
