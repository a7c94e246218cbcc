// The operator's verbs: `npx chengyun <verb>`, or `npm run cli -- <verb>`.

import { Command } from 'commander'
import { addCases } from './cli/cases.ts'
import { addCity } from './cli/city.ts'
import { addClock } from './cli/clock.ts'
import { addFlow } from './cli/flow.ts'
import { addJt808 } from './cli/jt808.ts'
import { addResponsibility } from './cli/responsibility.ts'
import { addSettings } from './cli/settings.ts'
import { addSimulate } from './cli/simulate.ts'
import { speak } from './cli/speak.ts'
import { addVerify } from './cli/verify.ts'
import { readConfig, SettingRefused } from './config.ts'
import { Problem } from './kernel/index.ts'
import { endWith } from './plain-words.ts'

const program = new Command('chengyun')
  .description(speak({ zh: '城运：城市运行管理服务平台', en: 'the open platform on which a city runs its operation' }))
  .showHelpAfterError()

addSettings(program)
addCity(program)
addCases(program)
addResponsibility(program)
addFlow(program)
addVerify(program)
addClock(program)
addJt808(program)
addSimulate(program)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof Problem) for (const { at, reason } of error.faults) console.error(`${at}  ${speak(reason)}`)
  endWith(error, aboutConfig())
}

function aboutConfig() {
  try {
    return readConfig()
  } catch (error) {
    if (error instanceof SettingRefused) return undefined
    throw error
  }
}
