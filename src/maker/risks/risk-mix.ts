// What is at risk in a made city, how it is kept under control, and what inspections find there. `{p}` is the place.

import type { Trade } from '../component-plan.ts'
import type { ProductCode } from '../devices/products.ts'
import type { RiskKind } from '../../monitoring/index.ts'

export interface Sort {
  readonly kind: RiskKind
  /** At devices of this product, as many as said; the device watches it. */
  readonly at?: readonly [product: ProductCode, count: number]
  /** And so many elsewhere: near components of these classes, or near doors. */
  readonly count: number
  readonly near?: readonly string[]
  readonly name: string
  readonly owner: Trade | 'street'
  readonly measures: readonly string[]
  readonly hazards: readonly string[]
  /** More likely, or more grave, than others. */
  readonly bias?: readonly [likelihood: number, consequence: number]
}

export const SORTS: readonly Sort[] = [
  {
    kind: 'gas', at: ['gas-detector', 18], count: 6, near: ['01011'], name: '{p}燃气阀井', owner: 'gas', bias: [0, 1],
    measures: ['可燃气体探测器 24 小时监测；每周开井巡检一次；与排水管线交叉处加装套管。', '每日车载巡检；超过 20%LEL 立即关阀并疏散；周边 50 米禁止明火作业。'],
    hazards: ['阀井内甲烷浓度偏高，法兰密封垫老化', '燃气阀井被机动车占压，无法开启', '燃气管道与排水管线净距不足，无防护套管'],
  },
  {
    kind: 'water', at: ['pressure', 12], count: 4, near: ['01001'], name: '{p}供水干管', owner: 'water',
    measures: ['压力在线监测，低于 0.2 MPa 告警；每季度听漏一次；抢修队 30 分钟到场。', '列入三年管网更新计划，更换前每月探漏，停水预案已备案。'],
    hazards: ['供水管道接口渗漏，路面返潮', '供水阀门锈死，爆管时无法关断'],
  },
  {
    kind: 'drainage', at: ['water-level', 12], count: 6, near: ['01003', '01004'], name: '{p}积水点', owner: 'drainage', bias: [1, 0],
    measures: ['雨前清掏雨水口，雨中泵车驻守；15 厘米预警、27 厘米限行、40 厘米封路。', '加装液位计与电子警示屏；汛期每日巡查；移动泵车 20 分钟到场。'],
    hazards: ['雨水口被建筑垃圾堵塞，排水不畅', '泵站备用电源蓄电池失效', '警示屏与道闸失电，积水时无法封路'],
  },
  {
    kind: 'heat', at: ['heat-chamber', 8], count: 4, near: ['01010'], name: '{p}供热检查室', owner: 'gas', bias: [0, 1],
    measures: ['供暖季每日巡检，供回水温差超限即查；检查室井盖加装防坠网。', '一次网压力、温度在线监测；停暖季更换波纹补偿器。'],
    hazards: ['供热检查室波纹补偿器渗漏，井口冒汽', '供热管道保温层破损，井室积水'],
  },
  {
    kind: 'collapse', at: ['manhole', 6], count: 8, near: ['01002'], name: '{p}路段地下空洞', owner: 'municipal', bias: [0, 1],
    measures: ['探地雷达每半年检测一次；雨后加密巡查；沿线排水管内窥检测。', '已注浆加固，设沉降观测点，每周复测一次。'],
    hazards: ['路面局部沉陷约 3 厘米，雷达显示下方脱空', '检查井周边路面开裂下沉'],
  },
  {
    kind: 'power', at: ['lamp-controller', 6], count: 4, near: ['01060', '01037'], name: '{p}路灯配电设施', owner: 'municipal',
    measures: ['漏电保护每月试跳一次；雨季前接地电阻全数检测。', '电流在线监测，夜间异常 1 小时内到场。'],
    hazards: ['路灯配电箱门锁损坏，内部带电部位外露', '灯杆检修门缺失，接线端子外露'],
  },
  {
    kind: 'old-house', count: 18, name: '{p}老旧住宅楼', owner: 'street', bias: [0, 1],
    measures: ['房屋安全鉴定为 C 级，已设沉降与倾斜观测，每月复测；雨雪天气撤离预案已告知住户。', '社区网格员每周巡查，住户禁止拆改承重结构，列入今年改造计划。'],
    hazards: ['外墙墙皮大面积空鼓脱落', '楼梯间承重墙出现贯通裂缝', '住户装修拆改承重墙'],
  },
  {
    kind: 'self-built', count: 14, name: '{p}经营性自建房', owner: 'street', bias: [1, 1],
    measures: ['已鉴定并挂牌，限制同时在场人数；街道每月联合检查一次。', '停止三层以上经营使用，加固完成前每周巡查。'],
    hazards: ['自建房擅自加层，未经鉴定投入经营', '经营场所与住宿未实体分隔，疏散通道被占'],
  },
  {
    kind: 'facade', count: 11, name: '{p}建筑外墙与玻璃幕墙', owner: 'construction',
    measures: ['幕墙每年全面检查一次，大风蓝色预警以上拉设警戒区。', '已加装防坠网，下方设绿化隔离带。'],
    hazards: ['玻璃幕墙开启扇滑撑松动', '外墙保温层脱落，砸损下方雨棚'],
  },
  {
    kind: 'site', count: 11, name: '{p}建筑工地', owner: 'construction', bias: [1, 0],
    measures: ['深基坑位移与支撑轴力每日监测；塔吊安装防碰撞装置；监理旁站。', '高支模专项方案经专家论证；六级以上大风停止吊装。'],
    hazards: ['深基坑临边防护栏杆缺失', '脚手架连墙件设置不足', '临时用电未做到一机一闸一漏'],
  },
  {
    kind: 'billboard', count: 9, name: '{p}大型户外广告', owner: 'enforcement',
    measures: ['每年检测钢结构与基础；七级以上大风前断电并巡查。', '超期广告限期拆除，期间设警示隔离。'],
    hazards: ['广告牌钢架锈蚀，固定螺栓松动', '楼顶广告牌面板翘起，大风时有坠落危险'],
  },
  {
    kind: 'bridge', at: ['bridge', 6], count: 5, name: '{p}桥梁', owner: 'municipal', bias: [0, 2],
    measures: ['应变、挠度在线监测；限载 20 吨并设限高架；每季度定期检测。', '动态称重与抓拍联动，超限车辆引导下桥；墩台防撞设施已加固。'],
    hazards: ['桥梁伸缩缝破损，止水带脱落', '桥梁支座脱空，梁端出现裂缝', '限载标志被遮挡，重型货车频繁通行'],
  },
  {
    kind: 'footbridge', count: 6, near: ['02006'], name: '{p}人行天桥', owner: 'municipal',
    measures: ['每月巡查钢结构锈蚀与防滑铺装；节假日限流。', '每年一次结构检测，冬季铺设防滑垫。'],
    hazards: ['天桥踏步防滑条脱落', '天桥栏杆焊缝开裂'],
  },
  {
    kind: 'underpass', at: ['water-level', 4], count: 3, name: '{p}下穿通道', owner: 'drainage', bias: [1, 1],
    measures: ['液位计与道闸联动，27 厘米自动封闭；汛期双人值守。', '设置水深标尺、声光报警与逃生指引；泵站双电源。'],
    hazards: ['下穿通道道闸遥控失灵', '水深标尺脱落，夜间无法辨认'],
  },
  { kind: 'tunnel', count: 2, name: '{p}公路隧道', owner: 'transport', bias: [0, 1], measures: ['火灾报警与通风联动，每季度应急演练一次。'], hazards: ['隧道应急照明部分失效'] },
  { kind: 'rail', count: 4, name: '{p}轨道交通保护区', owner: 'transport', bias: [0, 1], measures: ['保护区内施工须审批，隧道变形自动监测；每日巡线。'], hazards: ['保护区内未经审批钻探作业'] },
  {
    kind: 'signals', count: 7, near: ['02017', '02010'], name: '{p}交通设施', owner: 'traffic',
    measures: ['信号机联网监测，故障 30 分钟到场；护栏缺损当日修复。'],
    hazards: ['隔离护栏缺失约 20 米，行人横穿', '信号灯杆基础松动倾斜'],
  },
  {
    kind: 'mall', at: ['crowd', 4], count: 5, name: '{p}商业综合体', owner: 'street', bias: [0, 1],
    measures: ['客流计实时监测，2,500 人限流；消防控制室双人值班；每半年疏散演练。', '地下餐饮燃气加装切断阀；疏散通道每日巡查。'],
    hazards: ['安全出口堆放货物，疏散门上锁', '地下一层餐饮店燃气报警器失效'],
  },
  {
    kind: 'square', at: ['crowd', 4], count: 4, name: '{p}广场', owner: 'street', bias: [1, 0],
    measures: ['客流分级响应，重大活动设单向通道与硬隔离；应急广播全覆盖。', '夜间照明与视频全覆盖，节假日增派警力。'],
    hazards: ['广场临时搭建舞台未经验收', '节日灯饰线路绝缘破损'],
  },
  {
    kind: 'school', count: 10, name: '{p}学校', owner: 'street', bias: [1, 0],
    measures: ['上下学时段护学岗值守，设硬质隔离墩；校门 50 米禁停。'],
    hazards: ['校门口硬质隔离墩缺失', '学校周边消防通道被占用停车'],
  },
  { kind: 'hub', at: ['crowd', 2], count: 2, name: '{p}公交枢纽', owner: 'transport', bias: [0, 1], measures: ['高峰限流与分流引导；站台防踩踏预案；充电区与候车区分隔。'], hazards: ['候车区疏散指示标志损坏'] },
  {
    kind: 'market', at: ['crowd', 2], count: 6, name: '{p}农贸市场', owner: 'street', bias: [1, 0],
    measures: ['电气线路每季度检测；摊位不得占用消防通道；闭市断电。'],
    hazards: ['市场内私拉电线为电动车充电', '市场消防通道被摊位占用'],
  },
]
