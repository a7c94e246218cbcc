// The rules of the demo city: when its devices alarm, and what becomes of it.

import type { RuleBody } from '../../monitoring/index.ts'
import type { Device } from './lay-devices.ts'
import type { ProductCode } from './products.ts'

type Levels = [blue: number | null, yellow: number | null, orange: number | null, red: number | null]

const rule = (zh: string, en: string, product: ProductCode | null, measure: RuleBody['measure'], levels: Levels, over: Partial<RuleBody> = {}): RuleBody => ({
  zh, en, product, measure, levels, devices: [], side: 'above', bands: [], hysteresis: 0, raiseSeconds: 0, clearSeconds: 0, case: null, active: true, ...over,
})

/** What the public is told of deep water on a road. */
const FLOODED: RuleBody['public'] = {
  level: 3,
  category: 'Met',
  area: { kind: 'circle', metres: 500 },
  event: { zh: '道路积水', en: 'Road flooding' },
  headline: { zh: '{district}发布道路积水{level}预警', en: '{level} warning: a road in {district} is flooded' },
  description: { zh: '道路积水深 {value}，车辆行人通行有危险。', en: 'The water on the road is {value} deep; driving and walking through it is dangerous.' },
  instruction: { zh: '请绕行，不要涉水，远离地下通道。', en: 'Take another way, do not go through the water, and keep away from underpasses.' },
}

/** What a rule makes a case of from orange on: the owner of the device is to act. */
const caseOf = (category: string, over: Partial<NonNullable<RuleBody['case']>> = {}): RuleBody['case'] => ({ level: 3, category: `2026.m.${category}`, unit: null, ...over })

/** 公安局交通管理支队: who stops a lorry is not who keeps the bridge. */
const TRAFFIC_POLICE = 'U06'

/** The season in which this city heats (供暖季): November to March, cooler at night. */
const HEATED = [11, 12, 1, 2, 3]

/** Levels of standing water as cities use them on roads: 15 cm a car slows, 27 cm it should turn back, 40 cm the road is closed. */
export const RULES: Readonly<Record<string, RuleBody>> = {
  'FLOOD-DEPTH': rule('积水深度超限', 'Water too deep', 'water-level', { kind: 'threshold', metric: 'level' }, [10, 15, 27, 40], {
    hysteresis: 2, clearSeconds: 300, case: caseOf('02007', { condition: '2026.m.02007.01' }), public: FLOODED,
  }),
  'FLOOD-RISE': rule('水位快速上涨', 'Water rises fast', 'water-level', { kind: 'rate', metric: 'level', within: 600 }, [null, 8, 15, null], { hysteresis: 2 }),
  'RAIN-HOUR': rule('短时强降雨', 'Heavy rain', 'rain-gauge', { kind: 'threshold', metric: 'rain' }, [3, 5, 8, 12], { hysteresis: 1, clearSeconds: 900 }),
  // 20 %LEL: search and air; 50 %LEL: leave and shut off.
  'GAS-LEAK': rule('可燃气体浓度超限', 'Gas too dense', 'gas-detector', { kind: 'threshold', metric: 'methane' }, [null, 10, 20, 50], { hysteresis: 2, case: caseOf('01049') }),
  'COVER-TILT': rule('井盖倾斜', 'Cover tilted', 'manhole', { kind: 'threshold', metric: 'tilt' }, [null, 15, null, 45], {
    hysteresis: 3, case: { level: 2, category: '2026.m.01002', unit: null },
  }),
  'PIPE-PRESSURE': rule('供水压力过低', 'Water pressure too low', 'pressure', { kind: 'threshold', metric: 'pressure' }, [null, 0.2, 0.16, null], { side: 'below', hysteresis: 0.02, raiseSeconds: 900, case: caseOf('01001') }),
  'BRIDGE-STRAIN': rule('桥梁应变超限', 'Bridge strained', 'bridge', { kind: 'threshold', metric: 'strain' }, [null, 180, 230, 300], { hysteresis: 10, case: caseOf('02009') }),
  'LAMP-DARK': rule('路灯夜间电流过低', 'Street lamps dark at night', 'lamp-controller', { kind: 'threshold', metric: 'current' }, [null, null, null, null], {
    side: 'below', raiseSeconds: 3600, bands: [{ from: '20:00', to: '05:00', months: [], levels: [1.6, null, null, null] }],
  }),
  'CROWD-DENSE': rule('客流过密', 'Too many people', 'crowd', { kind: 'threshold', metric: 'people' }, [1500, 2500, 3500, 4500], { hysteresis: 100, raiseSeconds: 600 }),
  'PROBE-ODD': rule('雨量计与邻近不一致', 'Gauge disagrees with its neighbours', 'rain-gauge', { kind: 'neighbours', metric: 'rain', metres: 3000 }, [6, null, null, null], { hysteresis: 1 }),
  'TRUCK-SPEED': rule('车辆超速', 'Too quick', null, { kind: 'speed' }, [60, 70, 80, null], { hysteresis: 5, raiseSeconds: 30, clearSeconds: 60 }),
  ...waterRules(),
  ...gasAndHeatRules(),
  // 限载 20 吨: of each vehicle by itself, and of many in an hour.
  'BRIDGE-OVERWEIGHT': rule('超重车辆上桥（限载 20 吨）', 'Overweight vehicle on a bridge (20 t)', 'weigh-in-motion', { kind: 'threshold', metric: 'gross' }, [20, 24, 30, 40], {
    case: caseOf('02009', { unit: TRAFFIC_POLICE }),
  }),
  'BRIDGE-CONVOY': rule('一小时内超重车辆过多', 'Many overweight vehicles within an hour', 'weigh-in-motion', { kind: 'count', metric: 'gross', beyond: 20, within: 3600 }, [null, 3, 6, null]),
  'GATEWAY-SILENT': rule('网关中断', 'Gateway silent', 'gateway', { kind: 'absence', metric: 'uptime' }, [null, 1800, 7200, null], { active: false }),
}

function waterRules(): Record<string, RuleBody> {
  return {
    'PUMP-PRESSURE': rule('泵站出站压力过低', 'Outlet pressure of a pumping station too low', 'pump-station', { kind: 'threshold', metric: 'pressure' }, [null, 0.3, 0.25, 0.15], {
      side: 'below', hysteresis: 0.02, case: caseOf('01001'),
    }),
    // GB 5749: 1 NTU at most; 0.3 mg/L of free chlorine where water leaves a works, 0.05 at the last tap.
    'WATER-CHLORINE': rule('余氯过低', 'Too little free chlorine', 'pump-station', { kind: 'threshold', metric: 'chlorine' }, [null, 0.3, 0.15, 0.05], { side: 'below', hysteresis: 0.02, case: caseOf('01001') }),
    'WATER-TURBIDITY': rule('浊度超限', 'Water too turbid', 'pump-station', { kind: 'threshold', metric: 'turbidity' }, [null, 1, 3, null], { hysteresis: 0.1, case: caseOf('01001') }),
    'CHAMBER-WATER': rule('供水阀门井积水', 'Water in a valve chamber', 'water-chamber', { kind: 'threshold', metric: 'water' }, [null, 60, 100, null], { hysteresis: 5, case: caseOf('01001') }),
    'DMA-NIGHT': rule('夜间最小流量偏高（疑似漏损）', 'Night flow of a zone too high: a leak', 'dma-meter', { kind: 'threshold', metric: 'night-flow' }, [15, 20, 28, null], { hysteresis: 1, case: caseOf('01001') }),
    'DMA-FALL': rule('分区压力骤降', 'Pressure of a zone falls fast', 'dma-meter', { kind: 'rate', metric: 'pressure', within: 1800 }, [null, -0.08, null, null], { side: 'below', hysteresis: 0.02 }),
  }
}

function gasAndHeatRules(): Record<string, RuleBody> {
  const month = { months: HEATED }
  return {
    'REGULATOR-HIGH': rule('调压站出口压力过高', 'Outlet pressure of a regulator too high', 'gas-regulator', { kind: 'threshold', metric: 'outlet' }, [null, 3, 3.6, 4.5], { hysteresis: 0.1, case: caseOf('01049') }),
    'REGULATOR-LOW': rule('调压站出口压力过低', 'Outlet pressure of a regulator too low', 'gas-regulator', { kind: 'threshold', metric: 'outlet' }, [null, 1.8, 1.4, 0.8], {
      side: 'below', hysteresis: 0.1, case: caseOf('01049'),
    }),
    'HEAT-SUPPLY': rule('供暖季供水温度过低', 'Supply too cold in the heating season', 'heat-station', { kind: 'threshold', metric: 'supply' }, [null, null, null, null], {
      side: 'below',
      hysteresis: 1,
      bands: [
        { from: '06:00', to: '22:00', ...month, levels: [null, 40, 35, 28] },
        { from: '22:00', to: '06:00', ...month, levels: [null, 37, 32, 25] },
      ],
      case: caseOf('01061'),
    }),
    'HEAT-PRESSURE': rule('换热站失压', 'A heat station loses pressure', 'heat-station', { kind: 'threshold', metric: 'pressure' }, [null, 0.25, 0.2, 0.12], { side: 'below', hysteresis: 0.02, case: caseOf('01061') }),
    'HEAT-CHAMBER': rule('供热检查室温度过高', 'Heat chamber too hot', 'heat-chamber', { kind: 'threshold', metric: 'temperature' }, [null, 50, 60, 80], { hysteresis: 2, case: caseOf('01061') }),
    'HEAT-WATER': rule('供热检查室积水', 'Water in a heat chamber', 'heat-chamber', { kind: 'threshold', metric: 'water' }, [null, 40, 80, null], { hysteresis: 5 }),
  }
}

/** 爆管: where a pipe bursts the flow into its zone rises while the pressure falls, so the one over the other leaps. A formula names its devices: a rule for each zone. */
const burst = ({ code, name }: Device): RuleBody =>
  rule(`${name.replace(/供水分区计量$/, '')}分区疑似爆管`, `A pipe of zone ${code} has burst`, 'dma-meter', {
    kind: 'formula',
    expression: 'round(flow / max(pressure, 0.02))',
    inputs: [{ name: 'flow', device: code, metric: 'flow' }, { name: 'pressure', device: code, metric: 'pressure' }],
  }, [null, null, 500, 800], { hysteresis: 40, case: caseOf('01001') })

/** The rules of a city with these devices. */
export const rulesFor = (devices: readonly Device[]): Record<string, RuleBody> => ({
  ...RULES,
  ...Object.fromEntries(devices.filter(({ product }) => product === 'dma-meter').map((device) => [`BURST-${device.code}`, burst(device)])),
})
