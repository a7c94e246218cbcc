import type { Command } from 'commander'
import { rooms } from '../app.ts'
import { listSettings, readConfig } from '../config.ts'
import { migrationsOf } from '../kernel/database/index.ts'
import { print, speak } from './speak.ts'
import { withKernel } from './with-kernel.ts'

/** The verbs of whoever installs it. */
export function addSettings(program: Command): void {
  program
    .command('config')
    .description(speak({ zh: '列出全部设置：当前值、默认值、含义', en: 'print every setting: value, default, meaning' }))
    .action(() => {
      readConfig()
      for (const { name, value, default: usual, means } of listSettings()) {
        print(`${name}=${value}`)
        print(`    ${means}`)
        print(`    ${speak({ zh: '默认', en: 'default' })}: ${usual || '-'}`)
      }
    })

  program
    .command('migrate')
    .description(speak({ zh: '更新数据库表结构', en: 'bring the tables of the database up to date' }))
    .action(() => withKernel(async () => print(speak({ zh: `共 ${migrationsOf(rooms).length} 个迁移，均已完成`, en: `all ${migrationsOf(rooms).length} migrations have run` }))))
}
