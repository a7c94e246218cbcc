// The products (物模型) of the demo city.

import type { ProductBody } from '../../monitoring/index.ts'

type Metric = ProductBody['metrics'][number]
type Row = readonly [code: string, zh: string, en: string, unit: string, min: number, max: number, precision: number, period: number]

const metric = ([code, zh, en, unit, min, max, precision, period]: Row): Metric => ({ code, zh, en, unit, min, max, precision, period })

const product = (zh: string, en: string, ...metrics: readonly Row[]): ProductBody => ({ zh, en, metrics: metrics.map(metric) })

export const PRODUCTS = {
  'rain-gauge': product('雨量计', 'Rain gauge', ['rain', '时段雨量', 'Rain of the period', 'mm', 0, 60, 1, 300]),
  'water-level': product('积水液位计', 'Flood water gauge', ['level', '积水深度', 'Depth of water', 'cm', 0, 300, 1, 60]),
  manhole: product('智能井盖', 'Smart manhole cover', ['tilt', '倾角', 'Tilt', '°', 0, 90, 1, 3600], ['battery', '电量', 'Battery', '%', 0, 100, 0, 3600]),
  'gas-detector': product('可燃气体探测器', 'Gas detector', ['methane', '甲烷浓度', 'Methane', '%LEL', 0, 100, 1, 600]),
  bridge: product(
    '桥梁监测',
    'Bridge sensor',
    ['strain', '应变', 'Strain', 'με', -1000, 1000, 0, 900],
    ['deflection', '挠度', 'Deflection', 'mm', -100, 100, 1, 900],
    ['temperature', '温度', 'Temperature', '℃', -40, 80, 1, 900],
  ),
  pressure: product('管网压力计', 'Water pressure gauge', ['pressure', '压力', 'Pressure', 'MPa', 0, 1.6, 3, 900]),
  'lamp-controller': product('路灯控制器', 'Street lamp controller', ['current', '电流', 'Current', 'A', 0, 60, 2, 1800], ['voltage', '电压', 'Voltage', 'V', 0, 400, 1, 1800]),
  crowd: product('客流计', 'People counter', ['people', '在场人数', 'People present', '', 0, 5000, 0, 600]),
  gateway: product('网关', 'Gateway', ['uptime', '运行时长', 'Uptime', 'h', 0, 100_000, 1, 600]),
} as const satisfies Record<string, ProductBody>

export type ProductCode = keyof typeof PRODUCTS
