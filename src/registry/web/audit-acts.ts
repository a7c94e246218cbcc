import type { Words } from '../../kernel/contract.ts'

/** What the trail's codes of acts mean. */
export const actWords: Record<string, Words> = {
  'access.signed-in': { zh: '登录', en: 'Signed in' },
  'access.sign-in-failed': { zh: '登录失败', en: 'Sign-in failed' },
  'access.signed-out': { zh: '退出', en: 'Signed out' },
  'access.session-ended': { zh: '结束会话', en: 'Ended a session' },
  'access.sessions-ended': { zh: '结束全部会话', en: 'Ended all sessions' },
  'access.password-changed': { zh: '修改密码', en: 'Changed the password' },
  'access.password-change-failed': { zh: '修改密码失败', en: 'Password change failed' },
  'access.password-reset': { zh: '重置密码', en: 'Reset a password' },
  'access.account-made': { zh: '新建账号', en: 'Made an account' },
  'access.account-changed': { zh: '修改账号', en: 'Changed an account' },
  'access.granted': { zh: '授予岗位', en: 'Gave posts' },
  'access.role-changed': { zh: '修改角色', en: 'Changed a role' },
  'access.key-made': { zh: '新建接口密钥', en: 'Made a key' },
  'access.key-revoked': { zh: '吊销接口密钥', en: 'Revoked a key' },
  'access.set-up': { zh: '设立首任管理员', en: 'Set the first administrators' },
  'registry.person-added': { zh: '新增人员', en: 'Added a person' },
  'registry.person-changed': { zh: '修改人员', en: 'Changed a person' },
  'registry.duty-begun': { zh: '上岗', en: 'Went on duty' },
  'registry.duty-ended': { zh: '下岗', en: 'Went off duty' },
  'pack.loaded': { zh: '载入城市包', en: 'Loaded a city pack' },
}

export const sayAct = (act: string, say: (words: Words) => string): string => (actWords[act] ? say(actWords[act]) : act)
