import { problem } from '../../kernel/index.ts'

export const callUnknown = problem(404, 'hotline.call-unknown', () => ({ zh: '没有这次通话', en: 'There is no such call' }))
export const callTaken = problem(409, 'hotline.call-taken', ({ operator }: { operator: string }) => ({
  zh: `${operator || '同事'}已接听此来电`,
  en: `${operator || 'A colleague'} has answered this call`,
}))
export const callOver = problem(409, 'hotline.call-over', () => ({ zh: '通话已结束', en: 'The call has ended' }))
export const callOfAnother = problem(403, 'hotline.call-of-another', () => ({
  zh: '这次通话由他人接听',
  en: 'Somebody else has this call',
}))
export const districtUnknown = problem(422, 'hotline.district-unknown', ({ district }: { district: string }) => ({
  zh: `本市没有区划 ${district}`,
  en: `This city has no district ${district}`,
}))
export const phoneBroken = problem(422, 'hotline.phone-broken', () => ({
  zh: '号码应为 3 至 16 位数字，可带 + 号',
  en: 'A number has 3 to 16 digits, with or without a plus',
}))
export const caseNotOpen = problem(409, 'hotline.case-not-open', () => ({
  zh: '该案件已办结，不能并入；请新建案件',
  en: 'That case has ended and takes nobody in; make a new one',
}))
export const replyEmpty = problem(422, 'hotline.reply-empty', () => ({
  zh: '请选一条知识或写下答复内容',
  en: 'Choose an article or write what was answered',
}))

// ── 知识库

export const articleUnknown = problem(404, 'knowledge.article-unknown', () => ({ zh: '没有这条知识', en: 'There is no such article' }))
export const articleMoved = problem(409, 'knowledge.article-moved', () => ({
  zh: '这条知识刚被他人改动，请刷新后再办',
  en: 'Somebody else has just changed this article; read it again',
}))
export const articleNotThere = problem(409, 'knowledge.act-not-open', ({ state }: { state: { zh: string; en: string } }) => ({
  zh: `该版本处于“${state.zh}”，不能这样办理`,
  en: `This version is “${state.en}”, so that this cannot be done`,
}))
export const authorReviews = problem(403, 'knowledge.author-reviews', () => ({
  zh: '本人撰写的知识须由他人审核',
  en: 'Whoever wrote an article does not review it',
}))
export const validityReversed = problem(422, 'knowledge.validity-reversed', () => ({
  zh: '有效期止于起始之前',
  en: 'It ends before it begins',
}))
export const remarkNeeded = problem(422, 'knowledge.remark-needed', () => ({ zh: '请写明原因', en: 'Say why' }))

// ── 外部工单

export const systemUnknown = problem(404, 'hotline.system-unknown', ({ system }: { system: string }) => ({
  zh: `没有登记外部系统 ${system}，或已停用`,
  en: `The system ${system} is not registered here, or is switched off`,
}))
export const systemOfAnother = problem(403, 'hotline.system-of-another', ({ system }: { system: string }) => ({
  zh: `系统 ${system} 已绑定另一把密钥`,
  en: `Another key speaks for the system ${system}`,
}))
export const orderUnknown = problem(404, 'hotline.order-unknown', ({ theirs }: { theirs: string }) => ({
  zh: `没有收到过工单 ${theirs}`,
  en: `No order ${theirs} has come in`,
}))
export const placeNeeded = problem(422, 'hotline.place-needed', () => ({
  zh: '没有坐标，地址也没有唯一匹配；请补充 position 与 datum，或写明路名与门牌',
  en: 'No position, and the address is not one that the city knows; send a position with its datum, or a road and a door',
}))
export const linkBroken = problem(422, 'hotline.link-broken', () => ({
  zh: '附件地址须为 http 或 https 网址',
  en: 'Links must be addresses of http or https',
}))
export const sourceUnknownHere = problem(422, 'hotline.source-unknown', ({ source }: { source: string }) => ({
  zh: `没有来源 ${source}`,
  en: `There is no source ${source}`,
}))
export const nothingHeld = problem(404, 'hotline.nothing-held', () => ({
  zh: '这一组已没有待甄别来件',
  en: 'Nothing of this group is held any more',
}))
export const orderOutside = problem(422, 'hotline.outside-city', () => ({
  zh: '位置不在本市范围内；请核对坐标与坐标系（datum）',
  en: 'This position lies outside the city; check it and its datum',
}))
