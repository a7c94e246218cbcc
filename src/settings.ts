// What each setting means, and what it may be. Nothing here reads the environment.

import type { Words } from './kernel/contract.ts'
import { entryFault } from './kernel/outward/index.ts'

export interface Setting<T> {
  readonly means: Words
  /** As people read it; '' where there is none. */
  readonly default: string
  /** Its value, or a sentence that says what is wrong with it. */
  readonly read: (text: string) => { value: T } | { wrong: string }
  readonly secret?: boolean
}

const fine = <T>(value: T) => ({ value })
const wrong = (sentence: string) => ({ wrong: sentence })

const whole = (min: number, max: number) => (text: string) => {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= min && value <= max) return fine(value)
  return wrong(`must be a whole number from ${min} to ${max}`)
}

const oneOf =
  <const T extends string>(...values: T[]) =>
  (text: string) =>
    values.includes(text as T) ? fine(text as T) : wrong(`must be ${values.length > 1 ? 'one of ' : ''}${values.join(', ')}`)

const yesOrNo = (text: string) => (text === '1' || text === '0' ? fine(text === '1') : wrong('must be 1 or 0'))

const url =
  (...protocols: string[]) =>
  (text: string) => {
    if (text === '') return fine(undefined)
    const found = protocols.some((protocol) => text.startsWith(`${protocol}://`))
    return found ? fine<string | undefined>(text) : wrong(`must begin with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`)
  }

const filled = (text: string) => (text.trim() === '' ? wrong('must not be empty') : fine(text))

const hosts = (text: string) => {
  const entries = text.split(',').map((entry) => entry.trim()).filter((entry) => entry !== '')
  const fault = entries.map(entryFault).find((each) => each !== undefined)
  return fault === undefined ? fine(entries) : wrong(fault)
}

const long = (least: number) => (text: string) =>
  text === '' || text.length >= least ? fine<string | undefined>(text || undefined) : wrong(`must have at least ${least} characters`)

export const SETTINGS = {
  CHENGYUN_HOST: {
    means: { zh: '监听地址；0.0.0.0 为全部网卡', en: 'address to listen on; 0.0.0.0 for all' },
    default: '127.0.0.1',
    read: filled,
  },
  CHENGYUN_PORT: {
    means: { zh: '监听端口；0 为任一空闲端口', en: 'port to listen on; 0 for any free one' },
    default: '8080',
    read: whole(0, 65_535),
  },
  CHENGYUN_DATA: {
    means: { zh: '数据目录：自带数据库与上传的文件', en: 'data folder: the embedded database and uploaded files' },
    default: './data',
    read: filled,
  },
  DATABASE_URL: {
    means: { zh: '外部 PostgreSQL（15 或更新）；不设则用自带数据库', en: 'a served PostgreSQL, 15 or newer; without it the embedded one' },
    default: '',
    read: url('postgres', 'postgresql'),
    secret: true,
  },
  CHENGYUN_CONNECTIONS: {
    means: { zh: '数据库连接数上限', en: 'connections to the database at most' },
    default: '40',
    read: whole(5, 500),
  },
  CHENGYUN_PUBLIC_URL: {
    means: { zh: '浏览器访问本系统的地址（经代理时填写）', en: 'address by which browsers reach it, if through a proxy' },
    default: '',
    read: url('http', 'https'),
  },
  CHENGYUN_TRUST_PROXY: {
    means: { zh: '是否采信代理给出的来源地址（1 是，0 否）', en: '1: believe the address a proxy gives for the caller' },
    default: '0',
    read: yesOrNo,
  },
  CHENGYUN_IDLE_MINUTES: {
    means: { zh: '登录后无操作多少分钟即退出', en: 'minutes without an act after which a session ends' },
    default: '30',
    read: whole(1, 1_440),
  },
  CHENGYUN_SECRET: {
    means: {
      zh: '加密所存密钥（短信网关等）的口令，多个进程须相同；不设则用数据目录中的密钥文件',
      en: 'enciphers the secrets that are kept, such as of gateways; the same on all processes; without it a key file in the data folder',
    },
    default: '',
    read: long(16),
    secret: true,
  },
  CHENGYUN_OUTBOUND: {
    means: {
      zh: '允许外发的主机，逗号分隔：主机名、*.域、地址或网段；不设则仅公网地址',
      en: 'hosts that it may send to, with commas: names, *.domain, addresses, networks; without it public addresses only',
    },
    default: '',
    read: hosts,
  },
  CHENGYUN_SMS_URL: {
    means: { zh: '短信网关地址（也可在网页中设置）', en: 'address of the SMS gateway; may be set in the web instead' },
    default: '',
    read: url('http', 'https'),
  },
  CHENGYUN_SMS_TOKEN: {
    means: { zh: '短信网关令牌', en: 'token of the SMS gateway' },
    default: '',
    read: long(1),
    secret: true,
  },
  CHENGYUN_SMTP_URL: {
    means: { zh: '邮件服务器，如 smtps://用户:密码@主机:465', en: 'mail server, such as smtps://name:password@host:465' },
    default: '',
    read: url('smtp', 'smtps'),
    secret: true,
  },
  CHENGYUN_ALARM_DAYS: {
    means: {
      zh: '已结束的告警保存天数；转为案件或已向公众发布的一直保存',
      en: 'days that alarms are kept once they are over; those that became cases or were told to the public are kept for good',
    },
    default: '1000',
    read: whole(30, 36_500),
  },
  CHENGYUN_MQTT_PORT: {
    means: {
      zh: '设备以 MQTT 3.1.1 上报的端口；不设则不开',
      en: 'port on which devices report by MQTT 3.1.1; without it none is opened',
    },
    default: '',
    read: (text: string) => (text === '' ? fine<number | undefined>(undefined) : whole(0, 65_535)(text)),
  },
  CHENGYUN_MQTT_URL: {
    means: {
      zh: '外部 MQTT 服务器（MQTT 5），如 mqtt://用户:密码@主机:1883；设置后从它接收读数',
      en: 'a broker of MQTT 5 to take readings from, such as mqtt://name:password@host:1883',
    },
    default: '',
    read: url('mqtt', 'mqtts'),
    secret: true,
  },
  CHENGYUN_MQTT_TOPIC: {
    means: {
      zh: '在外部服务器上订阅的主题；$share/组/主题 由多个进程分担',
      en: 'topic subscribed at that broker; several processes share $share/GROUP/TOPIC',
    },
    default: '$share/chengyun/chengyun/#',
    read: filled,
  },
  CHENGYUN_MQTT_CLIENT: {
    means: {
      zh: '在外部服务器上的名字，各进程不同；不设则由主机名与端口组成。程序重启后须不变，服务器才为它留着消息',
      en: 'name at that broker, of each process its own; made of host and port without it. It must outlast a restart: by it the broker keeps messages for the program',
    },
    default: '',
    read: (text: string) => fine<string | undefined>(text || undefined),
  },
  CHENGYUN_JT808_PORT: {
    means: {
      zh: '车载终端以 JT/T 808 上报的端口；不设则不开',
      en: 'port on which vehicle terminals report by JT/T 808; without it none is opened',
    },
    default: '',
    read: (text: string) => (text === '' ? fine<number | undefined>(undefined) : whole(0, 65_535)(text)),
  },
  CHENGYUN_CAP_SENDER: {
    means: {
      zh: '公众预警（CAP 1.2）中发布者的标识，如 cap@city.gov.cn；不含空格、逗号、< 和 &',
      en: 'who sends public warnings (CAP 1.2), such as cap@city.example; no spaces, commas, < or &',
    },
    default: 'cap@chengyun.invalid',
    read: (text: string) => (/^[^\s,<&]{3,100}$/.test(text) ? fine(text) : wrong('must have 3 to 100 characters and no spaces, commas, < or &')),
  },
  CHENGYUN_CAP_STATUS: {
    means: { zh: '公众预警的状态：Actual 实际、Exercise 演练、Test 测试', en: 'status of public warnings: Actual, Exercise or Test' },
    default: 'Actual',
    read: oneOf('Actual', 'Exercise', 'Test'),
  },
  CHENGYUN_LEVEL: {
    means: { zh: '部署层级；目前为 city（市级）', en: 'level of this deployment; at present city' },
    default: 'city',
    read: oneOf('city'),
  },
  CHENGYUN_DIVISION: {
    means: { zh: '本市区划代码；设置后与所载城市不符则不启动', en: 'code of the city; if set, a loaded city of another code stops the start' },
    default: '',
    read: (text: string) => (/^(\d{6})?$/.test(text) ? fine(text) : wrong('must be a code of 6 digits')),
  },
  CHENGYUN_LOG: {
    means: { zh: '日志级别：silent、error、warn、info、debug', en: 'what is logged: silent, error, warn, info or debug' },
    default: 'warn',
    read: oneOf('silent', 'error', 'warn', 'info', 'debug'),
  },
  CHENGYUN_SHADOW: {
    means: { zh: '测试用：大表按区划散列分区（1 是，0 否）', en: 'for tests, 1: tables that grow are partitioned by district' },
    default: '0',
    read: yesOrNo,
  },
} as const satisfies Record<string, Setting<unknown>>

export type SettingName = keyof typeof SETTINGS
