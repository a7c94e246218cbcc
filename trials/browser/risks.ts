// The city's safety on one map: risks, what raises them now, and a hazard that becomes a case.

import type { Crew } from './crew.ts'
import { inspect } from './inspect.ts'
import { makeKey, report } from './monitoring.ts'
import { turnTo } from './workbench.ts'

const FOUND = '伸缩缝止水带脱落，支座渗水'

/** What rings raises its risk; a hazard that is found there is a case with its unit a moment later. */
export async function safetyMap(crew: Crew): Promise<void> {
  const key = await makeKey(await crew.at('secadmin'))
  const lead = await crew.at('lead')
  const { page } = lead
  await turnTo(lead, '安全风险')
  await page.locator('.risk-rows li').first().waitFor()
  await inspect(lead, 'risks')
  await page.getByRole('button', { name: /^预测预警/ }).click()
  await report(crew.base, key, 240, 'BR-01', 'strain')
  await page.locator('.risk-rows li').filter({ hasText: '桥梁应变超限' }).locator('button').first().click()
  const side = page.getByRole('region', { name: '列表' })
  await side.getByRole('heading', { name: '当前告警' }).waitFor()
  await side.getByRole('button', { name: '上报隐患' }).click()
  await side.getByLabel('隐患描述').fill(FOUND)
  await side.getByRole('button', { name: '上报并生成案件' }).click()
  await page.locator('.toaster').getByText('隐患已上报').waitFor()
  await side.getByRole('link', { name: /^9999/ }).waitFor()
  await inspect(lead, 'risk-hazards')
  await side.getByRole('link', { name: /^9999/ }).click()
  await page.locator('.case-page').getByText(new RegExp(FOUND)).first().waitFor()
}

/** The registers, and the matrix behind the levels. */
export async function riskRegisters(crew: Crew): Promise<void> {
  const lead = await crew.at('lead')
  const { page } = lead
  await turnTo(lead, '风险管理')
  await page.locator('.ant-table-row').first().waitFor()
  await inspect(lead, 'risk-register')
  await turnTo(lead, '隐患管理')
  await page.getByText(FOUND).first().waitFor()
  await inspect(lead, 'hazards')
  const admin = await crew.at('sysadmin')
  await turnTo(admin, '风险矩阵')
  await admin.page.getByRole('button', { name: '保存为新版本' }).waitFor()
  await inspect(admin, 'risk-matrix')
}
