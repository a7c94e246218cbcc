import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maskContacts, maskPersonal } from './mask-personal.ts'

for (const { said, shown, because } of [
  { said: '井盖裂开，电话13812342207', shown: '井盖裂开，电话***', because: 'a mobile phone is covered' },
  { said: '请打 +86 138 1234 2207。', shown: '请打 ***。', because: 'also with spaces and the code of the country' },
  { said: '请打 010-62345678 联系', shown: '请打 *** 联系', because: 'a phone at home is covered' },
  { said: '身份证 11010519491231002X', shown: '身份证 ***', because: 'an identity number is covered' },
  { said: '卡号 6222 0212 3456 7890 123', shown: '卡号 ***', because: 'a card number is covered' },
  { said: '发 zhang.san@example.com 给我', shown: '发 *** 给我', because: 'mail is covered' },
  { said: '京A12345 一直占道', shown: '京A*** 一直占道', because: 'a plate is covered' },
  { said: '3号楼2单元501室门口有垃圾', shown: '3号楼**单元门口有垃圾', because: 'the flat is covered, the house is not' },
  { said: '我叫张三，住在附近', shown: '我叫**，住在附近', because: 'a name that announces itself is covered' },
  { said: '找王女士了解', shown: '找某女士了解', because: 'the family name of a lady is covered' },
  { said: '人民路 120 号门前井盖裂开 50 厘米', shown: '人民路 120 号门前井盖裂开 50 厘米', because: 'places and measures stay' },
  { said: '我是路过的人，路灯不亮', shown: '我是路过的人，路灯不亮', because: 'who says no name keeps every word' },
]) {
  test(`the public reads “${shown}”: ${because}`, () => assert.equal(maskPersonal(said), shown))
}

for (const { said, shown, because } of [
  { said: '3号楼2单元501室漏水，电话13812342207', shown: '3号楼2单元501室漏水，电话***', because: 'who has to mend it finds the flat' },
  { said: '京A12345 一直占道，找王女士', shown: '京A12345 一直占道，找某女士', because: 'who has to move it finds the car' },
]) {
  test(`those who work on it read “${shown}”: ${because}`, () => assert.equal(maskContacts(said), shown))
}

for (const [what, text] of [
  ['letters', 'a'.repeat(20_000)],
  ['figures', '1 '.repeat(10_000)],
  ['numerals', '一'.repeat(20_000)],
] as const) {
  test(`a long run of ${what} is read at once`, () => {
    const began = performance.now()
    maskPersonal(text)

    assert.ok(performance.now() - began < 100)
  })
}
