import { demand, type Context } from '../kernel/index.ts'
import { directory, type KnownDevice } from './directory.ts'
import { intake } from './intake.ts'
import { fits } from './key.ts'
import { cut, PAYLOAD_KEPT, readJson, readLines } from './payload.ts'
import { keyWrong } from './problems.ts'
import { reacherOf } from './scope.ts'
import type { TakenShown } from './shapes.ts'

export interface Said {
  readonly text: string
  readonly type: string
  /** The header that names a device and its key. */
  readonly authorization: string | undefined
}

/** Takes what a device, its gateway or a machine reports over HTTP; answered when it is committed. */
export async function reportReadings(ctx: Context, { text, type, authorization }: Said): Promise<TakenShown> {
  const into = await intake(ctx)
  const asked = ctx.actor.kind === 'public' ? basicOf(authorization) : undefined
  const sender = asked && (await findSender(ctx, asked.device, asked.key))
  if (ctx.actor.kind === 'public' && !sender) {
    const { byCode } = await directory(ctx)
    const device = cut(asked?.device ?? '', 64)
    const reason = byCode.has(device) || device === '' ? 'wrong-key' : 'unknown-device'
    await into.take({ way: 'http', pieces: [{ damaged: cut(text, PAYLOAD_KEPT), device, reason }], allows: () => false })
    throw keyWrong(undefined, { headers: { 'www-authenticate': 'Basic realm="device"' } })
  }
  if (!sender) demand(ctx, 'monitoring.ingest')
  const allows = sender ? mayReport(sender) : await reacherOf(ctx, 'monitoring.ingest')
  const pieces = type.startsWith('text/') ? readLines(text) : readJson(text, sender ? { device: sender.code } : {})
  return into.take({ way: 'http', pieces, allows })
}

/** A device reports for itself, and a gateway also for those behind it. */
export const mayReport =
  (sender: KnownDevice) =>
  (device: KnownDevice): boolean =>
    device.code === sender.code || device.gateway === sender.code

/** The device of this code and key. */
export async function findSender(ctx: Context, code: string, key: string): Promise<KnownDevice | undefined> {
  const device = (await directory(ctx)).byCode.get(code)
  return device && fits(key, device.digest) ? device : undefined
}

function basicOf(authorization = ''): { device: string; key: string } | undefined {
  const [scheme = '', rest = ''] = authorization.split(' ')
  if (scheme.toLowerCase() !== 'basic') return undefined
  const text = Buffer.from(rest, 'base64').toString()
  // A code may hold colons, a key never does.
  const at = text.lastIndexOf(':')
  return at < 0 ? undefined : { device: text.slice(0, at), key: text.slice(at + 1) }
}
