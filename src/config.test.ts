import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listSettings, readConfig } from './config.ts'

test('without any setting the program starts for a trial on this machine', () => {
  const { host, port, databaseUrl, shadow } = readConfig({ PATH: '/bin' })

  assert.deepEqual({ host, port, databaseUrl, shadow }, { host: '127.0.0.1', port: 8080, databaseUrl: undefined, shadow: false })
})

for (const { environment, says } of [
  { environment: { CHENGYUN_PROT: '80' }, says: 'CHENGYUN_PROT is not a setting; is CHENGYUN_PORT meant?' },
  { environment: { CHENGYUN_COLOUR: 'red' }, says: 'CHENGYUN_COLOUR is not a setting; `npx chengyun config` lists them all' },
  { environment: { CHENGYUN_PORT: '80a' }, says: 'CHENGYUN_PORT=80a: must be a whole number from 0 to 65535' },
  { environment: { CHENGYUN_PORT: '70000' }, says: 'CHENGYUN_PORT=70000: must be a whole number from 0 to 65535' },
  { environment: { CHENGYUN_SHADOW: 'yes' }, says: 'CHENGYUN_SHADOW=yes: must be 1 or 0' },
  { environment: { CHENGYUN_DIVISION: '3702' }, says: 'CHENGYUN_DIVISION=3702: must be a code of 6 digits' },
  { environment: { CHENGYUN_LEVEL: 'planet' }, says: 'CHENGYUN_LEVEL=planet: must be city' },
  { environment: { DATABASE_URL: 'mysql://root:secret@db/x' }, says: 'DATABASE_URL=…: must begin with postgres:// or postgresql://' },
]) {
  test(`refused in one line: ${says}`, () => assert.throws(() => readConfig(environment), { name: 'SettingRefused', message: says }))
}

test('a setting left empty is as if it were not set', () => assert.equal(readConfig({ CHENGYUN_PORT: '' }).port, 8080))

test('the list of settings shows the database but never its password', () => {
  const lines = listSettings({ DATABASE_URL: 'postgres://city:s3cret@db.example:5432/city', CHENGYUN_PORT: '9000' })

  assert.equal(lines.find(({ name }) => name === 'DATABASE_URL')?.value, 'postgres://city:••••@db.example:5432/city')
  assert.equal(lines.find(({ name }) => name === 'CHENGYUN_PORT')?.value, '9000')
  assert.ok(lines.every(({ means }) => means.length > 0))
})
