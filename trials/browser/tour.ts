// The pages that no story has led to yet, each opened by someone who works with it.

import { takePicture } from '../browser.ts'
import type { Crew } from './crew.ts'
import { inspect } from './inspect.ts'
import type { Life } from './life.ts'
import { turnTo } from './workbench.ts'

export async function tour(crew: Crew, { number }: Life): Promise<void> {
  const door = await crew.stranger('desk')
  await door.page.goto('/workbench/')
  await door.page.getByRole('button', { name: '登录', exact: true }).waitFor()
  await inspect(door, 'sign-in')
  await door.context.close()

  const operator = await crew.at('operator')
  await turnTo(operator, '案件')
  await inspect(operator, 'cases')
  await turnTo(operator, '案件地图')
  await inspect(operator, 'map')
  await turnTo(operator, '登记案件')
  await inspect(operator, 'register', { full: true })
  await operator.page.goto(`/workbench/cases/${number}`)
  await operator.page.locator('.case-columns').waitFor()
  await inspect(operator, 'case', { full: true })
  await operator.page.goto('/workbench/me')
  await inspect(operator, 'me')

  const leader = await crew.at('leader')
  await leader.page.goto('/workbench/overview')
  await leader.page.locator('.equation').waitFor()
  await inspect(leader, 'overview', { full: true })

  const security = await crew.at('secadmin')
  await turnTo(security, '角色与许可')
  await inspect(security, 'roles')
  await turnTo(security, '接口密钥')
  await inspect(security, 'keys')

  const street = await crew.stranger('phone')
  await street.page.goto('/collector')
  await street.page.getByRole('button', { name: '登录', exact: true }).waitFor()
  await inspect(street, 'collector-sign-in')
  await street.context.close()
  const collector = await crew.outside('collector03')
  for (const [name, tab] of [['collector-report', '上报'], ['collector-tasks', '任务'], ['collector-records', '记录']] as const) {
    await collector.page.getByRole('navigation').getByRole('link', { name: tab }).click()
    await inspect(collector, name)
  }
  await takePicture(collector, 'collector-last')
}
