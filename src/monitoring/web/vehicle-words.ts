import type { Language, Words } from '../../kernel/contract.ts'
import type { VehicleDoing, VehicleShown } from '../contract.ts'

export const DOING_WORDS: Readonly<Record<VehicleDoing, Words>> = {
  moving: { zh: '行驶', en: 'Moving' },
  still: { zh: '静止', en: 'Standing' },
  silent: { zh: '离线', en: 'Silent' },
  never: { zh: '未上线', en: 'Never seen' },
}

/** As it stands on the map: an alarm before all. */
export const toneOf = ({ doing, latest }: Pick<VehicleShown, 'doing' | 'latest'>) =>
  doing === 'never' || doing === 'silent' ? 'silent' : (latest?.alarms.length ?? 0) > 0 ? 'alarm' : doing

export const ALARM_WORDS: Readonly<Record<string, Words>> = {
  emergency: { zh: '紧急报警', en: 'emergency button' },
  overspeed: { zh: '超速', en: 'too fast' },
  fatigue: { zh: '疲劳驾驶', en: 'driver tired' },
  danger: { zh: '危险预警', en: 'danger' },
  'gnss-fault': { zh: '定位模块故障', en: 'receiver faulty' },
  'antenna-open': { zh: '天线未接', en: 'antenna not connected' },
  'antenna-short': { zh: '天线短路', en: 'antenna short-circuited' },
  'power-low': { zh: '主电源欠压', en: 'power low' },
  'power-off': { zh: '主电源掉电', en: 'power off' },
  'display-fault': { zh: '显示屏故障', en: 'display faulty' },
  'speech-fault': { zh: '语音模块故障', en: 'speech faulty' },
  'camera-fault': { zh: '摄像头故障', en: 'camera faulty' },
  'card-reader-fault': { zh: '读卡器故障', en: 'card reader faulty' },
  'overspeed-soon': { zh: '超速预警', en: 'nearly too fast' },
  'fatigue-soon': { zh: '疲劳预警', en: 'driver nearly tired' },
  'driving-violation': { zh: '违规行驶', en: 'driving against rules' },
  'tyre-pressure': { zh: '胎压异常', en: 'tyre pressure' },
  'right-blind-spot': { zh: '右转盲区', en: 'right blind spot' },
  'driving-too-long': { zh: '当天累计驾驶超时', en: 'driven too long' },
  'parking-too-long': { zh: '超时停车', en: 'parked too long' },
  area: { zh: '进出区域', en: 'area entered or left' },
  route: { zh: '进出路线', en: 'route entered or left' },
  'road-time': { zh: '路段时间异常', en: 'time on a stretch' },
  'off-route': { zh: '偏离路线', en: 'off its route' },
  'speed-sensor-fault': { zh: '车速传感器故障', en: 'speed sensor faulty' },
  fuel: { zh: '油量异常', en: 'fuel' },
  stolen: { zh: '车辆被盗', en: 'stolen' },
  ignition: { zh: '非法点火', en: 'ignition forced' },
  moved: { zh: '非法位移', en: 'moved while off' },
  collision: { zh: '碰撞', en: 'collision' },
  rollover: { zh: '侧翻', en: 'rolled over' },
  door: { zh: '非法开门', en: 'door forced' },
}

export const alarmWords = (name: string): Words => ALARM_WORDS[name] ?? { zh: name, en: name }

const POINTS: readonly Words[] = [
  { zh: '北', en: 'N' }, { zh: '东北', en: 'NE' }, { zh: '东', en: 'E' }, { zh: '东南', en: 'SE' },
  { zh: '南', en: 'S' }, { zh: '西南', en: 'SW' }, { zh: '西', en: 'W' }, { zh: '西北', en: 'NW' },
]

/** Where it is heading, in eight directions. */
export const bearingWords = (bearing: number): Words => POINTS[Math.round(bearing / 45) % 8]!

export const sayKmh = (kmh: number): string => `${Math.round(kmh)} km/h`
export const sayWay = (metres: number, language: Language): string => `${(metres / 1000).toFixed(1)} ${language === 'zh' ? '公里' : 'km'}`
