// Names of districts, streets, communities, roads and people of a city that does not exist. All of them are made up of ordinary words.

export interface Name {
  readonly zh: string
  readonly en: string
}

const DISTRICTS: readonly Name[] = [
  { zh: '清河区', en: 'Qinghe District' },
  { zh: '学院区', en: 'Xueyuan District' },
]

const STREETS: readonly Name[] = [
  { zh: '北关街道', en: 'Beiguan Subdistrict' },
  { zh: '河西街道', en: 'Hexi Subdistrict' },
  { zh: '学府街道', en: 'Xuefu Subdistrict' },
  { zh: '书院街道', en: 'Shuyuan Subdistrict' },
]

const COMMUNITIES: Readonly<Record<string, readonly Name[]>> = {
  北关街道: [
    { zh: '北关社区', en: 'Beiguan Community' },
    { zh: '清泉社区', en: 'Qingquan Community' },
    { zh: '桥东社区', en: 'Qiaodong Community' },
  ],
  河西街道: [
    { zh: '河西社区', en: 'Hexi Community' },
    { zh: '柳岸社区', en: 'Liuan Community' },
    { zh: '荷塘社区', en: 'Hetang Community' },
  ],
  学府街道: [
    { zh: '学府社区', en: 'Xuefu Community' },
    { zh: '双槐社区', en: 'Shuanghuai Community' },
    { zh: '松涛社区', en: 'Songtao Community' },
  ],
  书院街道: [
    { zh: '书院社区', en: 'Shuyuan Community' },
    { zh: '东升社区', en: 'Dongsheng Community' },
    { zh: '银杏社区', en: 'Yinxing Community' },
  ],
}

const FIRST = '东西南北中永长安平和新兴文明康宁福泰盛华景云锦翠玉金银青白红梅兰竹菊松柏桃李杨柳桂枫'
const SECOND = '河湖山桥泉湾塘溪源林园苑庄坊里村店营岗坡台阁楼门关街城堡屯寨坪原野洲渡港'
const SOUNDS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    [FIRST, 'dong xi nan bei zhong yong chang an ping he xin xing wen ming kang ning fu tai sheng hua jing yun jin cui yu'],
    [[...FIRST].slice(25), 'jin yin qing bai hong mei lan zhu ju song bai tao li yang liu gui feng'],
    [SECOND, 'he hu shan qiao quan wan tang xi yuan lin yuan yuan zhuang fang li cun dian ying gang po tai ge lou men guan'],
    [[...SECOND].slice(25), 'jie cheng bao tun zhai ping yuan ye zhou du gang'],
  ].flatMap(([letters, sounds]) => (sounds as string).split(' ').map((sound, i) => [[...letters!][i]!, sound])),
)

const inEnglish = (zh: string): string => {
  const sound = [...zh].map((letter) => SOUNDS[letter] ?? '').join('')
  return sound.charAt(0).toUpperCase() + sound.slice(1)
}

/** Names that do not repeat: 42 x 36 pairs, then a third word before them. */
function* pairs(skip: number): Generator<string> {
  const first = [...FIRST]
  const second = [...SECOND]
  for (let i = skip; ; i++) {
    const round = Math.floor(i / (first.length * second.length))
    // 25 and 42 share no divisor with the lists' product but spread neighbours apart.
    const pair = first[(i * 25 + Math.floor(i / first.length)) % first.length]! + second[(i * 17 + round) % second.length]!
    yield round === 0 ? pair : first[(round * 11 + i) % first.length]! + pair
  }
}

export function districtNames(): (index: number) => Name {
  const more = pairs(7)
  return (index) => {
    const known = DISTRICTS[index]
    if (known) return known
    const name = more.next().value as string
    return { zh: `${name}区`, en: `${inEnglish(name)} District` }
  }
}

export function streetNames(): () => Name {
  const more = pairs(101)
  let index = 0
  return () => {
    const known = STREETS[index++]
    if (known) return known
    const name = more.next().value as string
    return { zh: `${name}街道`, en: `${inEnglish(name)} Subdistrict` }
  }
}

export function communityNames(): (street: Name, index: number) => Name {
  const more = pairs(503)
  return (street, index) => {
    const known = COMMUNITIES[street.zh]?.[index]
    if (known) return known
    const name = more.next().value as string
    return { zh: `${name}社区`, en: `${inEnglish(name)} Community` }
  }
}

const ROAD_ENDS = { primary: ['大街', '大道'], secondary: ['路', '街'], tertiary: ['路', '街'], residential: ['巷', '胡同', '里'] } as const

/** Names for roads that have none, by their class. */
export function roadNames(): (kind: string) => string {
  const more = pairs(1201)
  let count = 0
  return (kind) => {
    const ends = ROAD_ENDS[kind as keyof typeof ROAD_ENDS] ?? ROAD_ENDS.residential
    return `${more.next().value as string}${ends[count++ % ends.length]!}`
  }
}

const SURNAMES = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石'
const GIVEN = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰萍鹏飞宇晨浩然子轩欣怡佳琪志国建红海燕晓东文博雪梅春凤立新永安思远'

export function personName(pick: (letters: readonly string[]) => string, chance: (share: number) => boolean): string {
  const given = [...GIVEN]
  return pick([...SURNAMES]) + pick(given) + (chance(0.62) ? pick(given) : '')
}
