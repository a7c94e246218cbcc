// What one reads in the terminal when the program is ready.

import type { Config } from './config.ts'
import type { FirstStart } from './first-start.ts'

export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.')

/** The address by which a browser on this machine reaches us. */
export function addressOf({ host, port, publicUrl }: Pick<Config, 'host' | 'port' | 'publicUrl'>): string {
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '')
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

export function sayReady(say: (line: string) => void, config: Config, { setupPath, demo }: FirstStart): void {
  const at = addressOf(config)
  say('')
  say(`城运 Chengyun 已启动 / is ready: ${at}`)
  say(`  公众门户 portal      ${at}/`)
  say(`  工作台   workbench   ${at}/workbench`)
  say(`  采集员   collector   ${at}/collector`)
  if (config.webFolder === undefined) say('  页面尚未构建 / the pages are not built: npm run web')
  if (setupPath !== undefined) {
    say('')
    say(`  设置首批管理员（一次有效，24 小时内） / set the first administrators (once, within 24 hours):`)
    say(`  ${at}${setupPath}`)
  }
  if (demo) {
    say('')
    say(`  演示账号 demo accounts: ${demo.accounts.join(', ')}`)
    say(`  密码     password:      ${demo.password}`)
    if (!isLoopback(config.host)) say('  注意：演示密码是公开的，而本服务可从其他机器访问 / beware: these passwords are public, and other machines can reach this server')
  }
  say('')
}
