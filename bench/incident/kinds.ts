// What people report and in which words: written for the labelled set, apart from the words that the program knows. `{p}` is a place as
// that person names it. Every third kind is held out of training altogether.

export interface Kind {
  readonly code: string
  /** Classes it is filed under, the usual one first. */
  readonly classes: readonly string[]
  readonly weight: number
  /** Official phrases of collectors. */
  readonly official: readonly string[]
  /** What citizens write or say. */
  readonly plain: readonly string[]
  /** Other troubles nearby, with the class that they belong to; half of them are filed under that of the first all the same. */
  readonly near: readonly (readonly [category: string, words: string])[]
  /** A thing with a code of its own. */
  readonly thing?: boolean
  /** Reaches over the whole place, so that two reports 40 m from each other tell of one: noise, dust, a street full of stalls. */
  readonly spread?: boolean
  /** Comes again the next day. */
  readonly recurs?: boolean
}

export const KINDS: readonly Kind[] = [
  {
    code: 'lamp-dark', classes: ['2026.m.01037', '2026.c.01037', '2026.m.01060'], weight: 8, thing: true,
    official: ['{p}路灯不亮', '{p}路灯灭 2 盏', '{p}路灯熄灭，夜间照明不足'],
    plain: ['{p}路灯坏了好几天，晚上黑漆漆的', '{p}这边灯不亮，老人走路看不见', '晚上{p}一片漆黑，路灯没亮', '{p}的路灯又黑了，麻烦修一下', '{p}灯坏了，太暗了'],
    near: [['2026.m.01037', '{p}路灯杆歪斜'], ['2026.m.01037', '{p}路灯白天常亮，浪费电'], ['2026.m.01037', '{p}灯杆被车撞了，快倒了'], ['2026.m.01037', '{p}灯杆检修门敞开露电线']],
  },
  {
    code: 'cover-broken', classes: ['2026.m.01003', '2026.m.01002', '2026.m.01023', '2026.c.01003'], weight: 8, thing: true,
    official: ['{p}雨水井盖破损', '{p}污水井盖破裂', '{p}井盖开裂，存在隐患'],
    plain: ['{p}井盖碎了一块，差点崴脚', '{p}有个井盖破了个洞', '{p}马路中间的井盖裂开了，车不敢过', '{p}井盖坏了，很危险'],
    near: [['2026.m.01003', '{p}井盖松动，车过哐当响'], ['2026.m.01002', '{p}污水井冒溢，脏水流一地'], ['2026.m.01003', '{p}井盖下沉约 5 厘米'], ['2026.m.01003', '{p}井盖上面被人浇了水泥']],
  },
  {
    code: 'cover-missing', classes: ['2026.m.01003', '2026.m.01023', '2026.m.01007', '2026.m.01002'], weight: 5, thing: true,
    official: ['{p}井盖缺失，已临时摆放路锥', '{p}井盖缺失'],
    plain: ['{p}井盖没了，就一个大洞在那', '{p}井盖被偷了，孩子差点掉进去', '{p}下水道口敞着没盖', '{p}有个井没有盖子'],
    near: [['2026.m.01003', '{p}井盖松动异响'], ['2026.m.06013', '{p}井盖周边路面沉降'], ['2026.m.01004', '{p}雨水箅子被垃圾堵死']],
  },
  {
    code: 'pothole', classes: ['2026.m.06013', '2026.m.08009', '2026.m.08010'], weight: 8,
    official: ['{p}路面坑洼，深约 8 厘米', '{p}车行道破损', '{p}路面沉降开裂'],
    plain: ['{p}路上有个大坑，骑车摔了一跤', '{p}那个坑越来越大了', '{p}路面烂得不成样子，全是坑', '{p}马路塌下去一块'],
    near: [['2026.m.06050', '{p}路缘石缺损 3 块'], ['2026.m.06051', '{p}盲道砖翘起'], ['2026.m.06016', '{p}斑马线磨得看不见了']],
  },
  {
    code: 'rubbish', classes: ['2026.m.06010', '2026.m.06036', '2026.m.06012', '2026.m.06017'], weight: 14, recurs: true,
    official: ['{p}暴露垃圾约 5 袋', '{p}路边堆放袋装垃圾，有异味', '{p}生活垃圾散落，无人清理'],
    plain: ['{p}垃圾堆了好几天没人收，臭死了', '{p}一大堆生活垃圾，苍蝇乱飞', '{p}又有人乱扔垃圾', '{p}垃圾没人清理，味道很大', '谁来管管{p}的垃圾'],
    near: [['2026.m.06035', '{p}有人丢了一张旧沙发'], ['2026.m.06011', '{p}装修垃圾堆在路边'], ['2026.m.06017', '{p}绿化带里有很多狗粪'], ['2026.m.06012', '{p}路面油污一大片']],
  },
  {
    code: 'bin-full', classes: ['2026.m.06042', '2026.m.03005', '2026.m.06010'], weight: 7, recurs: true, thing: true,
    official: ['{p}垃圾箱满溢', '{p}分类投放点四个桶已满'],
    plain: ['{p}垃圾桶满了，都掉到地上了', '{p}垃圾桶塞得满满的没人来收', '{p}桶都溢出来了', '{p}几个垃圾桶都装不下了'],
    near: [['2026.m.03005', '{p}果皮箱破损'], ['2026.m.03005', '{p}垃圾箱倾倒在路边'], ['2026.m.06020', '{p}垃圾桶旁有人焚烧树叶']],
  },
  {
    code: 'spoil', classes: ['2026.m.06011', '2026.m.08005', '2026.m.06036'], weight: 5,
    official: ['{p}装修垃圾堆放多日未清', '{p}积存渣土约 3 立方米'],
    plain: ['{p}不知道谁倒了一车建筑垃圾', '{p}砖头水泥块堆了一地', '{p}有人半夜偷倒渣土', '{p}装修的垃圾占了人行道'],
    near: [['2026.m.06010', '{p}生活垃圾没人收'], ['2026.m.06035', '{p}废旧床垫丢弃路边'], ['2026.m.08007', '{p}工地围挡倒了']],
  },
  {
    code: 'bikes', classes: ['2026.m.09011', '2026.m.09010'], weight: 8, spread: true, recurs: true,
    official: ['{p}共享单车堆积占道', '{p}共享单车乱停，占用盲道'],
    plain: ['{p}共享单车多得走不过去', '{p}单车乱放，轮椅过不去', '{p}小黄车把小区门口堵了', '{p}一堆共享单车倒在地上'],
    near: [['2026.m.09010', '{p}电动车停满了人行道'], ['2026.m.09010', '{p}僵尸自行车锁在护栏上'], ['2026.m.09010', '{p}外卖电瓶车占道']],
  },
  {
    code: 'cars', classes: ['2026.m.09009', '2026.m.09012', '2026.m.09016'], weight: 9, spread: true, recurs: true,
    official: ['{p}机动车停在人行道上', '{p}机动车违停，占用非机动车道'],
    plain: ['{p}车停得乱七八糟，走不了人', '{p}一排小汽车停在人行道上', '{p}违停太严重了，公交都进不去', '{p}有辆面包车一直堵着路口'],
    near: [['2026.m.09012', '{p}消防通道堆放杂物'], ['2026.m.06034', '{p}废弃轿车停了半年，轮胎都瘪了'], ['2026.m.06040', '{p}有人私装地锁占车位']],
  },
  {
    code: 'vendors', classes: ['2026.m.09001', '2026.m.09006', '2026.m.09005'], weight: 8, spread: true, recurs: true,
    official: ['{p}有流动摊贩占道售卖小吃', '{p}无照游商 3 处'],
    plain: ['{p}小贩摆摊把路都占了', '{p}一到晚上全是摆地摊的', '{p}卖水果的三轮车天天堵路口', '{p}摊贩太多，油乎乎的'],
    near: [['2026.m.09005', '{p}超市把货摆到门外'], ['2026.m.09017', '{p}有人在桥下占地停车收费'], ['2026.m.09022', '{p}商家搭台促销，喇叭很响']],
  },
  {
    code: 'noise-site', classes: ['2026.m.08001', '2026.m.06028'], weight: 6, spread: true, recurs: true,
    official: ['{p}工地夜间施工，噪声扰民'],
    plain: ['{p}工地半夜还在打桩，睡不着', '{p}凌晨两点还在施工，吵死了', '{p}挖机轰隆隆一晚上', '{p}工地夜里卸钢筋，叮叮咣咣'],
    near: [['2026.m.08004', '{p}工地扬尘大，没洒水'], ['2026.m.08012', '{p}工地出来的车带泥上路'], ['2026.m.06028', '{p}广场舞音响声音很大']],
  },
  {
    code: 'noise-music', classes: ['2026.m.06028'], weight: 4, spread: true, recurs: true,
    official: ['{p}广场舞音响扰民', '{p}商户用音响揽客'],
    plain: ['{p}广场舞声音太大，孩子没法写作业', '{p}店里喇叭从早喊到晚', '{p}跳舞的音响震得玻璃响'],
    near: [['2026.m.06028', '{p}空调外机噪声大'], ['2026.m.08001', '{p}工地打桩吵'], ['2026.m.06027', '{p}烧烤店油烟大']],
  },
  {
    code: 'poster', classes: ['2026.m.07001', '2026.m.06004'], weight: 6,
    official: ['{p}电线杆张贴小广告', '{p}墙面喷涂非法小广告 4 处'],
    plain: ['{p}贴满了小广告，真难看', '{p}墙上全是疏通下水道的电话', '{p}电线杆上小广告撕都撕不完'],
    near: [['2026.m.07007', '{p}横幅脱落一角'], ['2026.m.07006', '{p}店招掉下来半块'], ['2026.m.06004', '{p}墙皮脱落']],
  },
  {
    code: 'tree-branch', classes: ['2026.m.04002', '2026.m.04003', '2026.m.06018'], weight: 6, thing: true,
    official: ['{p}行道树树枝折断悬挂', '{p}树枝折断，存在掉落风险'],
    plain: ['{p}有根大树杈断了挂在半空', '{p}树枝快掉下来了，下面好多人走', '{p}断了的树枝挂在电线上', '{p}树断了一半'],
    near: [['2026.m.04002', '{p}行道树枯死'], ['2026.m.04011', '{p}树池箅子缺失'], ['2026.m.06021', '{p}树上全是虫子往下掉']],
  },
  {
    code: 'tree-fallen', classes: ['2026.m.04002', '2026.m.04003', '2026.m.04013'], weight: 3, thing: true,
    official: ['{p}行道树倒伏，占用车道', '{p}树木倒伏'],
    plain: ['{p}一棵大树倒了，把路堵了', '{p}树倒下来压着车了', '{p}马路边的树刮倒了', '{p}有棵树横在路上过不去'],
    near: [['2026.m.04002', '{p}树枝遮挡信号灯'], ['2026.m.04008', '{p}绿地护栏缺损'], ['2026.m.04003', '{p}枯树没人管']],
  },
  {
    code: 'ponding', classes: ['2026.m.01004', '2026.m.06013', '2026.m.01003'], weight: 4, spread: true,
    official: ['{p}雨水口堵塞，积水约 15 厘米', '{p}道路积水'],
    plain: ['{p}一下雨就淹，水到小腿', '{p}路上全是水，车子熄火了', '{p}水排不下去，成河了', '{p}积水太深过不去'],
    near: [['2026.m.01004', '{p}雨水箅子缺失'], ['2026.m.01002', '{p}污水井往外冒脏水'], ['2026.m.06013', '{p}路面有坑']],
  },
  {
    code: 'sewage', classes: ['2026.m.01002', '2026.m.06030', '2026.m.01018'], weight: 5,
    official: ['{p}污水井冒溢', '{p}污水外溢'],
    plain: ['{p}下水道往外冒脏水，臭得很', '{p}污水流了一路', '{p}粪水都漫出来了', '{p}化粪池满了往外溢'],
    near: [['2026.m.01002', '{p}污水井盖破裂'], ['2026.m.06030', '{p}餐馆往雨水口倒泔水'], ['2026.m.01002', '{p}井盖跳响']],
  },
  {
    code: 'pipe-burst', classes: ['2026.m.01001', '2026.m.06013', '2026.m.01013', '2026.m.01003'], weight: 3, spread: true,
    official: ['{p}供水管道漏水', '{p}地下供水管破裂，路面冒水'],
    plain: ['{p}水管爆了，水哗哗往外流', '{p}地上一直冒清水，白白浪费', '{p}自来水管漏了，水流了一街', '{p}路中间喷水喷得老高'],
    near: [['2026.m.01001', '{p}供水井盖破损'], ['2026.m.01013', '{p}消火栓盖缺失'], ['2026.m.01013', '{p}消火栓接口滴水']],
  },
  {
    code: 'railing', classes: ['2026.m.02017', '2026.m.02021', '2026.m.02022'], weight: 5, thing: true,
    official: ['{p}交通护栏倒伏 3 节', '{p}护栏被撞变形'],
    plain: ['{p}护栏被车撞倒了，横在路上', '{p}马路中间栏杆倒了一排', '{p}隔离栏撞坏了没人扶'],
    near: [['2026.m.02021', '{p}便道桩缺失 2 根'], ['2026.m.06007', '{p}护栏上晾晒被褥'], ['2026.m.02018', '{p}防撞桶破损']],
  },
  {
    code: 'signal', classes: ['2026.m.02014', '2026.m.02015', '2026.c.02014'], weight: 4, thing: true,
    official: ['{p}路口信号灯不亮', '{p}信号灯故障'],
    plain: ['{p}红绿灯坏了，车子乱开', '{p}红绿灯不亮了，堵得一塌糊涂', '{p}路口信号灯灭了没人指挥'],
    near: [['2026.m.04002', '{p}信号灯被树枝挡住'], ['2026.m.02014', '{p}倒计时器不显示'], ['2026.m.02010', '{p}交通标志牌歪了']],
  },
  {
    code: 'cable', classes: ['2026.m.10002', '2026.m.01031', '2026.m.06008'], weight: 5,
    official: ['{p}架空线缆垂落，离地不足 2 米', '{p}通信线缆脱落'],
    plain: ['{p}电线耷拉下来了，伸手就能碰到', '{p}有根线掉在人行道上，不知道有没有电', '{p}光缆垂到路中间，挂到货车了'],
    near: [['2026.m.01030', '{p}电杆歪斜'], ['2026.m.01027', '{p}交接箱门敞开'], ['2026.m.01030', '{p}电线上挂着风筝']],
  },
  {
    code: 'smoke', classes: ['2026.m.06027', '2026.m.06029', '2026.m.09015'], weight: 5, spread: true, recurs: true,
    official: ['{p}餐馆油烟直排', '{p}露天烧烤，烟气大'],
    plain: ['{p}烧烤店的烟往楼上飘，窗户不敢开', '{p}油烟太大，衣服都是味', '{p}饭店排烟口对着我家'],
    near: [['2026.m.06020', '{p}有人焚烧树叶'], ['2026.m.06028', '{p}饭店噪声大'], ['2026.m.09005', '{p}店外摆满桌椅']],
  },
  {
    code: 'dust', classes: ['2026.m.08004', '2026.m.08012', '2026.m.06014'], weight: 4, spread: true, recurs: true,
    official: ['{p}工地裸土未覆盖，扬尘大'],
    plain: ['{p}工地灰太大，一天擦几遍桌子', '{p}渣土车过去一路灰', '{p}尘土飞扬，喘不过气'],
    near: [['2026.m.08007', '{p}工地围挡破损'], ['2026.m.08006', '{p}施工材料堆在人行道'], ['2026.m.08001', '{p}凌晨施工吵']],
  },
  {
    code: 'furniture', classes: ['2026.m.06035', '2026.m.06036'], weight: 4,
    official: ['{p}路边丢弃旧沙发', '{p}废弃床垫占道'],
    plain: ['{p}谁家的破沙发扔在这', '{p}楼下丢了个大床垫，淋了雨都臭了', '{p}旧柜子放路边好久'],
    near: [['2026.m.06010', '{p}垃圾没收'], ['2026.m.06036', '{p}楼道堆杂物'], ['2026.m.06036', '{p}废弃自行车一堆']],
  },
  {
    code: 'fire-lane', classes: ['2026.m.09012', '2026.m.09009'], weight: 4, recurs: true,
    official: ['{p}消防通道被车辆堵占'],
    plain: ['{p}消防通道停满了车，着火怎么办', '{p}救护车都开不进来，消防通道堵了', '{p}有车长期占着消防车道'],
    near: [['2026.m.09010', '{p}电动车在楼道充电'], ['2026.m.06040', '{p}私装地锁'], ['2026.m.09009', '{p}小区门口违停']],
  },
  {
    code: 'gas-smell', classes: ['2026.m.01011', '2026.m.01049', '2026.m.01057'], weight: 2, spread: true,
    official: ['{p}疑似燃气泄漏，有异味'],
    plain: ['{p}好大一股煤气味', '{p}闻到天然气味道，是不是漏了', '{p}井里有臭鸡蛋味，怕是燃气漏了'],
    near: [['2026.m.01011', '{p}燃气井盖松动'], ['2026.m.01049', '{p}燃气调压箱门坏'], ['2026.m.01002', '{p}下水道臭']],
  },
  {
    code: 'kerb', classes: ['2026.m.06050', '2026.m.06051', '2026.m.06013'], weight: 4,
    official: ['{p}路缘石缺损 3 块', '{p}路缘石破损'],
    plain: ['{p}马路牙子掉了几块', '{p}路沿石撞碎了没人换', '{p}路边石条断了，绊倒人'],
    near: [['2026.m.06013', '{p}路面坑洼'], ['2026.m.06051', '{p}盲道被电杆阻断'], ['2026.m.06049', '{p}台阶破损']],
  },
]

/** One cause over a larger place. `wide`: things of their own all over a district. */
export interface StormKind {
  readonly code: string
  readonly classes: readonly string[]
  readonly plain: readonly string[]
  readonly metres: number
  readonly reports: readonly [number, number]
  readonly hours: number
  readonly wide?: boolean
  /** Kinds of trouble that come of it: a tree that falls in a typhoon falls by the typhoon, whoever tells of it. */
  readonly brings?: readonly string[]
}

export const STORMS: readonly StormKind[] = [
  {
    code: 'burst-main', classes: ['2026.m.01001', '2026.m.06013', '2026.m.01003', '2026.m.06030', '2026.m.01025'], metres: 300, reports: [30, 120], hours: 3,
    plain: ['{p}水管爆了，整条街都是水', '{p}自来水喷出来一人多高', '{p}家里没水了，路上又在冒水', '{p}爆管了吧，水往地下室灌', '{p}停水了，说是水管破了', '{p}路面冒水，车过不去', '{p}哗哗地流水没人管'],
  },
  {
    code: 'blackout', classes: ['2026.m.01028', '2026.m.01037', '2026.m.02014', '2026.m.01048', '2026.m.01060'], metres: 800, reports: [60, 250], hours: 2,
    plain: ['{p}停电了，整个小区都没电', '{p}突然断电，电梯停了', '{p}红绿灯不亮了，这一片都停电', '{p}路灯全灭了，家里也没电', '{p}变压器响了一声就没电了', '{p}什么时候来电', '{p}停电一个小时了'],
  },
  {
    code: 'typhoon-trees', classes: ['2026.m.04002', '2026.m.04003', '2026.m.06018', '2026.m.10002'], metres: 3000, reports: [80, 200], hours: 6, wide: true, brings: ['tree-fallen', 'tree-branch', 'cable'],
    plain: ['{p}大树被风刮倒了，挡住路', '{p}树倒了压到车', '{p}树枝断了砸下来', '{p}一棵树倒在电线上', '{p}台风把树吹倒了', '{p}树杈掉在路中间', '{p}行道树连根拔起'],
  },
  {
    code: 'flood', classes: ['2026.m.01004', '2026.m.06013', '2026.m.01003', '2026.m.01073'], metres: 3000, reports: [60, 150], hours: 4, wide: true, brings: ['ponding'],
    plain: ['{p}暴雨积水，水到膝盖', '{p}下雨淹了，车熄火在水里', '{p}雨水排不下去，倒灌进店里', '{p}水太深了，封路了吗', '{p}一片汪洋，走不了', '{p}地下车库进水了'],
  },
  {
    code: 'gas-leak', classes: ['2026.m.01011', '2026.m.01049', '2026.m.01021'], metres: 400, reports: [20, 60], hours: 2,
    plain: ['{p}很浓的煤气味', '{p}天然气泄漏了吧，满街都是味', '{p}闻到燃气味，不敢开火', '{p}煤气味呛人', '{p}挖机挖断燃气管了'],
  },
  {
    code: 'snow', classes: ['2026.m.10001', '2026.m.06012'], metres: 3000, reports: [40, 120], hours: 6, wide: true,
    plain: ['{p}路面结冰，摔了好几个人', '{p}雪没人扫，滑得很', '{p}桥上结冰，车打滑', '{p}积雪太厚走不了'],
  },
]

/** What people add, whatever it is about. */
export const ADDED = ['', '', '', '', '，请尽快处理', '，麻烦派人看看', '，已经好几天了', '，影响出行', '，都反映好几次了', '，谢谢', '，什么时候能解决', '，很危险', '，希望有关部门管一管']
