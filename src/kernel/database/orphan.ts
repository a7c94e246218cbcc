// What a killed program or a killed PostgreSQL leaves behind: processes that still hold the cluster's files.
// Called only by the holder of the folder's lock, so none of them serves anyone.

import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** Ends every PostgreSQL process on the cluster in `folder`, gently first, and removes what would mislead the next start. */
export async function clearOrphans(folder: string, socketFolder: string): Promise<boolean> {
  const main = mainProcess(folder)
  if (main !== undefined) await end([main], folder, ['SIGINT', 'SIGQUIT', 'SIGKILL'])
  const rest = processesOn(folder)
  if (rest.length > 0) await end(rest, folder, ['SIGQUIT', 'SIGKILL'])
  // The number in these may by now belong to another program, or to a dead one not yet reaped: PostgreSQL would not start.
  for (const path of [join(folder, 'postmaster.pid'), join(socketFolder, '.s.PGSQL.5432.lock'), join(socketFolder, '.s.PGSQL.5432')]) {
    rmSync(path, { force: true })
  }
  return main !== undefined || rest.length > 0
}

async function end(pids: number[], folder: string, signals: NodeJS.Signals[]): Promise<void> {
  for (const signal of signals) {
    for (const pid of pids) kill(pid, signal)
    for (let waited = 0; waited < 10_000; waited += 20) {
      if (!pids.some((pid) => runsOn(pid, folder))) return
      await pause(20)
    }
  }
  throw new Error(`PostgreSQL process ${pids.join(', ')} on ${folder} does not end`)
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** The main process that `postmaster.pid` names, if it is alive and truly works on this cluster. */
function mainProcess(folder: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0])
    return pid > 0 && runsOn(pid, folder) ? pid : undefined
  } catch {
    return undefined
  }
}

/** PostgreSQL's processes work in the folder of their cluster. */
function runsOn(pid: number, folder: string): boolean {
  if (process.platform === 'linux') {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder && readFileSync(`/proc/${pid}/stat`, 'utf8').includes('(postgres)')
    } catch {
      return false
    }
  }
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(folder)
  } catch {
    return false
  }
}

const processesOn = (folder: string): number[] =>
  process.platform === 'linux'
    ? readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(Number)
        .filter((pid) => runsOn(pid, folder))
    : []
