import assert from 'node:assert/strict'
import { test } from 'node:test'
import { act, newPart, receive, requestAt, step, stockOf, walk, workshop } from './workshop.ts'

const w = await workshop({ worker: true })
const add = (id: string, body: Record<string, unknown>, who = w.lijie) => who.post(`/api/service-requests/${id}/lines`, body)
const ledger = async (partId: string): Promise<string[]> => (await w.kuguan.get(`/api/parts/${partId}/ledger`)).body.items.map((m: { kind: string; quantity: number; onHand: number; reserved: number }) => `${m.kind} ${m.quantity} → ${m.onHand}/${m.reserved}`).toReversed()

test('SP-31 one 屏幕 in stock and two requests: the second stands at 待件 with its clock stopped, and goes on by itself when the part is received', async () => {
  const screen = await newPart(w, 'SCR-14', '屏幕')
  await receive(w, screen, 1)
  const first = await requestAt(w, 'quote'), second = await requestAt(w, 'quote')
  assert.equal((await add(first, { partId: screen })).body.state, 'reserved')
  assert.equal((await add(second, { partId: screen })).body.state, 'waiting')
  assert.deepEqual(await stockOf(w, screen), { onHand: 1, reserved: 1, available: 0, waiting: 1 })
  await walk(w, first, 'repair')
  await walk(w, second, 'repair')
  assert.equal((await step(w, first)).state, 'waiting')
  const stopped = await step(w, second)
  assert.deepEqual([stopped.nodeId, stopped.state, stopped.pausedFor, stopped.assigneeId], ['repair', 'paused', '待件', null])
  const board = (await w.zhouzhan.get('/api/service/board')).body
  assert.equal(board.lanes.flatMap((l: { cards: unknown[] }) => l.cards).find((c: { id: string }) => c.id === second).pausedFor, '待件')
  w.app.clock!.advance(120)
  assert.equal((await step(w, second)).minutesUsed, 0)
  await receive(w, screen, 1)
  await w.app.worker!.idle()
  const on = await step(w, second)
  assert.deepEqual([on.state, on.minutesUsed], ['waiting', 0])
  assert.deepEqual(await stockOf(w, screen), { onHand: 2, reserved: 2, available: 0, waiting: 0 })
  w.app.clock!.advance(30)
  assert.equal((await step(w, second)).minutesUsed, 30, 'the two hours of waiting are not counted')
})

test('SP-31 修好 is refused until the part is put in; then the shelf has one less and the ledger says why', async () => {
  const screen = await newPart(w, 'SCR-15', '屏幕15')
  await receive(w, screen, 3)
  const id = await requestAt(w, 'quote')
  const { body } = await add(id, { partId: screen })
  await walk(w, id, 'repair')
  const refused = await act(w, id)
  assert.deepEqual([refused.status, refused.body.code, refused.body.details.missing], [409, 'ACTIVITY_UNFINISHED', ['配件“屏幕15”用上或退回']])
  assert.equal((await w.zhaoxiu.post(`/api/part-lines/${body.id}/use`)).status, 200)
  assert.equal((await w.zhaoxiu.post(`/api/part-lines/${body.id}/use`)).body.code, 'PART_LINE_STATE')
  assert.equal((await act(w, id)).status, 200)
  assert.deepEqual(await ledger(screen), ['receive 3 → 3/0', 'reserve 1 → 3/1', 'use 1 → 2/0'])
})

test('SP-31 at 退机 what is promised is freed and what was put in comes back; the next in the queue gets it', async () => {
  const board = await newPart(w, 'BRD-1', '主板', '880.00'), fan = await newPart(w, 'FAN-1', '风扇', '40.00')
  await receive(w, board, 1); await receive(w, fan, 1)
  const id = await requestAt(w, 'quote'), next = await requestAt(w, 'quote')
  const used = (await add(id, { partId: fan })).body.id
  await add(id, { partId: board })
  assert.equal((await add(next, { partId: board })).body.state, 'waiting')
  await walk(w, id, 'repair')
  await w.zhaoxiu.post(`/api/part-lines/${used}/use`)
  assert.equal((await act(w, id, { outcome: 'return', comment: '客户不修了' })).status, 200)
  assert.deepEqual((await w.lijie.get(`/api/service-requests/${id}/lines`)).body.lines.map((l: { name: string; state: string }) => `${l.name} ${l.state}`), ['风扇 returned', '主板 released'])
  assert.deepEqual(await ledger(fan), ['receive 1 → 1/0', 'reserve 1 → 1/1', 'use 1 → 0/0', 'return 1 → 1/0'])
  assert.equal((await w.lijie.get(`/api/service-requests/${next}/lines`)).body.lines[0].state, 'reserved')
  assert.deepEqual(await stockOf(w, board), { onHand: 1, reserved: 1, available: 0, waiting: 0 })
})

test('SP-31 the quote is the sum of its lines to the fen, and another amount is refused', async () => {
  const id = await requestAt(w, 'quote'), screw = await newPart(w, 'SCW-1', '螺丝', '0.10')
  await receive(w, screw, 10)
  assert.equal((await add(id, { partId: screw, quantity: 3 })).body.total, '0.30')
  assert.equal((await add(id, { name: '工时', unitPrice: '119.99' })).body.total, '120.29')
  assert.equal((await w.lijie.get(`/api/service-requests/${id}`)).body.quotedAmount, '120.29')
  const refused = await act(w, id, { fields: { quotedAmount: '120.30' } })
  assert.deepEqual([refused.status, refused.body.details.missing], [409, ['报价金额与明细合计 120.29 元一致']])
  assert.equal((await act(w, id)).status, 200)
  const more = await add(id, { name: '清洁', unitPrice: '10' }, w.zhaoxiu)
  assert.equal(more.status, 201, JSON.stringify(more.body))
  assert.deepEqual((await act(w, id)).body.details.missing, ['配件“螺丝”用上或退回', '明细合计 130.29 元超过报价 120.29 元，请重新报价'])
})

test('SP-31 ten ask for the last three at once: three are reserved, seven wait, nothing is below zero', async () => {
  const part = await newPart(w, 'CAM-1', '摄像头', '60.00')
  await receive(w, part, 3)
  const ids: string[] = []
  for (let i = 0; i < 10; i++) ids.push(await requestAt(w, 'quote'))
  const states = (await Promise.all(ids.map(id => add(id, { partId: part })))).map(r => { assert.equal(r.status, 201, JSON.stringify(r.body)); return r.body.state })
  assert.deepEqual([states.filter(s => s === 'reserved').length, states.filter(s => s === 'waiting').length], [3, 7])
  assert.deepEqual(await stockOf(w, part), { onHand: 3, reserved: 3, available: 0, waiting: 7 })
  const takes = await Promise.all(Array.from({ length: 10 }, () => w.zhouzhan.post('/api/parts/adjust', { partId: part, quantity: -1, note: '盘亏' })))
  assert.deepEqual(takes.map(r => r.status), Array.from({ length: 10 }, () => 409))
  assert.equal(takes[0]!.body.code, 'STOCK_SHORT')
  await Promise.all(Array.from({ length: 4 }, () => w.kuguan.post('/api/parts/receive', { partId: part, quantity: 1 })))
  assert.deepEqual(await stockOf(w, part), { onHand: 7, reserved: 7, available: 0, waiting: 3 })
})

test('SP-31 a station sees and receives its own stock only; who repairs does not receive', async () => {
  const part = await newPart(w, 'KEY-1', '键盘', '90.00')
  await receive(w, part, 2)
  assert.equal((await w.ningbo.post('/api/parts/receive', { partId: part, quantity: 1, unitId: w.units.HZ01 })).status, 403)
  assert.equal((await w.ningbo.get(`/api/parts/stock?unitId=${w.units.HZ01}`)).status, 403)
  assert.equal((await w.ningbo.get('/api/parts/stock')).body.items.find((i: { partId: string }) => i.partId === part).onHand, 0)
  assert.equal((await w.zhaoxiu.post('/api/parts/receive', { partId: part, quantity: 1 })).status, 403)
  assert.deepEqual([(await w.ningbo.get('/api/stock-moves')).body.items.length, (await w.kuguan.get('/api/stock-moves')).status], [0, 200])
})

test('SP-31 SP-28 SP-29 where no part is kept a request goes on as before: neither lines, nor stock, nor limits are asked of the database', async () => {
  const bare = await workshop()
  const id = await requestAt(bare, 'quote'), other = await requestAt(bare, 'quote')
  await act(bare, other, { fields: { quotedAmount: '1' } })
  const asked: string[] = []
  const original = bare.app.runtime.pool.connect.bind(bare.app.runtime.pool)
  Object.assign(bare.app.runtime.pool, {
    connect: async () => {
      const client = await original()
      const query = client.query.bind(client) as (...a: unknown[]) => unknown
      Object.assign(client, { query: (...a: unknown[]) => { asked.push(typeof a[0] === 'string' ? a[0] : String((a[0] as { text?: string }).text)); return query(...a) } })
      return client
    },
  })
  assert.equal((await act(bare, id, { fields: { quotedAmount: '1' } })).status, 200)
  assert.ok(asked.some(q => q.includes('update process_step')), 'the statements were seen')
  assert.deepEqual(asked.filter(q => /part_line|part_stock|stock_move|law_rule|select 1 from estimate/.test(q)), [])
})
