import type { Command } from 'commander'
import { pastSamples } from '../cases/index.ts'
import { systemActor } from '../kernel/index.ts'
import { FEWEST_SAMPLES, train } from '../responsibility/index.ts'
import { print, speak } from './speak.ts'
import { withKernel } from './with-kernel.ts'

const percent = (share: number) => `${(share * 100).toFixed(2)} %`

/** The verbs of who must act (确责). */
export function addResponsibility(program: Command): void {
  const responsibility = program.command('responsibility').description(speak({ zh: '确责', en: 'who must act' }))

  responsibility
    .command('train')
    .description(speak({ zh: '用已结案卷重新学习派遣建议，并打印准确率', en: 'learn the suggestion anew from closed cases, and print how good it is' }))
    .action(() =>
      withKernel(async (kernel) => {
        const began = performance.now()
        const model = await kernel.transact({ actor: systemActor }, (ctx) => train(ctx, pastSamples(ctx)))
        if (!model) {
          print(speak({ zh: `已结案卷不足 ${FEWEST_SAMPLES} 件，没有学习`, en: `fewer than ${FEWEST_SAMPLES} closed cases: nothing was learned` }))
          return
        }
        const { version, samples, units, bytes, measured, top1, top3, byCategory, majority } = model
        const seconds = ((performance.now() - began) / 1000).toFixed(1)
        print(
          speak({
            zh: `第 ${version} 版：${samples} 件案卷，${units} 个单位，${Math.round(bytes / 1024)} KB，${seconds} 秒`,
            en: `version ${version}: ${samples} cases, ${units} units, ${Math.round(bytes / 1024)} KB, ${seconds} s`,
          }),
        )
        print(
          speak({
            zh: `在未学过的最新 ${measured} 件上：首选 ${percent(top1)}，前三 ${percent(top3)}；只看类别 ${percent(byCategory)}，总选最多者 ${percent(majority)}`,
            en: `on the newest ${measured}, not learned from: top 1 ${percent(top1)}, top 3 ${percent(top3)}; category only ${percent(byCategory)}, always the largest ${percent(majority)}`,
          }),
        )
      }),
    )
}
