import type { Command } from 'commander'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { FAULTS, isDamaged, Parts, PART_LIMITS, readHex, readMessage, tellFrame, type FaultCode, type Refused } from '../monitoring/index.ts'
import { language, print, speak } from './speak.ts'

/** The verbs of vehicle terminals. They need no database. */
export function addJt808(program: Command): void {
  program
    .command('jt808')
    .description(speak({ zh: 'JT/T 808 车载终端', en: 'vehicle terminals of JT/T 808' }))
    .command('decode')
    .argument('[file]', speak({ zh: '每行一帧十六进制；- 或不写则读标准输入', en: 'hex, one frame a line; - or nothing reads standard input' }), '-')
    .description(speak({ zh: '解码报文，每行输出一个 JSON', en: 'decode frames; prints one JSON object a line' }))
    .action((file: string) => decode(file))
}

const sayFault = (fault: FaultCode) => speak(FAULTS[fault])

async function decode(file: string): Promise<void> {
  // A file may hold the parts of many terminals, mixed.
  const parts = new Parts({ ...PART_LIMITS, maxWaiting: 10_000, maxBytes: 64 * 2 ** 20 })
  let turn = 0
  for await (const line of createInterface({ input: file === '-' ? process.stdin : createReadStream(file), crlfDelay: Infinity })) {
    if (line.trim() !== '') print(JSON.stringify(decodeLine(line, parts, turn++)))
  }
}

/** A part is told as it is; the one that makes its message whole is told with the whole body. */
function decodeLine(line: string, parts: Parts, turn: number): object {
  const frame = readHex(line)
  const say = (found: ReturnType<typeof readMessage> | Refused) => tellFrame(found, language, sayFault)
  if (isDamaged(frame)) return say(frame)
  const whole = frame.header.part && parts.take(frame, turn).whole
  if (!whole) return say(readMessage(frame))
  return { ...say(readMessage(whole)), part: frame.header.part, serial: frame.header.serial }
}
