// The numbers of flood.settings as a city sets them: whole ones, so each is counted in small parts.

import type { Context } from '../../kernel/index.ts'
import { setting, settingOf } from '../../registry/index.ts'
import { DEFAULT_SETTINGS, type FloodSettings } from './settings.ts'

const { storm } = DEFAULT_SETTINGS
const hundredths = { zh: '0.01 毫米', en: '0.01 mm' }
const thousandths = { zh: '千分之一', en: 'thousandths' }
const formula = { zh: '暴雨强度公式 i = A(1 + C lg P)/(t + b)^n，毫米/分钟；出厂为北京市公式', en: 'Storm formula i = A (1 + C lg P) / (t + b)^n in mm a minute; as shipped that of Beijing' }

const one = (name: string, zh: string, en: string, means: { zh: string; en: string }, unit: { zh: string; en: string }, shipped: number, most: number, least = 1) =>
  setting({ code: `monitoring.${name}`, words: { zh, en }, means, unit, shipped: Math.round(shipped), least, most })

const OF = {
  wetMean: one('rain-wet-mean', '降雨场次：全市平均', 'Rain events: mean of the city', { zh: '5 分钟平均雨量达到此值即为有雨', en: 'It rains where the mean of all gauges in 5 minutes is at least this' }, hundredths, 100 * DEFAULT_SETTINGS.wetMeanMm, 2_000),
  wetGauge: one('rain-wet-gauge', '降雨场次：单站', 'Rain events: one gauge', { zh: '任一站 5 分钟雨量达到此值即为有雨', en: 'It rains where any gauge has at least this in 5 minutes' }, hundredths, 100 * DEFAULT_SETTINGS.wetGaugeMm, 2_000),
  dry: one('rain-dry-minutes', '降雨场次：间隔', 'Rain events: pause', { zh: '无雨超过此时间，本场降雨结束', en: 'After so long without rain an event is over' }, { zh: '分钟', en: 'minutes' }, 60 * DEFAULT_SETTINGS.dryHours, 2_880, 10),
  least: one('rain-least', '降雨场次：最小雨量', 'Rain events: least rain', { zh: '最大单站累计不足此值不记为场次', en: 'With less than this at its wettest gauge it is no event' }, hundredths, 100 * DEFAULT_SETTINGS.leastMm, 10_000, 0),
  a: one('storm-a', '暴雨强度公式：A', 'Storm formula: A', formula, thousandths, 1000 * storm.a, 500_000),
  c: one('storm-c', '暴雨强度公式：C', 'Storm formula: C', formula, thousandths, 1000 * storm.c, 10_000),
  b: one('storm-b', '暴雨强度公式：b', 'Storm formula: b', formula, thousandths, 1000 * storm.b, 100_000, 0),
  n: one('storm-n', '暴雨强度公式：n', 'Storm formula: n', formula, thousandths, 1000 * storm.n, 2_000),
  longest: one('storm-longest', '暴雨强度公式：最长历时', 'Storm formula: longest duration', { zh: '超过此历时不计算重现期', en: 'For longer than this no return period is given' }, { zh: '分钟', en: 'minutes' }, storm.longest, 1_440, 5),
}

export async function floodSettings(ctx: Context): Promise<FloodSettings> {
  const of = (name: keyof typeof OF) => settingOf(ctx, OF[name])
  return {
    wetMeanMm: (await of('wetMean')) / 100,
    wetGaugeMm: (await of('wetGauge')) / 100,
    dryHours: (await of('dry')) / 60,
    leastMm: (await of('least')) / 100,
    storm: { a: (await of('a')) / 1000, c: (await of('c')) / 1000, b: (await of('b')) / 1000, n: (await of('n')) / 1000, shortest: storm.shortest, longest: await of('longest') },
  }
}
