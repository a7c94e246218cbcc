// What an operator can mend is said in one line, without a stack.

import { FolderTaken, isDatabaseGone, MigrationRefused, Problem } from './kernel/index.ts'
import { SettingRefused } from './config.ts'

interface SystemError extends Error {
  code?: string
  path?: string
  port?: number
  address?: string
}

/** The line for a failed start or verb; undefined for what is a bug of ours. */
export function plainWords(error: unknown, about: { dataFolder?: string; databaseUrl?: string | undefined } = {}): string | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, path, port, address, message } = error as SystemError

  if (error instanceof SettingRefused || error instanceof MigrationRefused) return message
  if (error instanceof FolderTaken) {
    return `数据目录正被进程 ${error.pid} 使用 / ${message}; stop that one, or set CHENGYUN_DATA to another folder`
  }
  if (code === 'EADDRINUSE') return `端口 ${port} 已被占用 / port ${port} is taken by another program; set CHENGYUN_PORT to another`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `${address ?? 'CHENGYUN_HOST'} 不是本机地址 / is no address of this machine; check CHENGYUN_HOST`
  if (code === 'ENOSPC' || code === '53100' || /No space left on device/.test(message)) {
    return `磁盘已满 / the disk of ${about.dataFolder ?? 'the data folder'} is full; make room and start again, nothing is damaged`
  }
  if ((code === 'EACCES' || code === 'EPERM') && port !== undefined) return `无权监听端口 ${port} / port ${port} is not allowed to this user; set CHENGYUN_PORT above 1023`
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    const folder = about.dataFolder !== undefined && path?.startsWith(about.dataFolder) ? about.dataFolder : path
    return `${folder} 不可写 / is not writable for this user; give it to the user, or set CHENGYUN_DATA to another folder`
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') return `${path} 不是文件夹 / is not a folder; check CHENGYUN_DATA`
  if (about.databaseUrl !== undefined && isDatabaseGone(error)) return `无法连接 DATABASE_URL 的数据库 / the database of DATABASE_URL cannot be reached: ${message}`
  if (about.databaseUrl !== undefined && (code === '28P01' || code === '28000' || code === '3D000')) return `DATABASE_URL 被拒绝 / the database refuses DATABASE_URL: ${message}`
  if (/^(PostgreSQL|the embedded PostgreSQL|there is no embedded|uid |the folder )/.test(message)) return message
  if (error instanceof Problem) return `${error.words.zh} / ${error.words.en}`
  return undefined
}

/** Says what went wrong and ends: one line where it can be mended, all we know where it cannot. */
export function endWith(error: unknown, about?: Parameters<typeof plainWords>[1]): never {
  const line = plainWords(error, about)
  if (line === undefined) console.error(error)
  else console.error(`chengyun: ${line}`)
  process.exit(1)
}
