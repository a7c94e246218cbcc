// What goes wrong in a city, how often, who notices it, and in which words. `{p}` is the place, `{n}` a small number.

import type { SourceCode } from '../registry/index.ts'

export interface Problem {
  /** Of the 2026 catalogue, a matter. */
  readonly code: string
  readonly weight: number
  readonly say: readonly string[]
  /** What the unit says when it has disposed of it. */
  readonly done: readonly string[]
  /** Who notices it more often than other things. */
  readonly by?: Partial<Record<SourceCode, number>>
  /** A collector on the beat may settle it alone. */
  readonly easy?: boolean
  /** Pictures that fit it. */
  readonly picture?: string
  /** Comes with rain. */
  readonly wet?: boolean
}

const cleaned = ['已清运完毕，现场恢复整洁。', '保洁员已到场清理，路面已冲洗。', '已清理干净，并告知周边商户。']
const fixed = ['已修复完毕，经试用正常。', '已更换新件，安全隐患消除。', '施工完成，现场已清理。']
const ordered = ['已到场劝离，秩序恢复。', '已现场教育并责令整改，当事人已改正。', '已督促整改到位。']
const covered = ['已更换井盖并加固。', '井盖已复位，四周已填补。', '已设警示后更换新井盖，恢复通行。']

export const PROBLEMS: readonly Problem[] = [
  {
    code: '06010', weight: 120, easy: true, picture: 'rubbish',
    done: cleaned,
    say: ['{p}垃圾桶旁散落生活垃圾', '{p}有暴露垃圾约 {n} 袋，无人清理', '{p}路边堆放袋装垃圾，有异味'],
  },
  { code: '06012', weight: 105, easy: true, done: cleaned, say: ['{p}路面有零散垃圾和落叶', '{p}人行道油污约 {n} 平方米', '{p}雨后路面泥迹未清'] },
  {
    code: '09010', weight: 95, easy: true, picture: 'bikes', by: { video: 1.5 },
    done: ordered,
    say: ['{p}非机动车乱停放，占用盲道', '{p}{n} 辆电动车停在人行道，行人绕行'],
  },
  {
    code: '09011', weight: 70, picture: 'bikes', by: { public: 1.6 },
    done: ['企业已到场清运归位。', '已调运 20 余辆至停放区。'],
    say: ['{p}共享单车堆积占道', '{p}共享单车乱停，堵住小区出入口'],
  },
  {
    code: '09009', weight: 62, by: { hotline: 2, public: 2, video: 1.8 },
    done: ['已通知车主驶离。', '已依法贴单，车辆已驶离。'],
    say: ['{p}机动车停在人行道上', '{p}路口机动车违停，影响转弯视线', '{p}{n} 辆轿车占用非机动车道'],
  },
  { code: '09005', weight: 72, by: { video: 1.6 }, done: ordered, say: ['{p}商户店外摆放桌椅经营', '{p}超市把货物摆到门外人行道', '{p}水果店出店经营，占道约 {n} 米'] },
  { code: '09001', weight: 60, by: { video: 2 }, done: ordered, say: ['{p}有流动摊贩占道售卖小吃', '{p}无照游商 {n} 处，卖水果蔬菜'] },
  { code: '09006', weight: 40, by: { video: 2 }, done: ordered, say: ['{p}占用人行道摆摊', '{p}桥下占道经营，影响通行'] },
  {
    code: '07001', weight: 78, easy: true, picture: 'poster',
    done: ['小广告已清除，墙面复原。', '已铲除并粉刷覆盖。'],
    say: ['{p}电线杆张贴小广告', '{p}墙面喷涂非法小广告 {n} 处', '{p}公交站亭玻璃贴有小广告'],
  },
  { code: '06036', weight: 45, done: cleaned, say: ['{p}路边乱堆杂物', '{p}居民在楼外堆放旧纸箱和木板', '{p}沿街堆放建筑模板约 {n} 立方米'] },
  { code: '06011', weight: 38, by: { public: 1.4 }, picture: 'rubbish', done: cleaned, say: ['{p}装修垃圾堆放多日未清', '{p}路边积存渣土约 {n} 立方米'] },
  {
    code: '06013', weight: 52, by: { public: 1.8, hotline: 1.6 }, picture: 'pothole', wet: true,
    done: ['坑洼已填补，路面平整。', '已铣刨重铺，恢复通行。'],
    say: ['{p}路面坑洼，深约 {n} 厘米', '{p}车行道破损，夜间易颠簸', '{p}路面沉降开裂'],
  },
  { code: '06050', weight: 14, done: fixed, say: ['{p}路缘石缺损 {n} 块', '{p}路缘石歪斜'] },
  { code: '06051', weight: 16, by: { public: 1.5 }, done: fixed, say: ['{p}盲道砖破损 {n} 块', '{p}盲道被电杆阻断'] },
  { code: '06017', weight: 26, easy: true, done: cleaned, say: ['{p}绿地内有枯枝和垃圾', '{p}绿化带里散落饮料瓶'] },
  { code: '06018', weight: 12, done: cleaned, say: ['{p}修剪下的树枝未清走'] },
  { code: '06035', weight: 18, by: { public: 1.4 }, done: cleaned, say: ['{p}路边丢弃旧沙发', '{p}废弃床垫、衣柜占道 {n} 日'] },
  { code: '06034', weight: 9, done: ['已联系车主移走。', '已拖离至停车场。'], say: ['{p}一辆废弃汽车长期停放，轮胎瘪气', '{p}僵尸车占用公共车位'] },
  { code: '06042', weight: 34, by: { sensor: 6 }, picture: 'rubbish', done: cleaned, say: ['{p}垃圾箱满溢', '{p}分类投放点四个桶已满'] },
  { code: '06041', weight: 16, done: ['已补配分类容器并宣传。', '已督促物业规范分类。'], say: ['{p}投放点厨余与其他垃圾混投', '{p}缺少厨余垃圾桶'] },
  { code: '06007', weight: 22, easy: true, done: ordered, say: ['{p}在树间拉绳晾晒被褥', '{p}护栏上晾晒衣物'] },
  { code: '06004', weight: 10, done: fixed, say: ['{p}外墙皮脱落', '{p}墙面有涂鸦'] },
  { code: '06014', weight: 12, done: cleaned, say: ['{p}渣土车沿途撒漏', '{p}路面撒落砂石约 {n} 米'] },
  {
    code: '06027', weight: 12, by: { hotline: 4, public: 3 },
    done: ['已责令安装油烟净化器。', '已清洗净化设备，复测达标。'],
    say: ['{p}餐馆油烟直排，楼上居民投诉', '{p}烧烤店油烟扰民'],
  },
  {
    code: '06028', weight: 22, by: { hotline: 5, public: 3 },
    done: ['已到场制止，音响已关闭。', '已约谈店主，音量已调低。'],
    say: ['{p}商户用音响揽客，声音很大', '{p}广场舞音响扰民'],
  },
  { code: '06029', weight: 9, by: { hotline: 2 }, done: ordered, say: ['{p}露天烧烤，烟气大'] },
  { code: '06030', weight: 9, done: ordered, say: ['{p}餐馆向雨水口倾倒污水', '{p}洗车店污水外流'] },
  { code: '06016', weight: 10, done: ['标线已补划。'], say: ['{p}斑马线磨损看不清', '{p}停车线模糊'] },
  { code: '06021', weight: 6, done: ['已喷药防治。'], say: ['{p}行道树有虫害，落虫较多'] },
  { code: '06045', weight: 6, done: ordered, say: ['{p}有人在绿地种菜', '{p}绿地被车辆碾压'] },
  { code: '06040', weight: 9, by: { public: 2 }, done: ['地锁已拆除。'], say: ['{p}私设地锁占车位', '{p}用石墩占公共车位'] },
  { code: '06037', weight: 5, done: cleaned, say: ['{p}路边有动物尸体'] },
  { code: '06025', weight: 8, done: ['已打捞清理。'], say: ['{p}河面漂浮垃圾和水草'] },
  { code: '07003', weight: 8, done: ['已拆除。'], say: ['{p}门前违规摆放灯箱广告'] },
  { code: '07006', weight: 8, done: ['已整改到位。'], say: ['{p}商户门头招牌破损下垂'] },
  { code: '07007', weight: 14, easy: true, done: ['条幅已取下。'], say: ['{p}树上悬挂商业条幅', '{p}横幅脱落一角'] },
  {
    code: '08001', weight: 18, by: { hotline: 6, public: 3 },
    done: ['已责令停止夜间施工。', '已核查许可，要求按时段施工。'],
    say: ['{p}工地夜间施工，噪声扰民', '{p}凌晨装卸钢筋，影响休息'],
  },
  { code: '08002', weight: 9, done: ordered, say: ['{p}施工占道未设围挡', '{p}施工材料占用非机动车道'] },
  { code: '08004', weight: 11, by: { video: 2 }, done: ['已开启喷淋并覆盖。'], say: ['{p}工地裸土未覆盖，扬尘大'] },
  { code: '08006', weight: 8, done: ordered, say: ['{p}施工物料堆在人行道上'] },
  { code: '08007', weight: 8, done: fixed, say: ['{p}工地围挡倒伏 {n} 米', '{p}围挡脏污破损'] },
  { code: '08012', weight: 7, done: cleaned, say: ['{p}工地车辆带泥上路'] },
  { code: '09012', weight: 13, by: { public: 2, hotline: 2 }, done: ['杂物已清，通道畅通。', '车辆已驶离。'], say: ['{p}消防通道被车辆堵占', '{p}楼道口消防通道堆放杂物'] },
  { code: '09019', weight: 6, done: ordered, say: ['{p}无障碍坡道被电动车占用'] },
  { code: '09022', weight: 8, done: ordered, say: ['{p}商家占道搭台促销'] },
  { code: '10002', weight: 9, by: { public: 2 }, done: ['线缆已捆扎上架。', '断线已移除。'], say: ['{p}架空线缆垂落，离地不足 2 米', '{p}通信线缆脱落'] },
  {
    code: '01003', weight: 30, wet: true, by: { sensor: 3 }, picture: 'cover',
    done: covered,
    say: ['{p}雨水井盖破损', '{p}雨水井盖松动，车过跳响', '{p}雨水井盖缺失，已临时摆放路锥'],
  },
  { code: '01002', weight: 28, by: { sensor: 3 }, picture: 'cover', done: covered, say: ['{p}污水井盖破裂', '{p}污水井盖下沉约 {n} 厘米', '{p}污水井冒溢'] },
  {
    code: '01004', weight: 20, wet: true, picture: 'cover',
    done: ['雨水口已疏通，箅子复位。', '已更换箅子。'],
    say: ['{p}雨水箅子缺失 1 块', '{p}雨水口堵塞，积水约 {n} 厘米'],
  },
  { code: '01001', weight: 7, picture: 'cover', done: covered, say: ['{p}供水井盖破损', '{p}供水井盖下沉'] },
  { code: '01005', weight: 7, picture: 'cover', done: covered, say: ['{p}电力井盖翘起'] },
  { code: '01007', weight: 9, picture: 'cover', done: covered, say: ['{p}通信井盖破损', '{p}通信井盖移位'] },
  { code: '01011', weight: 4, picture: 'cover', done: covered, say: ['{p}燃气井盖松动，车过作响'] },
  { code: '01010', weight: 4, picture: 'cover', done: covered, say: ['{p}热力井盖四周下陷'] },
  {
    code: '01037', weight: 36, by: { public: 2.2, hotline: 2 }, picture: 'lamp',
    done: ['路灯已恢复照明。', '已更换光源和镇流器。', '线路已修复。'],
    say: ['{p}路灯不亮', '{p}连续 {n} 盏路灯不亮，夜间昏暗', '{p}灯杆歪斜', '{p}路灯白天常亮'],
  },
  { code: '01013', weight: 5, done: fixed, say: ['{p}消火栓漏水', '{p}消火栓盖缺失'] },
  { code: '01027', weight: 5, done: fixed, say: ['{p}通信交接箱门敞开', '{p}交接箱贴满小广告'] },
  { code: '01030', weight: 4, done: fixed, say: ['{p}电杆歪斜', '{p}电杆拉线松脱'] },
  { code: '01046', weight: 4, done: fixed, say: ['{p}健身器材螺丝松动'] },
  { code: '01075', weight: 3, done: fixed, say: ['{p}快递柜占用人行道'] },
  { code: '02017', weight: 16, by: { video: 1.6 }, done: ['护栏已扶正加固。', '已更换 {n} 节护栏。'], say: ['{p}交通护栏倒伏 {n} 节', '{p}护栏被撞变形'] },
  { code: '02010', weight: 11, done: fixed, say: ['{p}交通标志牌歪斜', '{p}限速牌被树枝遮挡'] },
  { code: '02014', weight: 8, by: { public: 2, hotline: 2 }, done: ['信号灯已恢复正常。'], say: ['{p}路口信号灯不亮', '{p}行人信号灯一直红灯'] },
  { code: '02012', weight: 5, done: fixed, say: ['{p}路名牌字迹脱落'] },
  { code: '02021', weight: 7, done: fixed, say: ['{p}便道桩缺失 {n} 根', '{p}便道桩倒伏'] },
  { code: '02004', weight: 6, done: fixed, say: ['{p}公交候车亭玻璃破碎', '{p}公交站牌倾斜'] },
  { code: '03005', weight: 20, done: ['已更换新箱体。', '已清洗并扶正。'], say: ['{p}果皮箱破损', '{p}果皮箱脏污倾倒'] },
  { code: '03001', weight: 5, done: fixed, say: ['{p}公厕洗手池漏水', '{p}公厕隔间门损坏'] },
  { code: '03006', weight: 4, done: fixed, say: ['{p}户外广告画面脱落'] },
  {
    code: '04002', weight: 20, wet: true, picture: 'tree', by: { public: 1.6 },
    done: ['枯枝已锯除。', '树木已扶正加固。', '倒伏树木已清理补植。'],
    say: ['{p}行道树枯死', '{p}树枝折断悬挂', '{p}行道树倾斜，压到线缆'],
  },
  { code: '04008', weight: 7, done: fixed, say: ['{p}绿地护栏缺损 {n} 节'] },
  { code: '04007', weight: 4, done: fixed, say: ['{p}街头座椅木条断裂'] },
  { code: '04011', weight: 8, done: ['已补土并加盖树池箅子。'], say: ['{p}树池箅子缺失', '{p}树池黄土裸露'] },
]

/** Of all reports: collectors most, citizens by telephone next. */
export const SOURCE_SHARES: readonly (readonly [source: SourceCode, share: number])[] = [
  ['collector', 0.7],
  ['hotline', 0.12],
  ['public', 0.085],
  ['video', 0.04],
  ['department', 0.025],
  ['sensor', 0.015],
  ['leader', 0.01],
  ['media', 0.005],
]

/** Reports of each hour of the day, by source: collectors have rounds in the morning and afternoon, the telephone never sleeps. */
export const HOURS: Readonly<Record<SourceCode, readonly number[]>> = {
  collector: [0, 0, 0, 0, 0, 0, 0.2, 2, 9, 12, 11, 6, 2, 3, 9, 11, 10, 6, 2, 1, 0.5, 0.2, 0, 0],
  hotline: [0.3, 0.2, 0.1, 0.1, 0.1, 0.4, 1.5, 4, 8, 9, 8, 6, 4, 4, 6, 7, 7, 7, 7, 8, 7, 5, 2.5, 1],
  public: [0.3, 0.2, 0.1, 0.1, 0.1, 0.3, 1, 4, 7, 6, 6, 6, 6, 4, 4, 5, 6, 8, 9, 9, 8, 6, 3, 1],
  video: [0.5, 0.3, 0.2, 0.2, 0.3, 0.6, 2, 5, 6, 6, 6, 6, 5, 4, 6, 6, 6, 7, 7, 6, 4, 3, 2, 1],
  sensor: [1, 1, 1, 1, 1, 1, 1.2, 1.6, 2, 2, 2, 2, 1.6, 1.6, 2, 2, 2, 2, 2, 1.8, 1.6, 1.4, 1.2, 1],
  media: [0, 0, 0, 0, 0, 0, 0.5, 1, 4, 6, 6, 3, 1, 2, 4, 4, 3, 1, 0.5, 0.5, 0.2, 0, 0, 0],
  leader: [0, 0, 0, 0, 0, 0, 0, 1, 5, 6, 6, 3, 1, 2, 6, 6, 5, 2, 0.5, 0, 0, 0, 0, 0],
  department: [0, 0, 0, 0, 0, 0, 0, 1, 6, 8, 7, 4, 0.5, 2, 7, 7, 6, 2, 0, 0, 0, 0, 0, 0],
}

/** On a day of rest, as a share of an ordinary day. */
export const REST: Readonly<Record<SourceCode, number>> = {
  collector: 0.6,
  hotline: 0.85,
  public: 1,
  video: 0.9,
  sensor: 1,
  media: 0.3,
  leader: 0.15,
  department: 0.1,
}
