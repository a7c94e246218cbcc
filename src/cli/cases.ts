import type { Command } from 'commander'
import { importCases } from '../cases/index.ts'
import { language, note, print, speak } from './speak.ts'
import { withKernel } from './with-kernel.ts'

/** The verbs of past cases. */
export function addCases(program: Command): void {
  const cases = program.command('cases').description(speak({ zh: '案卷', en: 'cases' }))

  cases
    .command('import')
    .argument('<file>')
    .requiredOption('--mapping <file>', speak({ zh: '列的对应关系（JSON）', en: 'how the columns become ours (JSON)' }))
    .option('--refused <file>', speak({ zh: '把不能接收的行写入此文件', en: 'write the rows that cannot be taken to this file' }))
    .description(speak({ zh: '导入历史案卷；重复导入不产生变化', en: 'import past cases with their own times; twice changes nothing' }))
    .action((file: string, { mapping, refused }: { mapping: string; refused?: string }) =>
      withKernel(async (kernel) => {
        const began = performance.now()
        const done = await importCases(kernel, { file, mapping, refused, language, onProgress: ({ rows }) => note(`${rows} …`) })
        for (const { line, reason } of done.first) print(`${line}  ${reason}`)
        const seconds = ((performance.now() - began) / 1000).toFixed(1)
        print(
          speak({
            zh: `共 ${done.rows} 行：接收 ${done.taken}，已有 ${done.repeated}，不能接收 ${done.refused}（${seconds} 秒）`,
            en: `${done.rows} rows: ${done.taken} taken, ${done.repeated} there before, ${done.refused} refused (${seconds} s)`,
          }),
        )
        // What was taken is counted before the verb ends, so that `verify` or a page shows it at once.
        await kernel.start({ jobs: false })
        await kernel.settle()
      }),
    )
}
