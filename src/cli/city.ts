import { InvalidArgumentError, type Command } from 'commander'
import { writeFileSync } from 'node:fs'
import { stringify } from 'csv-stringify/sync'
import { rooms } from '../app.ts'
import { checkPack, exportPack, loadPack, systemActor, type Fault } from '../kernel/index.ts'
import { makeCity } from '../maker/index.ts'
import { note, print, printCounts, printFaults, speak } from './speak.ts'
import { withKernel } from './with-kernel.ts'

const files = rooms.flatMap((room) => room.pack ?? [])

function count(text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError(speak({ zh: '需为整数', en: 'must be a whole number' }))
  return value
}

/** The verbs of city packs (城市包). */
export function addCity(program: Command): void {
  const city = program.command('city').description(speak({ zh: '城市包：检查、载入、导出、生成', en: 'city packs: check, load, export, make' }))

  city
    .command('check')
    .argument('<dir>')
    .option('--faults <file>', speak({ zh: '把错误写入此 CSV 文件', en: 'write the faults to this CSV file' }))
    .description(speak({ zh: '检查城市包，不写入任何数据', en: 'check a pack; nothing is written' }))
    .action(async (dir: string, { faults }: { faults?: string }) => {
      const checked = await checkPack(dir, files)
      if (faults !== undefined) writeFaults(faults, checked.faults)
      if (checked.faults.length === 0) return printCounts(checked.counts)
      printFaults(checked.faults)
      if (checked.more) note(speak({ zh: '……还有更多', en: '… and more' }))
      process.exitCode = 1
    })

  city
    .command('load')
    .argument('<dir>')
    .description(speak({ zh: '载入城市包：全部检查通过才写入', en: 'load a pack, after it was checked whole' }))
    .action((dir: string) =>
      withKernel(async (kernel) => printCounts(await kernel.transact({ actor: systemActor }, (ctx) => loadPack(ctx, dir, files)))),
    )

  city
    .command('export')
    .argument('<dir>')
    .description(speak({ zh: '把现有城市导出为城市包', en: 'write the city as it stands as a pack' }))
    .action((dir: string) =>
      withKernel(async (kernel) => printCounts(await kernel.transact({ actor: systemActor }, (ctx) => exportPack(ctx, dir, files)))),
    )

  city
    .command('make')
    .argument('[dir]', speak({ zh: '写入的文件夹', en: 'the folder to write' }), 'made-city')
    .option('--cells <n>', speak({ zh: '单元网格数', en: 'cells' }), count)
    .option('--components <n>', speak({ zh: '部件数', en: 'components' }), count)
    .option('--units <n>', speak({ zh: '单位数', en: 'units' }), count)
    .option('--days <n>', speak({ zh: '历史案卷的天数', en: 'days of past cases' }), count)
    .option('--cases <n>', speak({ zh: '历史案卷数', en: 'past cases' }), count)
    .option('--seed <n>', speak({ zh: '随机种子：相同种子生成相同城市', en: 'seed: the same makes the same city' }), count)
    .option('--password <text>', speak({ zh: '所有账号的密码', en: 'password of all accounts' }))
    .description(speak({ zh: '生成任意规模的城市包', en: 'make a city of any size and write it as a pack' }))
    .action(async (dir: string, { days, cases, ...plan }: Sizes) => {
      const made = await makeCity({ folder: dir, historyDays: days, historyCases: cases, ...plan })
      printCounts({ ...made.counts })
      print(dir)
    })
}

interface Sizes {
  readonly cells?: number
  readonly components?: number
  readonly units?: number
  readonly days?: number
  readonly cases?: number
  readonly seed?: number
  readonly password?: string
}

function writeFaults(file: string, faults: readonly Fault[]): void {
  writeFileSync(file, stringify([['at', 'reason'], ...faults.map(({ at, reason }) => [at, speak(reason)])]))
}
