// The words that are shipped for each dictionary; a city adds its own or rewords these in `dictionary.csv`.

import type { Words } from '../kernel/contract.ts'
import { SOURCES, type DictionaryName } from './contract.ts'

export const SHIPPED_WORDS: Readonly<Record<DictionaryName, Readonly<Record<string, Words>>>> = {
  source: SOURCES,
  // 不予立案
  'decline-reason': {
    'not-found': { zh: '现场未发现问题', en: 'Nothing found on the spot' },
    duplicate: { zh: '重复上报', en: 'Reported before' },
    'out-of-scope': { zh: '不属于管理范围', en: 'Not within the scope' },
    'below-condition': { zh: '未达到立案条件', en: 'Below the filing condition' },
    unclear: { zh: '信息不清且无法联系', en: 'Unclear, and nobody to ask' },
    solved: { zh: '问题已自行解决', en: 'Already solved' },
    other: { zh: '其他', en: 'Other' },
  },
  // 作废
  'void-reason': {
    mistaken: { zh: '误立案', en: 'Filed by mistake' },
    duplicate: { zh: '重复立案', en: 'Filed twice' },
    test: { zh: '测试案卷', en: 'A test' },
    other: { zh: '其他', en: 'Other' },
  },
  // 回退
  'return-reason': {
    'not-ours': { zh: '不属于本单位职责', en: 'Not our duty' },
    'wrong-place': { zh: '不在本单位辖区', en: 'Not in our area' },
    'not-found': { zh: '现场未找到', en: 'Not found on the spot' },
    'private-property': { zh: '权属为小区或单位内部', en: 'On private ground' },
    other: { zh: '其他', en: 'Other' },
  },
  // 返工
  'rework-reason': {
    unsolved: { zh: '问题未解决', en: 'Not solved' },
    partly: { zh: '处置不彻底', en: 'Solved in part' },
    evidence: { zh: '照片与现场不符', en: 'The photos do not match the spot' },
    other: { zh: '其他', en: 'Other' },
  },
  // 延期
  'extend-reason': {
    works: { zh: '工程量大，正在施工', en: 'Larger works, under way' },
    material: { zh: '材料或设备待到', en: 'Material or equipment not there yet' },
    permit: { zh: '需办理许可或协调', en: 'A permit or an agreement is needed' },
    weather: { zh: '天气影响', en: 'The weather' },
    other: { zh: '其他', en: 'Other' },
  },
  // 挂账
  'suspend-reason': {
    season: { zh: '受季节限制', en: 'Bound to a season' },
    project: { zh: '列入工程计划', en: 'Part of a planned project' },
    demolition: { zh: '涉及拆迁或权属争议', en: 'Demolition, or disputed ownership' },
    budget: { zh: '待专项资金', en: 'Waits for funds' },
    other: { zh: '其他', en: 'Other' },
  },
  // 督办来源
  'order-origin': {
    leader: { zh: '领导督办', en: 'Leadership' },
    media: { zh: '媒体督办', en: 'Media' },
    upper: { zh: '上级督办', en: 'Upper level' },
    congress: { zh: '人大代表、政协委员督办', en: 'Deputies' },
  },
  // 申诉事项
  'appeal-subject': {
    late: { zh: '超期', en: 'Overdue' },
    rework: { zh: '返工', en: 'Rework' },
    shirk: { zh: '推诿认定', en: 'Ruling on shirking' },
  },
  // 部件状态
  'component-state': {
    intact: { zh: '完好', en: 'Intact' },
    damaged: { zh: '破损', en: 'Damaged' },
    lost: { zh: '丢失', en: 'Lost' },
    abandoned: { zh: '废弃', en: 'Abandoned' },
    removed: { zh: '移除', en: 'Removed' },
  },
}
