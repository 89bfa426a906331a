import assert from 'node:assert/strict'
import { test } from 'node:test'
import { registerOrderLines, type OrderLine } from '@quancheng/paper'
import { readPdf } from '@quancheng/paper/testing'
import { station } from './station.ts'
import { at, doStage, openTask, register, wall } from './walk.ts'

const s = await station()
const lines = new Map<string, OrderLine[]>()
registerOrderLines(s.app.runtime, 'serviceRequest', async (_ctx, id) => lines.get(id) ?? [])
const order = (id: string, who = s.lijie, query = '') => who.get(`/api/service-requests/${id}/order.pdf${query}`)

/** Brings a request to 待取机, an hour a stage, from nine in the morning. */
async function repaired(serialNo: string): Promise<{ id: string; number: string; times: Array<[name: string, from: string, to: string]> }> {
  at(s, '2026-11-23 09:00:00')
  const request = await register(s, { serialNo }), times: Array<[string, string, string]> = []
  for (;;) {
    const task = await openTask(s, request.id)
    if (task.nodeId === 'pickup') return { ...request, times }
    const from = wall(s.app.clock!.now)
    s.app.clock!.advance(60)
    times.push([task.name, from, wall(s.app.clock!.now)])
    await doStage(s, request.id)
  }
}

test('SP-13 the repair order is a PDF whose text has number, serial number, five activities with their times, the parts, and ¥320.00 = Σ lines', async () => {
  const { id, number, times } = await repaired('PF1ABCD')
  lines.set(id, [{ name: '主板 X1', qty: '1', unit: '块', unitPrice: '200.00', amount: '200.00' }, { name: '导热膏', qty: '2', unit: '支', unitPrice: '20.25', amount: '40.50' }, { name: '维修工时费', qty: '1', unitPrice: '79.50', amount: '79.50' }])
  const r = await order(id, s.lijie, '?origin=https://fuwu.example.cn')
  assert.deepEqual([r.status, r.headers['content-type']], [200, 'application/pdf'], r.raw.toString('latin1').slice(0, 200))
  assert.ok(String(r.headers['content-disposition']).includes(encodeURIComponent(`维修单-${number}`)))
  assert.equal(r.raw.subarray(0, 5).toString('latin1'), '%PDF-')
  const { text, pages } = readPdf(r.raw)
  for (const part of [number, 'PF1ABCD', '张三', 'X1', '开不了机', '主板短路', '更换主板', '杭州一站', '主企业', '客户签字', '维修工程师', '合计 ¥320.00']) assert.ok(text.includes(part), `${part}\n${text}`)
  // working minutes: 维修 from 12:00 and 质检 from 13:00 have the lunch hour in them
  assert.deepEqual(times.map(t => t[0]), ['接待', '检验', '报价', '维修', '质检'])
  for (const [i, [name, from, to]] of times.entries()) assert.ok(text.includes(`${[name, ['李接', '王检', '李接', '赵修', '钱质'][i], from, to, [60, 60, 60, 0, 30][i]].join('\n')}\n`), `${name}\n${text}`)
  for (const l of lines.get(id)!) assert.ok(text.includes(`${l.name}\n${l.qty} ${l.unit ?? ''}`.trimEnd()) && text.includes(`${l.unitPrice}\n${l.amount}`), `${l.name}\n${text}`)
  assert.equal(pages, 1)
})

test('SP-13 where nobody keeps lines, the quoted amount is the one line and the total', async () => {
  const { id } = await repaired('PF2ABCD')
  const { text } = readPdf((await order(id)).raw)
  assert.match(text, /维修费（按报价）\n1\n320\.00\n320\.00\n合计 ¥320\.00/)
})

test('SP-13 a long order goes on to further pages, the foot counts them, nothing is lost', async () => {
  const { id } = await repaired('PF3ABCD')
  lines.set(id, Array.from({ length: 80 }, (_, i) => ({ name: `螺丝 M${i + 1}`, qty: '1', unitPrice: '0.10', amount: '0.10' })))
  const { text, pages } = readPdf((await order(id)).raw)
  assert.equal(pages, 3)
  assert.ok(text.includes('螺丝 M1\n') && text.includes('螺丝 M80\n') && text.includes('合计 ¥8.00') && text.includes('第 3 页，共 3 页'))
  assert.equal(text.match(/^项目$/gm)?.length, 3, 'the head of the table stands on every page')
})

test('SP-13 the order is for who works at the counter of that station; a masked field stays masked; a name with control characters draws nothing odd', async () => {
  const { id } = await repaired('PF4ABCD')
  assert.equal((await order(id, s.zhaoxiu)).status, 403)
  assert.equal((await order(id, s.app.anonymous)).status, 401)
  const clerk = await s.app.person({ username: 'yinye', unitId: s.units.HZ01, roles: [{ code: 'yinye', grants: { 'serviceRequest:read': ['unit'], 'serviceRequest:print': ['unit'] }, fields: { 'serviceRequest.phone': 'mask' } }] })
  await s.app.owner.query("update service_request set customer_name = $2 where id = $1", [id, '张\u001b[31m三\u0007'])
  const { text } = readPdf((await order(id, clerk)).raw)
  assert.ok(text.includes('138****0001') && !text.includes('13800000001') && text.includes('张[31m三'), text)
  const other = await s.app.person({ username: 'qita', unitId: s.units.NB02, roles: [{ code: 'yinye', grants: {} }] })
  assert.equal((await order(id, other)).status, 404)
  assert.equal((await s.lijie.get('/api/service-requests/not-an-id/order.pdf')).status, 400)
})
