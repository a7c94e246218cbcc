#!/usr/bin/env node
// `npx chengyun <verb>`: runs the operator's verbs on the Node that the program needs, whatever Node the machine has.

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ensurePackages, findNode } from './bootstrap.mjs'

ensurePackages()
const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url))
const child = spawn(findNode(), [cli, ...process.argv.slice(2)], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
