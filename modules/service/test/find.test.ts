import assert from 'node:assert/strict'
import { test } from 'node:test'
import { station } from './station.ts'
import { at, register } from './walk.ts'

const s = await station()
const ids = (items: Array<{ entity?: string; id: string }>): string[] => items.filter(i => !i.entity || i.entity === 'serviceRequest').map(i => i.id)
const search = async (q: string, who = s.zuoxi): Promise<string[]> => ids((await who.get(`/api/search?q=${encodeURIComponent(q)}`)).body.items)

test('SP-11 坐席甲 types `0001`, `PF1ABCD` or `13800000001` and has the same request each time, and by name and pinyin too, though the number is hidden from agents', async () => {
  const { id, number } = await register(s, { serialNo: 'PF1ABCD' })
  assert.match(number, /-0001$/)
  for (const q of ['0001', 'PF1ABCD', 'pf1abcd', '1abcd', '13800000001', '138 0000 0001', number, number.toLowerCase(), '张三', 'zhangsan', 'zs']) assert.deepEqual(await search(q), [id], q)
  const [row] = (await s.zuoxi.get(`/api/service-requests?q=13800000001`)).body.items
  assert.deepEqual([row.id, row.phone], [id, '138****0001'])
  assert.deepEqual(await search('00000001'), [], 'a piece of a hidden telephone is found by nobody who may not read it: digit by digit they would have it')
  assert.deepEqual(await search('00000001', s.lijie), [id], 'at the counter, where it is read, its end will do')
})

test('SP-11 of several that answer to the same four digits the newest comes first, and each person finds only what they may see', async () => {
  at(s, '2026-11-24 09:00:00')
  const there = await register(s, { serialNo: 'PF2ABCD' })
  assert.match(there.number, /20261124-0001$/)
  const [first, ...others] = await search('0001')
  assert.equal(first, there.id)
  assert.equal(others.length, 1)
  const far = await s.app.person({ username: 'guangzhou', name: '广接', unitId: s.units.GZ05, roleIds: [s.roleIds.receptionist!] })
  assert.deepEqual(await search('PF2ABCD', far), [])
  for (const q of ['PF2ABCD', there.number, ` ${there.number.toLowerCase()} `]) assert.deepEqual(ids((await s.lijie.get(`/api/service/desk?q=${encodeURIComponent(q)}`)).body.requests), [there.id], q)
  assert.deepEqual((await far.get(`/api/service/desk?q=${there.number}`)).body.requests, [])
})
