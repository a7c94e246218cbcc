import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { test } from 'node:test'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../cli.ts', import.meta.url))

/** What the verb prints for these lines, in English. */
async function decode(...lines: string[]): Promise<Record<string, unknown>[]> {
  const child = spawn(process.execPath, [cli, 'jt808', 'decode'], { env: { ...process.env, LC_ALL: 'en_US.UTF-8' }, stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(lines.join('\n'))
  const out = await text(child.stdout)
  return out.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
}

test('a frame a line gives an object a line, without a database', async () => {
  const [answer, wrong, none] = await decode('7e0001000501234567890004b303e8000200d37e', '', '7e 00 01 00 05 01 23 45 67 89 00 04 b3 03 e8 00 02 00 d4 7e', 'hello')

  assert.deepEqual(answer, {
    messageId: '0x0001',
    name: 'general answer',
    phone: '012345678900',
    serial: 1203,
    version: 2013,
    body: { answers: 1000, answersId: '0x0002', result: 0 },
  })
  assert.deepEqual([wrong!.error, wrong!.messageId, wrong!.phone], ['checksum', '0x0001', '012345678900'])
  assert.deepEqual(none, { error: 'hex', reason: 'not hexadecimal' })
})

test('parts are told one by one, and the last with the whole body', async () => {
  const [first, last] = await decode('7e09002003013900000001000500020001410001557e', '7e090020020139000000010006000200020203157e')

  assert.deepEqual([first!.part, first!.body], [{ total: 2, index: 1 }, { hex: '410001' }])
  assert.deepEqual([last!.part, last!.serial, last!.body], [{ total: 2, index: 2 }, 6, { type: 0x41, data: '00010203' }])
})
