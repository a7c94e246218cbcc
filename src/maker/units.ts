// The units (单位) of a made city: the centre, departments of level 2, their district offices of level 3, teams of level 4.

import type { Trade } from './component-plan.ts'
import type { Grid } from './grid.ts'
import type { Random } from './random.ts'

export interface Unit {
  readonly code: string
  readonly parent: string | null
  readonly kind: 'centre' | 'department' | 'district' | 'street' | 'company' | 'team'
  readonly name: string
  readonly nameEn: string
  readonly creditCode: string
  /** Code of a division; '' for the whole city. */
  readonly region: string
  readonly phone: string
  readonly level: number
}

interface Office {
  readonly trade: Trade
  /** Its name in a district, and that of a team of it. */
  readonly zh: string
  readonly en: string
  readonly team: readonly [zh: string, en: string]
}

interface Department {
  readonly kind: 'department' | 'company'
  readonly zh: string
  readonly en: string
  /** In each district an office for each of its trades. */
  readonly offices: readonly Office[]
}

const DEPARTMENTS: readonly Department[] = [
  {
    kind: 'department',
    zh: '市环境卫生管理中心',
    en: 'City Sanitation Centre',
    offices: [
      { trade: 'sanitation', zh: '环境卫生服务所', en: 'Sanitation Office', team: ['环卫作业', 'Cleaning Crew'] },
    ],
  },
  {
    kind: 'department',
    zh: '市综合行政执法局',
    en: 'City Enforcement Bureau',
    offices: [
      { trade: 'enforcement', zh: '综合行政执法大队', en: 'Enforcement Brigade', team: ['执法', 'Enforcement Squad'] },
    ],
  },
  {
    kind: 'department',
    zh: '市市政设施管理处',
    en: 'City Public Works Division',
    offices: [
      { trade: 'municipal', zh: '市政养护所', en: 'Public Works Office', team: ['养护', 'Maintenance Crew'] },
      { trade: 'drainage', zh: '排水管护所', en: 'Drainage Office', team: ['排水抢修', 'Drainage Crew'] },
    ],
  },
  {
    kind: 'company',
    zh: '市自来水公司',
    en: 'City Water Company',
    offices: [
      { trade: 'water', zh: '供水管理站', en: 'Water Supply Station', team: ['供水抢修', 'Water Repair Crew'] },
    ],
  },
  {
    kind: 'department',
    zh: '市园林绿化局',
    en: 'City Parks Bureau',
    offices: [
      { trade: 'green', zh: '园林绿化所', en: 'Parks Office', team: ['绿化养护', 'Garden Crew'] },
    ],
  },
  {
    kind: 'department',
    zh: '市公安局交通管理支队',
    en: 'City Traffic Police',
    offices: [
      { trade: 'traffic', zh: '交通设施大队', en: 'Traffic Facilities Brigade', team: ['交通设施维护', 'Signals Crew'] },
    ],
  },
  {
    kind: 'department',
    zh: '市交通运输局',
    en: 'City Transport Bureau',
    offices: [
      { trade: 'transport', zh: '交通运输服务站', en: 'Transport Station', team: ['站务维护', 'Stops Crew'] },
    ],
  },
  {
    kind: 'department',
    zh: '市住房和城乡建设局',
    en: 'City Housing and Construction Bureau',
    offices: [
      { trade: 'construction', zh: '建设工程监督站', en: 'Construction Inspection Station', team: ['工地巡查', 'Site Inspection Team'] },
      { trade: 'gas', zh: '燃气热力管理站', en: 'Gas and Heating Station', team: ['燃气热力抢修', 'Gas Repair Crew'] },
    ],
  },
  {
    kind: 'company',
    zh: '市供电公司',
    en: 'City Power Company',
    offices: [
      { trade: 'power', zh: '供电所', en: 'Power Office', team: ['电力抢修', 'Power Repair Crew'] },
    ],
  },
  {
    kind: 'company',
    zh: '市通信发展管理办公室',
    en: 'City Telecommunications Office',
    offices: [
      { trade: 'telecom', zh: '通信维护站', en: 'Telecom Station', team: ['线路维护', 'Line Crew'] },
    ],
  },
]

export interface Units {
  readonly all: readonly Unit[]
  /** The office of a trade in a district. */
  officeOf(trade: Trade, district: string): Unit
  /** A team of that office, always the same for the same place; the office itself where it has none. */
  teamOf(trade: Trade, district: string, place: number): Unit
  /** The street's own office. */
  streetOf(street: string): Unit
  readonly centre: Unit
}

const two = (value: number): string => String(value).padStart(2, '0')

/** A code as GB 32100 lays it out; its last letter is reckoned from those before. */
function creditCode(serial: number): string {
  const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  const body = `11999900${String(100_000_000 + serial * 7_919).slice(-9)}`
  let sum = 0
  for (let i = 0; i < 17; i++) sum += letters.indexOf(body[i]!) * (3 ** i % 31)
  return body + letters[(31 - (sum % 31)) % 31]!
}

/** As many units as wished, but never fewer than the offices and streets that the city needs. */
export function layUnits(grid: Grid, wanted: number, random: Random): Units {
  const all: Unit[] = []
  const add = (unit: Omit<Unit, 'creditCode' | 'phone'>): Unit => {
    const phone = `0999-${random.whole(2, 8)}${String(random.whole(0, 999_999)).padStart(6, '0')}`
    const made = { ...unit, creditCode: creditCode(all.length + 1), phone }
    all.push(made)
    return made
  }
  const offices = new Map<string, Unit>()
  const streets = new Map<string, Unit>()
  const teams = new Map<string, Unit[]>()
  const teamed: { office: Unit; zh: string; en: string; teams: number }[] = []
  const centre = add({
    code: 'C01',
    parent: null,
    kind: 'centre',
    name: `${grid.city.name}城市运行管理服务中心`,
    nameEn: `${grid.city.nameEn} City Operation Centre`,
    region: '',
    level: 1,
  })
  DEPARTMENTS.forEach(({ kind, zh, en, offices: below }, i) => {
    const name = { name: zh.replace(/^市/, grid.city.name), nameEn: en }
    const department = add({ code: `U${two(i + 1)}`, parent: centre.code, kind, ...name, region: '', level: 2 })
    let serial = 0
    for (const { trade, zh: office, en: officeEn, team } of below) {
      for (const district of grid.districts) {
        const code = `${department.code}${two(++serial)}`
        const made = add({
          code,
          parent: department.code,
          kind,
          name: `${district.name}${office}`,
          nameEn: `${district.nameEn} ${officeEn}`,
          region: district.code,
          level: 3,
        })
        offices.set(`${trade} ${district.code}`, made)
        teamed.push({ office: made, zh: `${district.name}${team[0]}`, en: `${district.nameEn} ${team[1]}`, teams: 0 })
      }
    }
  })
  grid.districts.forEach((district, i) => {
    const code = `D${two(i + 1)}`
    const names = { name: `${district.name}人民政府`, nameEn: `${district.nameEn} Government` }
    add({ code, parent: centre.code, kind: 'district', ...names, region: district.code, level: 2 })
    const own = grid.streets.filter((street) => street.code.startsWith(district.code))
    own.forEach((street, s) => {
      const office = add({
        code: `${code}${two(s + 1)}`,
        parent: code,
        kind: 'street',
        name: `${street.name}办事处`,
        nameEn: `${street.nameEn} Office`,
        region: street.code,
        level: 3,
      })
      streets.set(street.code, office)
      grid.communities
        .filter((community) => community.code.startsWith(street.code))
        .forEach((community, c) => {
          if (all.length + teamed.length >= Math.max(wanted, 60)) return
          const names = { name: `${community.name}居民委员会`, nameEn: `${community.nameEn} Committee` }
          add({ code: `${office.code}${two(c + 1)}`, parent: office.code, kind: 'team', ...names, region: community.code, level: 4 })
        })
    })
  })
  for (let i = 0; all.length < wanted && teamed.length > 0; i++) {
    const group = teamed[i % teamed.length]!
    const number = ++group.teams
    if (number > 999) break
    const team = add({
      code: `${group.office.code}${number > 99 ? String(number) : two(number)}`,
      parent: group.office.code,
      kind: 'team',
      name: `${group.zh} ${number} 班`,
      nameEn: `${group.en} ${number}`,
      region: group.office.region,
      level: 4,
    })
    teams.set(group.office.code, [...(teams.get(group.office.code) ?? []), team])
  }
  return {
    all,
    centre,
    officeOf: (trade, district) => offices.get(`${trade} ${district}`)!,
    teamOf(trade, district, place) {
      const office = offices.get(`${trade} ${district}`)!
      const own = teams.get(office.code)
      return own ? own[place % own.length]! : office
    },
    streetOf: (street) => streets.get(street)!,
  }
}
