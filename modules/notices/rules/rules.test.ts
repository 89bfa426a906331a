import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPublicAddress } from '../drivers/hosts.ts'
import { cutBytes } from './cut.ts'
import { afterQuiet } from './quiet.ts'
import { LIMITS, whenFree } from './rate.ts'
import { signDingtalk, signFeishu } from './sign.ts'
import { render, unknownVariables } from './template.ts'

const SH = 'Asia/Shanghai', wall = (t: string): Date => new Date(`${t.replace(' ', 'T')}+08:00`)
const night = { from: '21:00', to: '08:00' }

test('quiet hours over midnight: 20:59 goes, 21:00 and 07:59 wait until eight, 08:00 goes', () => {
  for (const [now, then] of [['2026-11-23 20:59:59', '2026-11-23 20:59:59'], ['2026-11-23 21:00:00', '2026-11-24 08:00:00'], ['2026-11-24 00:00:00', '2026-11-24 08:00:00'], ['2026-11-24 07:59:59', '2026-11-24 08:00:00'], ['2026-11-24 08:00:00', '2026-11-24 08:00:00']] as const)
    assert.equal(afterQuiet(wall(now), night, SH).toISOString(), wall(then).toISOString(), now)
})

test('quiet hours within a day, none at all, and those of another zone', () => {
  assert.equal(afterQuiet(wall('2026-11-23 12:10:00'), { from: '12:00', to: '13:30' }, SH).toISOString(), wall('2026-11-23 13:30:00').toISOString())
  assert.equal(afterQuiet(wall('2026-11-23 23:00:00'), { from: '00:00', to: '00:00' }, SH).toISOString(), wall('2026-11-23 23:00:00').toISOString())
  assert.equal(afterQuiet(new Date('2026-11-23T13:00:00Z'), night, 'Europe/London').toISOString(), '2026-11-23T13:00:00.000Z')
})

test('twenty in a minute, the twenty-first waits until the first is a minute old; never more than twenty in any minute', () => {
  const start = Date.parse('2026-11-23T01:00:00Z'), left: Date[] = []
  let now = start
  for (let i = 0; i < 65; i++) { now = Math.max(now + 100, whenFree(left, new Date(now + 100), LIMITS.wecom).getTime()); left.push(new Date(now)) }
  assert.equal(left[20]!.getTime() - left[0]!.getTime(), 60_000)
  for (const d of left) assert.ok(left.filter(x => x >= d && x.getTime() < d.getTime() + 60_000).length <= 20)
})

test('Feishu allows five in a second and a hundred in a minute', () => {
  const now = new Date('2026-11-23T01:00:10.000Z'), ago = (ms: number): Date => new Date(now.getTime() - ms)
  assert.equal(whenFree([ago(100), ago(200), ago(300), ago(400)], now, LIMITS.feishu).getTime(), now.getTime())
  assert.equal(whenFree([ago(100), ago(200), ago(300), ago(400), ago(500)], now, LIMITS.feishu).getTime() - now.getTime(), 500)
  assert.equal(whenFree(Array.from({ length: 100 }, (_, i) => ago(2000 + i * 500)), now, LIMITS.feishu).getTime() - now.getTime(), 60_000 - 51_500)
})

test('a text is cut at 2048 bytes between two characters, also between those of four bytes and more', () => {
  assert.equal(cutBytes('短'.repeat(682), 2048), '短'.repeat(682))
  const cut = cutBytes('短'.repeat(700), 2048)
  assert.deepEqual([Buffer.byteLength(cut) <= 2048, cut.endsWith('短…'), cut.includes('\uFFFD')], [true, true, false])
  const family = '👨‍👩‍👧'
  assert.equal(cutBytes(`a${family}${family}`, Buffer.byteLength(`a${family}`) + 4), `a${family}…`)
})

test('the signatures of the bots are those of their providers', () => {
  assert.equal(signDingtalk('SECx', 1_600_000_000_000), 'Kn%2F07JNkRJWeBkWPp37iIQk31ip1HtBC0lIhCO79dHM%3D')
  assert.equal(signFeishu('SECx', 1_600_000_000), 'tHoqIfpR5vvDbRjM+RJYzflkio5cqQ/aWyDULHgcFhA=')
})

test('a template is filled in; what it does not know it says', () => {
  assert.equal(render('{客户}您好，{设备}：{ 请求号 }{链接}', { 客户: '张三', 设备: 'X1', 请求号: '7' }), '张三您好，X1：7')
  assert.deepEqual(unknownVariables('{客户}{价格}{价格}{token}'), ['价格', 'token'])
})

test('only public addresses: none of the machine, its network, its cloud or written as IPv6', () => {
  for (const a of ['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '::1', '::ffff:127.0.0.1', 'fe80::1', 'fd00::1', 'x']) assert.equal(isPublicAddress(a), false, a)
  for (const a of ['8.8.8.8', '120.24.0.1', '2400:3200::1']) assert.equal(isPublicAddress(a), true, a)
})
