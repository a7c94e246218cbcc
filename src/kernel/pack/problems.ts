import { problem } from '../problem.ts'

export const packDamaged = problem(422, 'pack.damaged', ({ folder, count, more }: { folder: string; count: number; more: boolean }) => ({
  zh: `城市包 ${folder} 有 ${more ? '超过 ' : ''}${count} 处错误，没有写入任何数据`,
  en: `The city pack ${folder} has ${more ? 'more than ' : ''}${count} faults; nothing was written`,
}))

export const folderNotEmpty = problem(409, 'pack.folder-not-empty', ({ folder }: { folder: string }) => ({
  zh: `文件夹 ${folder} 不是空的`,
  en: `The folder ${folder} is not empty`,
}))
