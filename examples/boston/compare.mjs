// node examples/boston/compare.mjs [FILE]: runs compare.ts on the Node that the program runs on, whatever the machine has.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ensurePackages, findNode } from '../../scripts/bootstrap.mjs'

ensurePackages()
const script = fileURLToPath(new URL('compare.ts', import.meta.url))
const { status } = spawnSync(findNode(), [script, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exit(status ?? 1)
