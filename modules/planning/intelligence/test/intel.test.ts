import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house, ok } from '../../test/house.ts'

const h = await house()

test('SA-25 3 entries → trend line, newest first; head office sees all places, a block its own', async () => {
  const x = ok(await h.market.post('/api/competitors', { name: '对手X' }), 201).id
  const note = async (seenOn: string, price: string, trend: string, who = h.sun, place = '天津') => ok(await who.post('/api/market-intels', { competitorId: x, item: '换屏', price, trend, place, seenOn }), 201)
  await note('2026-10-10', '820', 'flat')
  await note('2026-11-20', '760', 'down')
  await note('2026-11-01', '800', 'down')
  const mine = ok(await h.sun.get('/api/market-intel'))
  assert.deepEqual(mine.items.map((i: any) => [i.seenOn, i.price, i.by]), [['2026-11-20', '760.00', '孙销售'], ['2026-11-01', '800.00', '孙销售'], ['2026-10-10', '820.00', '孙销售']])
  assert.deepEqual(mine.lines, [{ name: '对手X · 换屏 · 天津', item: '换屏', points: [{ day: '2026-10-10', price: '820.00' }, { day: '2026-11-01', price: '800.00' }, { day: '2026-11-20', price: '760.00' }] }])
  assert.deepEqual([mine.place, mine.products], ['天津', ['换屏']])
  await note('2026-11-21', '900', 'up', h.other, '广州')
  assert.equal(ok(await h.board.get('/api/market-intel')).items.length, 4)
  assert.equal(ok(await h.board.get('/api/market-intel?place=%E5%B9%BF%E5%B7%9E')).items.length, 1)
  assert.equal(ok(await h.board.get('/api/market-intel?from=2026-11-01&to=2026-11-20')).items.length, 2)
  assert.equal(ok(await h.lead.get('/api/market-intel')).items.length, 3)
  assert.equal((await h.sun.post('/api/market-intels', { competitorId: x, item: '换屏', price: '-1', place: '天津', seenOn: '2026-11-21' })).status, 400)
})
