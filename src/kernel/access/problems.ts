import type { Words } from '../contract.ts'
import { problem } from '../problem.ts'
import { LOCK_MINUTES, LONGEST_FAILURES } from './lock-out.ts'

export const signInRefused = problem(401, 'access.sign-in-refused', () => ({
  zh: `账号或密码不对。连续 ${LONGEST_FAILURES} 次不对将锁定 ${LOCK_MINUTES} 分钟`,
  en: `The account or the password is wrong. After ${LONGEST_FAILURES} failures in a row it is locked for ${LOCK_MINUTES} minutes`,
}))
export const accountLocked = problem(429, 'access.account-locked', ({ minutes }: { minutes: number }) => ({
  zh: `登录失败次数过多，账号已锁定，请 ${minutes} 分钟后再试`,
  en: `Locked after too many failed sign-ins; try again in ${minutes} minutes`,
}))
export const passwordChangeNeeded = problem(403, 'access.password-change-needed', () => ({
  zh: '请先修改初始密码',
  en: 'Change the first password before anything else',
}))
export const passwordWeak = problem(422, 'access.password-weak', ({ why }: { why: Words }) => why)
export const passwordWrong = problem(403, 'access.password-wrong', () => ({ zh: '当前密码不对', en: 'The present password is wrong' }))
export const passwordSame = problem(422, 'access.password-same', () => ({
  zh: '新密码不能与当前密码相同',
  en: 'The new password must differ from the present one',
}))
export const accountUnknown = problem(404, 'access.account-unknown', () => ({ zh: '没有这个账号', en: 'There is no such account' }))
export const accountTaken = problem(409, 'access.account-taken', ({ account }: { account: string }) => ({
  zh: `账号“${account}”已被占用`,
  en: `The account ${account} is taken`,
}))
export const accountBadlyNamed = problem(422, 'access.account-badly-named', ({ account }: { account: string }) => ({
  zh: `账号“${account}”须为 2 至 64 个字母、数字、汉字或 . _ - @`,
  en: `The account ${account} must be 2 to 64 letters, digits, Chinese characters or . _ - @`,
}))
export const ownAccount = problem(403, 'access.own-account', () => ({
  zh: '不能对自己的账号或角色这样做，请由另一位管理员办理',
  en: 'Nobody does this to their own account or role; ask another administrator',
}))
export const keptApart = problem(422, 'access.kept-apart', ({ why }: { why: Words }) => why)
export const roleUnknown = problem(422, 'access.role-unknown', ({ role }: { role: string }) => ({
  zh: `没有角色“${role}”`,
  en: `There is no role ${role}`,
}))
export const permitUnknown = problem(422, 'access.permit-unknown', ({ permit }: { permit: string }) => ({
  zh: `没有许可“${permit}”`,
  en: `There is no permit ${permit}`,
}))
export const permitNotForMachines = problem(422, 'access.permit-not-for-machines', ({ permit }: { permit: string }) => ({
  zh: `许可“${permit}”只能由人持有`,
  en: `The permit ${permit} is for people only`,
}))
export const keyUnknown = problem(401, 'access.key-unknown', () => ({
  zh: '接口密钥无效、过期或已吊销',
  en: 'The key is unknown, expired or revoked',
}))
export const keyMissing = problem(404, 'access.key-missing', () => ({ zh: '没有这个密钥', en: 'There is no such key' }))
export const sessionUnknown = problem(404, 'access.session-unknown', () => ({ zh: '没有这个会话', en: 'There is no such session' }))
export const setupLinkSpent = problem(403, 'access.setup-link-spent', () => ({
  zh: '设置链接无效、过期或已使用',
  en: 'The set-up link is unknown, expired or used',
}))
