// The rules of the demo city: when its devices alarm, and what becomes of it.

import type { RuleBody } from '../../monitoring/index.ts'
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

/** Levels of standing water as cities use them on roads: 15 cm a car slows, 27 cm it should turn back, 40 cm the road is closed. */
export const RULES: Readonly<Record<string, RuleBody>> = {
  'FLOOD-DEPTH': rule('积水深度超限', 'Water too deep', 'water-level', { kind: 'threshold', metric: 'level' }, [10, 15, 27, 40], {
    hysteresis: 2, clearSeconds: 300, case: { level: 3, category: '2026.m.01004', unit: null }, public: FLOODED,
  }),
  'FLOOD-RISE': rule('水位快速上涨', 'Water rises fast', 'water-level', { kind: 'rate', metric: 'level', within: 600 }, [null, 8, 15, null], { hysteresis: 2 }),
  'RAIN-HOUR': rule('短时强降雨', 'Heavy rain', 'rain-gauge', { kind: 'threshold', metric: 'rain' }, [3, 5, 8, 12], { hysteresis: 1, clearSeconds: 900 }),
  'GAS-LEAK': rule('可燃气体浓度超限', 'Gas too dense', 'gas-detector', { kind: 'threshold', metric: 'methane' }, [null, 10, 20, 25], {
    hysteresis: 2, case: { level: 3, category: '2026.m.01049', unit: null },
  }),
  'COVER-TILT': rule('井盖倾斜', 'Cover tilted', 'manhole', { kind: 'threshold', metric: 'tilt' }, [null, 15, null, 45], {
    hysteresis: 3, case: { level: 2, category: '2026.m.01002', unit: null },
  }),
  'PIPE-PRESSURE': rule('供水压力过低', 'Water pressure too low', 'pressure', { kind: 'threshold', metric: 'pressure' }, [null, 0.2, 0.16, null], { side: 'below', hysteresis: 0.02, raiseSeconds: 900 }),
  'BRIDGE-STRAIN': rule('桥梁应变超限', 'Bridge strained', 'bridge', { kind: 'threshold', metric: 'strain' }, [null, 180, 230, 300], { hysteresis: 10 }),
  'LAMP-DARK': rule('路灯夜间电流过低', 'Street lamps dark at night', 'lamp-controller', { kind: 'threshold', metric: 'current' }, [null, null, null, null], {
    side: 'below', raiseSeconds: 3600, bands: [{ from: '20:00', to: '05:00', months: [], levels: [1.6, null, null, null] }],
  }),
  'CROWD-DENSE': rule('客流过密', 'Too many people', 'crowd', { kind: 'threshold', metric: 'people' }, [1500, 2500, 3500, 4500], { hysteresis: 100, raiseSeconds: 600 }),
  'PROBE-ODD': rule('雨量计与邻近不一致', 'Gauge disagrees with its neighbours', 'rain-gauge', { kind: 'neighbours', metric: 'rain', metres: 3000 }, [6, null, null, null], { hysteresis: 1 }),
  'TRUCK-SPEED': rule('车辆超速', 'Too quick', null, { kind: 'speed' }, [60, 70, 80, null], { hysteresis: 5, raiseSeconds: 30, clearSeconds: 60 }),
  'GATEWAY-SILENT': rule('网关中断', 'Gateway silent', 'gateway', { kind: 'absence', metric: 'uptime' }, [null, 1800, 7200, null], { active: false }),
}
