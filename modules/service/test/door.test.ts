import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { create } from '@quancheng/kernel'
import { deploy } from '@quancheng/process'
import { DESK_FIELDS, prefilled } from '../rules/desk-form.ts'
import { station } from './station.ts'
import { at, doStage, openTask, register, rowCounts, take, walkTo } from './walk.ts'

const s = await station({ tenants: 2 })
const model = async (name: string): Promise<string> => readFile(new URL(`../processes/${name}`, import.meta.url), 'utf8')
const line = async (code: string, name: string, processKey: string): Promise<string> => s.app.system(async ctx => (await create(ctx, ctx.entities.get('productLine'), { code, name, processKey })).id)

test('SP-01 the number given at the door of HZ01 at 09:02:10 is HZ01-20261123-0001 and its time can never be changed', async () => {
  at(s, '2026-11-23 09:02:10')
  const first = await take(s)
  assert.equal(first.number, 'HZ01-20261123-0001')
  assert.equal(first.startedAt, '2026-11-23T01:02:10.000Z')
  for (const who of [s.lijie, s.zhouzhan, s.admin]) {
    const changed = await who.patch(`/api/service-requests/${first.id}`, { startedAt: '2026-11-23T00:00:00Z' })
    assert.deepEqual([changed.status, changed.body.code], [405, 'FIELD_READ_ONLY'])
  }
  for (const [field, value] of [['number', 'HZ01-20261123-0009'], ['unitId', s.units.NB02], ['source', 'desk'], ['trackCode', '0000'], ['endedAt', '2026-11-23T00:00:00Z']]) {
    assert.equal((await s.zhouzhan.patch(`/api/service-requests/${first.id}`, { [field!]: value })).status, 405, field)
  }
  assert.equal((await s.zhouzhan.get(`/api/service-requests/${first.id}`)).body.startedAt, '2026-11-23T01:02:10.000Z')
})

test('SP-01 eight people take a number at once: 0002 to 0009, no gap and none twice', async () => {
  const numbers = (await Promise.all(Array.from({ length: 8 }, () => take(s)))).map(t => t.number)
  assert.deepEqual(numbers.toSorted(), [2, 3, 4, 5, 6, 7, 8, 9].map(n => `HZ01-20261123-000${n}`))
})

test('SP-01 a refused taking uses up no number, each station counts for itself, and the next day begins at 0001', async () => {
  assert.equal((await s.lijie.post('/api/service-requests/take-number', { unitId: s.units.HZ01, productLineId: s.units.HZ01 })).body.code, 'REF_NOT_FOUND')
  assert.equal((await take(s)).number, 'HZ01-20261123-0010')
  assert.equal((await take(s, 'nb02')).number, 'NB02-20261123-0001')
  at(s, '2026-11-24 00:00:01')
  assert.equal((await take(s)).number, 'HZ01-20261124-0001')
  at(s, '2026-11-23 09:10:00')
})

test('the kiosk tells plainly what is wrong: a phone number, a station that is none, one that is not there', async () => {
  const before = await rowCounts(s)
  const wrong = await s.app.anonymous.post('/api/public/kiosk/HZ01/take', { phone: '138000000' })
  assert.deepEqual([wrong.status, wrong.body.code, wrong.body.details.fields[0].field], [400, 'INVALID', 'phone'])
  assert.equal(wrong.body.details.fields[0].message, '电话号码不对，手机应为 11 位，座机请带区号')
  assert.deepEqual([(await s.app.anonymous.post('/api/public/kiosk/HQ/take')).body.code, (await s.app.anonymous.post('/api/public/kiosk/XX99/take')).body.code], ['NOT_A_STATION', 'STATION_UNKNOWN'])
  assert.deepEqual(await rowCounts(s), before)
  const screen = await s.app.anonymous.get('/api/public/kiosk/HZ01')
  assert.deepEqual([screen.body.unit.name, screen.body.productLines[0].name, screen.body.waiting], ['杭州一站', '笔记本', 11])
})

test('the same idempotency key twice gives one number and one request', async () => {
  const key = { 'idempotency-key': 'tap-1' }
  const before = await rowCounts(s)
  const [a, b] = await Promise.all([1, 2].map(() => s.lijie.post('/api/service-requests/take-number', { unitId: s.units.HZ01 }, key)))
  assert.deepEqual([a!.status, b!.status], [201, 201])
  assert.deepEqual(a!.body, b!.body)
  assert.equal((await rowCounts(s)).service_request, before.service_request! + 1)
  assert.equal((await s.lijie.post('/api/service-requests/take-number', { unitId: s.units.HZ01, phone: '13900000000' }, key)).body.code, 'IDEMPOTENCY_REUSED')
})

test('a clerk takes numbers for their own station only, and an inspector for none', async () => {
  assert.equal((await s.lijie.post('/api/service-requests/take-number', { unitId: s.units.NB02 })).status, 403)
  assert.equal((await s.wangjian.post('/api/service-requests/take-number', { unitId: s.units.HZ01 })).status, 403)
})

test('SP-02 a notebook goes through eight states, its way is shown before it is gone', async () => {
  const { id } = await register(s)
  const course = (await s.zhouzhan.get(`/api/cases/serviceRequest/${id}`)).body
  assert.deepEqual(course.planned.map((p: { name: string }) => p.name), ['待接待', '接待', '检验', '报价', '维修', '质检', '待取机', '已取机'])
  assert.deepEqual([course.process.key, course.current, course.done], ['repair', ['reception'], ['waiting']])
})

test('SP-02 配件销售 has no 报价: 检验 leads straight to 维修', async () => {
  const parts = await line('PJ', '配件销售', 'parts-sale')
  const { id } = await take(s, 'HZ01', { productLineId: parts })
  await register(s, { id })
  await walkTo(s, id, 'inspect')
  assert.equal((await doStage(s, id, { to: '维修' })).stage, '维修')
  assert.equal((await s.zhouzhan.get(`/api/service-requests/${id}`)).body.stage, 'repair')
})

test('SP-02 an old request stays on its version of the process when a new one is published', async () => {
  const old = await register(s)
  const changed = (await model('repair.bpmn')).replace('id="appearance" label="外观检查"', 'id="appearance" label="外观检查（拍照）"')
  const deployed = await s.wuzong.post('/api/processes/repair/deploy', { xml: changed })
  assert.deepEqual([deployed.status, deployed.body.version, deployed.body.changed], [200, 2, true])
  const recent = await register(s)
  const labels = async (taskId: string) => (await s.lijie.get(`/api/tasks/${taskId}`)).body.items.map((i: { label: string }) => i.label)
  assert.equal((await labels(old.taskId))[0], '外观检查')
  assert.equal((await labels(recent.taskId))[0], '外观检查（拍照）')
  const versions = await Promise.all([old, recent].map(async r => (await s.zhouzhan.get(`/api/cases/serviceRequest/${r.id}`)).body.process.version))
  assert.deepEqual(versions, [1, 2])
  await walkTo(s, old.id, 'pickup')
  assert.equal((await doStage(s, old.id)).stage, '已取机')
  assert.equal((await s.wuzong.post('/api/processes/repair/deploy', { xml: changed })).body.changed, false, 'the same text again is no new version')
  const own = await model('repair.bpmn')
  assert.equal((await s.app.system(ctx => deploy(ctx, 'repair', own))).changed, false, 'what the program brings does not overrule what a person has published')
  assert.equal((await s.wuzong.post('/api/processes/repair/deploy', { xml: own })).body.version, 3)
})

test('a faulty model is refused with its elements, and nothing is published', async () => {
  const good = await model('repair.bpmn')
  const faults: Array<[string, string, string, RegExp]> = [
    ['name="faultCode"', 'name="faultKode"', 'inspect', /没有字段“faultKode”/],
    ['<bpmn:userTask id="quality" name="质检">', '<bpmn:userTask id="quality" name="质检" qc:stage="polish">', 'quality', /阶段“polish”/],
    ['entity="serviceRequest"', 'entity="nothing"', 'service-repair', /没有对象“nothing”/],
    ['targetRef="pickup"', 'targetRef="nowhere"', 'pass', /./],
  ]
  for (const [was, is, element, message] of faults) {
    const r = await s.wuzong.post('/api/processes/repair/deploy', { xml: good.replace(was, is) })
    assert.deepEqual([r.status, r.body.code], [422, 'PROCESS_INVALID'], is)
    const problem = r.body.details.problems.find((p: { elementId: string }) => p.elementId === element)
    assert.ok(problem, `${is}: ${JSON.stringify(r.body.details.problems)}`)
    assert.match(problem.message, message)
  }
  assert.equal((await s.zhouzhan.post('/api/processes/repair/deploy', { xml: good })).status, 403)
  const versions = await s.app.owner.query("select max(version) as v from process_definition where tenant_id = $1 and key = 'repair'", [s.app.tenantId])
  assert.equal(versions.rows[0].v, 3)
})

test('SP-27 at the second visit with the same serial number twelve of fifteen fields are filled', async () => {
  const device = { productLineId: s.lineId, model: 'X1', serialNo: 'PF1ABCD', color: '黑', purchasedOn: '2026-05-01' }
  const product = await s.app.system(async ctx => (await create(ctx, ctx.entities.get('product'), { code: 'X1', name: 'X1', productLineId: s.lineId })).id)
  const { id } = await take(s)
  const first = await s.lijie.post('/api/service/desk/register', { customer: { name: '张三', phone: '13800000001', mail: 'zs@example.cn', address: '杭州市西湖区' }, device: { ...device, productId: product }, request: { id, faultDescription: '开不了机', appearance: '划痕', accessories: '电源' } })
  assert.equal(first.status, 201, JSON.stringify(first.body))
  assert.equal(DESK_FIELDS.length, 15)
  for (const query of ['serialNo=pf1abcd', `deviceId=${first.body.request.deviceId}`]) {
    const second = await s.lijie.get(`/api/service/desk/prefill?${query}`)
    assert.equal(second.status, 200, JSON.stringify(second.body))
    assert.deepEqual([second.body.filled, second.body.total], [12, 15])
    const empty = second.body.fields.filter((f: { value: unknown }) => f.value === null).map((f: { name: string }) => f.name)
    assert.deepEqual(empty, ['faultDescription', 'appearance', 'accessories'])
    assert.equal(second.body.openRequestId, id, 'it is still here: nobody opens a second request for it')
  }
  assert.equal(prefilled({ customer: null, device: null }).filled, 0)
  assert.equal((await s.lijie.get('/api/service/desk/prefill?serialNo=NONE1')).status, 404)
  assert.equal((await s.lijie.get('/api/service/desk/prefill')).status, 400)
})

test('SP-27 registering a known device and customer types nothing again: name, phone, model and serial number come filled', async () => {
  const known = (await s.lijie.get('/api/service/desk/prefill?serialNo=PF1ABCD')).body
  const { id } = await take(s, 'HZ01', {})
  const r = await s.lijie.post('/api/service/desk/register', { customer: { id: known.customer.id }, device: { id: known.device.id }, request: { id, faultDescription: '又开不了机' } })
  assert.equal(r.status, 201, JSON.stringify(r.body))
  const { customerName, phone, model, serialNo, faultDescription } = r.body.request
  assert.deepEqual([customerName, phone, model, serialNo, faultDescription], ['张三', '13800000001', 'X1', 'PF1ABCD', '又开不了机'])
})

test('the desk finds one request by number, phone, serial number, name and pinyin', async () => {
  const { id } = await register(s, { serialNo: 'SNFIND1' })
  const { number } = (await s.zhouzhan.get(`/api/service-requests/${id}`)).body
  for (const q of [number, 'SNFIND1', '13800000001', '张三', 'zhangsan', 'zs']) {
    const r = await s.lijie.get(`/api/service/desk?q=${encodeURIComponent(q)}`)
    assert.equal(r.status, 200)
    assert.ok(r.body.requests.some((x: { id: string }) => x.id === id) || r.body.requests.length === 10, `${q}: ${JSON.stringify(r.body.requests.length)}`)
  }
  assert.deepEqual((await s.lijie.get('/api/service/desk?q=%20')).body, { customers: [], devices: [], requests: [] })
})

test('a registration with an error stores nothing at all', async () => {
  const { id } = await take(s)
  const before = await rowCounts(s)
  const device = { productLineId: s.lineId, model: 'X1', serialNo: 'PF1ABCD' }
  const tries: Array<[Record<string, unknown>, string]> = [
    [{ customer: { name: '李四', phone: '1390' }, request: { id } }, 'INVALID'],
    [{ customer: { name: '李四', phone: '13900000002' }, device, request: { id, faultDescription: '黑屏' } }, 'UNIQUE'],
    [{ customer: { name: '李四', phone: '13900000002' }, device: { ...device, serialNo: 'NEW1', productLineId: s.units.HZ01 }, request: { id } }, 'REF_NOT_FOUND'],
    [{ customer: { name: '李四', phone: '13900000002' }, request: { id, quotedAmount: '1' } }, 'FIELD_READ_ONLY'],
    [{ customer: { name: '李四', phone: '13900000002' }, request: { id, nothing: '1' } }, 'INVALID'],
    [{ customer: { name: '李四', phone: '13900000002' }, request: { id: s.units.HZ01 } }, 'REQUEST_ENDED'],
  ]
  for (const [body, code] of tries) {
    const r = await s.lijie.post('/api/service/desk/register', body)
    assert.equal(r.body.code, code, JSON.stringify(r.body))
    assert.deepEqual(await rowCounts(s), before)
  }
  assert.equal((await openTask(s, id)).nodeId, 'waiting')
})
