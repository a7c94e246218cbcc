// The products (物模型) of the demo city, by trade.

import type { ProductBody, Trade } from '../../monitoring/index.ts'

type Metric = ProductBody['metrics'][number]
type Row = readonly [code: string, zh: string, en: string, unit: string, min: number, max: number, precision: number, period: number]

const metric = ([code, zh, en, unit, min, max, precision, period]: Row): Metric => ({ code, zh, en, unit, min, max, precision, period })

const product = (trade: Trade | null, zh: string, en: string, ...metrics: readonly Row[]): ProductBody => ({ zh, en, trade, metrics: metrics.map(metric) })

const DAY = 86_400

/** A period of a quarter of an hour tells of an ordinary day; what goes wrong is told at once. */
export const PRODUCTS = {
  'rain-gauge': product('drainage', '雨量计', 'Rain gauge', ['rain', '时段雨量', 'Rain of the period', 'mm', 0, 60, 1, 300]),
  'water-level': product('drainage', '积水液位计', 'Flood water gauge', ['level', '积水深度', 'Depth of water', 'cm', 0, 300, 1, 60]),
  manhole: product('drainage', '智能井盖', 'Smart manhole cover', ['tilt', '倾角', 'Tilt', '°', 0, 90, 1, 3600], ['battery', '电量', 'Battery', '%', 0, 100, 0, 3600]),
  'gas-detector': product('gas', '可燃气体探测器', 'Gas detector', ['methane', '甲烷浓度', 'Methane', '%LEL', 0, 100, 1, 600]),
  bridge: product(
    'bridge', '桥梁监测', 'Bridge sensor',
    ['strain', '应变', 'Strain', 'με', -1000, 1000, 0, 900],
    ['deflection', '挠度', 'Deflection', 'mm', -100, 100, 1, 900],
    ['temperature', '温度', 'Temperature', '℃', -40, 80, 1, 900],
  ),
  pressure: product('water', '管网压力计', 'Water pressure gauge', ['pressure', '压力', 'Pressure', 'MPa', 0, 1.6, 3, 900]),
  'lamp-controller': product('lighting', '路灯控制器', 'Street lamp controller', ['current', '电流', 'Current', 'A', 0, 60, 2, 1800], ['voltage', '电压', 'Voltage', 'V', 0, 400, 1, 1800]),
  crowd: product('crowd', '客流计', 'People counter', ['people', '在场人数', 'People present', '', 0, 5000, 0, 600]),
  gateway: product(null, '网关', 'Gateway', ['uptime', '运行时长', 'Uptime', 'h', 0, 100_000, 1, 600]),
  'pump-station': product(
    'water', '供水泵站', 'Pumping station',
    ['pressure', '出站压力', 'Outlet pressure', 'MPa', 0, 1.6, 3, 900],
    ['flow', '出站流量', 'Outlet flow', 'm³/h', 0, 2000, 1, 900],
    ['chlorine', '余氯', 'Free chlorine', 'mg/L', 0, 5, 2, 3600],
    ['turbidity', '浊度', 'Turbidity', 'NTU', 0, 20, 2, 3600],
  ),
  'water-chamber': product(
    'water', '供水阀门井监测', 'Valve chamber',
    ['water', '井内水位', 'Water in the chamber', 'cm', 0, 300, 0, 3600],
    ['pressure', '压力', 'Pressure', 'MPa', 0, 1.6, 3, 3600],
  ),
  'dma-meter': product(
    'water', '供水分区计量', 'Zone meter (DMA)',
    ['flow', '分区流量', 'Flow into the zone', 'm³/h', 0, 500, 1, 900],
    ['pressure', '入口压力', 'Inlet pressure', 'MPa', 0, 1.6, 3, 900],
    ['night-flow', '夜间最小流量', 'Minimum night flow', 'm³/h', 0, 500, 1, DAY],
  ),
  'gas-regulator': product(
    'gas', '燃气调压站', 'Gas regulator',
    ['outlet', '出口压力', 'Outlet pressure', 'kPa', 0, 20, 2, 900],
    ['inlet', '进口压力', 'Inlet pressure', 'MPa', 0, 1.6, 3, 1800],
    ['flow', '流量', 'Flow', 'm³/h', 0, 5000, 0, 1800],
  ),
  'heat-station': product(
    'heat', '换热站', 'Heat station',
    ['supply', '供水温度', 'Supply temperature', '℃', 0, 150, 1, 900],
    ['return', '回水温度', 'Return temperature', '℃', 0, 150, 1, 1800],
    ['pressure', '供水压力', 'Supply pressure', 'MPa', 0, 2.5, 3, 1800],
    ['flow', '循环流量', 'Circulating flow', 'm³/h', 0, 2000, 0, 3600],
  ),
  'heat-chamber': product(
    'heat', '供热检查室监测', 'Heat chamber',
    ['temperature', '井室温度', 'Temperature in the chamber', '℃', -20, 150, 1, 3600],
    ['water', '井室水位', 'Water in the chamber', 'cm', 0, 300, 0, 3600],
  ),
  // A message is one vehicle.
  'weigh-in-motion': product(
    'bridge', '动态称重', 'Weigh-in-motion',
    ['gross', '车货总重', 'Gross mass', 't', 0, 200, 1, 1800],
    ['axles', '轴数', 'Axles', '', 2, 12, 0, 1800],
    ['speed', '车速', 'Speed', 'km/h', 0, 150, 0, 1800],
    ['lane', '车道', 'Lane', '', 1, 8, 0, 1800],
  ),
} as const satisfies Record<string, ProductBody>

export type ProductCode = keyof typeof PRODUCTS
