// Which components (部件) stand along which roads, how densely, and to which trade each class belongs.

import type { RoadClass } from './ground.ts'

/** A trade (行业) has one department in the city and one office in each district. */
export type Trade =
  | 'sanitation' // 环境卫生
  | 'enforcement' // 综合行政执法
  | 'municipal' // 市政设施
  | 'drainage' // 排水
  | 'water' // 供水
  | 'green' // 园林绿化
  | 'traffic' // 交通设施
  | 'transport' // 交通运输
  | 'construction' // 住房和城乡建设
  | 'power' // 供电
  | 'telecom' // 通信
  | 'gas' // 燃气热力

interface Kind {
  /** Of the 2026 catalogue. */
  readonly code: string
  /** Metres from one to the next along a road of each class; absent where there are none. */
  readonly every: Partial<Record<RoadClass, number>>
  /** From the middle of the road, as a share of half its width; above 1 on the pavement. */
  readonly off: number
  /** On both sides, or on one in turn. */
  readonly both?: boolean
}

const wide = (primary: number, tertiary = primary, residential?: number): Partial<Record<RoadClass, number>> => ({
  primary,
  secondary: primary,
  tertiary,
  ...(residential && { residential, service: residential * 1.6 }),
})

/** In the order in which a surveyor would list them. The spacing is ordinary for Chinese streets; the total is scaled to the wish. */
export const ROADSIDE: readonly Kind[] = [
  { code: '04002', every: wide(8, 9, 16), off: 1.25, both: true }, // 行道树
  { code: '04011', every: wide(24, 27, 48), off: 1.25, both: true }, // 树池树穴
  { code: '01037', every: wide(32, 34, 40), off: 1.15, both: true }, // 路灯
  { code: '01003', every: wide(38, 40, 52), off: 0.7 }, // 雨水井盖
  { code: '01004', every: wide(30, 34, 44), off: 0.95, both: true }, // 雨水箅子
  { code: '01002', every: wide(42, 44, 46), off: 0.4 }, // 污水井盖
  { code: '01001', every: wide(90, 90, 110), off: 0.3 }, // 供水井盖
  { code: '01005', every: wide(85, 95, 130), off: 1.35 }, // 电力井盖
  { code: '01007', every: wide(75, 80, 105), off: 1.4 }, // 通信井盖
  { code: '01006', every: wide(120, 130), off: 1.15 }, // 路灯井盖
  { code: '01008', every: wide(260, 300), off: 1.4 }, // 电视井盖
  { code: '01010', every: wide(150, 160, 260), off: 0.5 }, // 热力井盖
  { code: '01011', every: wide(140, 150, 230), off: 0.55 }, // 燃气井盖
  { code: '01019', every: wide(400), off: 0.6 }, // 中水井盖
  { code: '01012', every: wide(520), off: 1.4 }, // 公安井盖
  { code: '01013', every: wide(115, 120, 150), off: 1.3 }, // 消防设施
  { code: '03005', every: wide(75, 90, 120), off: 1.3, both: true }, // 垃圾箱
  { code: '02010', every: wide(70, 85, 170), off: 1.2 }, // 交通标志牌
  { code: '02012', every: wide(220, 220, 190), off: 1.25 }, // 路名牌
  { code: '02017', every: wide(45, 90), off: 0.02 }, // 交通护栏
  { code: '02021', every: wide(60, 80), off: 1.35, both: true }, // 便道桩
  { code: '02025', every: wide(190, 210), off: 1.5 }, // 非机动车停放点
  { code: '02034', every: wide(120, 160), off: 1.3, both: true }, // 无障碍设施
  { code: '02038', every: wide(60, 60, 55), off: 1.7 }, // 门（楼号）牌
  { code: '01030', every: wide(95, 80, 60), off: 1.4 }, // 电力立杆
  { code: '01031', every: wide(260, 240, 180), off: 1.4 }, // 通信立杆
  { code: '01027', every: wide(330, 350, 420), off: 1.6 }, // 通信交接箱
  { code: '01048', every: wide(420, 430, 480), off: 1.7 }, // 变压器（箱）
  { code: '01050', every: wide(180, 240, 360), off: 1.3 }, // 监控电子眼
  { code: '01060', every: wide(480, 500), off: 1.5 }, // 路灯配电箱
  { code: '03006', every: wide(260, 380), off: 1.8 }, // 户外广告
  { code: '03007', every: wide(70, 75, 140), off: 1.9 }, // 牌匾标识
  { code: '03008', every: wide(420, 420, 380), off: 1.6 }, // 宣传栏
  { code: '04007', every: wide(210, 240, 260), off: 1.6 }, // 街头座椅
  { code: '04005', every: wide(160, 220), off: 1.4 }, // 花架花钵
  { code: '04008', every: wide(140, 170, 240), off: 1.6 }, // 绿地护栏
  { code: '01054', every: wide(520, 480, 420), off: 1.7 }, // 充电桩
  { code: '01077', every: wide(380), off: 1.2 }, // 综合杆
  { code: '01075', every: wide(0, 620, 330), off: 2 }, // 快递柜
  { code: '01059', every: wide(0, 640, 380), off: 1.9 }, // 旧衣物回收箱
  { code: '02043', every: wide(0, 0, 170), off: 0 }, // 减速带
  { code: '01065', every: wide(700, 700), off: 1.5 }, // 管理责任公示牌
]

/** What the map knows, as components: the first rule that fits. */
export const MAPPED: readonly (readonly [key: string, value: string, code: string])[] = [
  ['highway', 'traffic_signals', '02014'],
  ['highway', 'bus_stop', '02004'],
  ['public_transport', 'platform', '02004'],
  ['amenity', 'toilets', '03001'],
  ['amenity', 'parking', '02001'],
  ['amenity', 'bicycle_parking', '02025'],
  ['amenity', 'bicycle_rental', '02026'],
  ['amenity', 'telephone', '01041'],
  ['amenity', 'post_box', '01042'],
  ['amenity', 'vending_machine', '01045'],
  ['amenity', 'fountain', '04010'],
  ['amenity', 'drinking_water', '01025'],
  ['amenity', 'fuel', '05003'],
  ['barrier', 'bollard', '02021'],
  ['railway', 'level_crossing', '02028'],
  ['railway', 'subway_entrance', '02032'],
  ['highway', 'crossing', '02010'],
  ['shop', 'kiosk', '01040'],
  ['man_made', 'flagpole', '01035'],
  ['natural', 'tree', '04003'],
]

const codes = (list: string): ReadonlySet<string> => new Set(list.split(' '))

const POWER = codes('01005 01017 01028 01029 01030 01047 01048 01054')
const TELECOM = codes('01007 01008 01009 01027 01031 01041 01042 01062 01075')
const GAS = codes('01010 01011 01021 01036 01049 01057 01061')
const WATER = codes('01001 01013 01024 01025 01063 01068')
const DRAINAGE = codes('01002 01003 01004 01018 01019 01026 01067 01069 01070 01071 01072 01073 01056')
const TRAFFIC = codes('01012 01015 01050 01051 01066 02010 02014 02015 02016 02017 02018 02020 02022 02033 02039')
const TRANSPORT = codes('01020 01032 02004 02005 02008 02023 02024 02026 02028 02029 02030 02031 02032 02042 02044')
const PARKING = codes('02001 02002 02003 02025 02027 02041 03006 03007 03008 01040 01044')

/** The trade that owns a class of components of the 2026 catalogue (and answers for its “…异常” matter). */
export function tradeOfComponent(code: string): Trade {
  if (POWER.has(code)) return 'power'
  if (TELECOM.has(code)) return 'telecom'
  if (GAS.has(code)) return 'gas'
  if (WATER.has(code)) return 'water'
  if (DRAINAGE.has(code)) return 'drainage'
  if (TRAFFIC.has(code)) return 'traffic'
  if (TRANSPORT.has(code)) return 'transport'
  if (PARKING.has(code)) return 'enforcement'
  if (code === '01014' || code.startsWith('04')) return 'green'
  if (code.startsWith('03')) return 'sanitation'
  if (code.startsWith('05')) return 'construction'
  return 'municipal'
}

const SANITATION = codes('06010 06011 06012 06014 06015 06025 06035 06037 06041 06042 10001 06033 06032 06017')
const MUNICIPAL = codes('06013 06048 06049 06050 06051 06052 06043 06044 06039 10002 09017')
const GREENERY = codes('06018 06019 06021 06022 06045 06047')
const WATERWAY = codes('06023 06024 06026 06030 06046')

/** The trade that answers for a matter of the 2026 catalogue. */
export function tradeOfMatter(code: string): Trade {
  if (code < '06') return tradeOfComponent(code)
  if (code === '06016' || code === '09009' || code === '09018') return 'traffic'
  if (SANITATION.has(code)) return 'sanitation'
  if (MUNICIPAL.has(code)) return 'municipal'
  if (GREENERY.has(code)) return 'green'
  if (WATERWAY.has(code)) return 'drainage'
  if (code.startsWith('08')) return 'construction'
  return 'enforcement'
}
