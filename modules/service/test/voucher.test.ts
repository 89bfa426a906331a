import assert from 'node:assert/strict'
import { test } from 'node:test'
import { registerPaper } from '@quancheng/paper'
import { readEscPos } from '@quancheng/paper/testing'
import { addPrinter, settled, testPrinter } from './printer.ts'
import { station } from './station.ts'
import { at, register, take } from './walk.ts'

const s = await station({ worker: true })
const printer = await testPrinter()
const printerId = await addPrinter(s, printer)
const print = (id: string, more: Record<string, unknown> = {}, who = s.lijie) => who.post('/api/prints', { entity: 'serviceRequest', recordId: id, paper: 'voucher', ...more })
const last = () => readEscPos(printer.papers.at(-1)!)
const job = async (id: string) => (await s.lijie.get(`/api/print-jobs/${id}`)).body
const audits = async (id: string) => (await s.zhouzhan.get(`/api/service-requests/${id}/history`)).body.filter((h: { act: string }) => h.act === 'print').map((h: { note: string }) => h.note)

test('SP-12 no record, no voucher: before the phone is stored printing is refused with 409 and nothing is written', async () => {
  const { id } = await take(s, 'HZ01', {})
  const refused = await print(id)
  assert.deepEqual([refused.status, refused.body.code, refused.body.details.missing], [409, 'PAPER_NOT_READY', '客户姓名、联系电话'])
  assert.match(refused.body.message, /还不能打印取机凭证，先补全：客户姓名、联系电话/)
  assert.equal((await s.app.owner.query('select 1 from print_job')).rowCount, 0)
  assert.deepEqual(await audits(id), [])
  assert.equal((await print('00000000-0000-4000-8000-000000000000')).status, 404)
})

test('SP-12 the printer gets GB 18030 bytes with 取机凭证, a QR code and a Code 128; the second print says 补打1', async () => {
  at(s, '2026-11-23 09:10:00')
  const { id, number } = await register(s, { serialNo: 'PF1ABCD' })
  const asked = await print(id, { origin: 'https://fuwu.example.cn' })
  assert.deepEqual([asked.status, asked.body.copy, asked.body.state, asked.body.printer], [201, 0, 'waiting', '前台'], JSON.stringify(asked.body))
  await settled(s)
  assert.equal((await job(asked.body.id)).state, 'printed')
  assert.equal(printer.papers.length, 1)
  assert.ok(printer.papers[0]!.includes(Buffer.from('c8a1bbfac6bed6a4', 'hex')), '取机凭证 in GB 18030')
  const first = last(), text = first.lines.join('\n')
  for (const part of ['取机凭证', number, 'X1', 'PF1ABCD', '张三', '138****0001', '开不了机', '预计完成', '杭州一站', '李接']) assert.ok(text.includes(part), `${part}\n${text}`)
  assert.ok(!text.includes('补打') && !text.includes('13800000001'))
  assert.deepEqual([first.barcodes, first.qr.length, first.cuts], [[number], 1, 1])
  assert.match(first.qr[0]!, /^https:\/\/fuwu\.example\.cn\/p\/\w+$/)
  const again = await print(id)
  assert.equal(again.body.copy, 1)
  await settled(s)
  assert.ok(last().lines.includes('补打1'), last().lines.join('\n'))
  assert.deepEqual(await audits(id), ['取机凭证 · 补打1 · 前台', '取机凭证 · 前台'])
  const view = (await s.lijie.get(`/api/prints/of/serviceRequest/${id}`)).body
  assert.deepEqual(view.papers.map((p: { paper: string; printed: number; missing: string[] }) => [p.paper, p.printed, p.missing]), [['voucher', 2, []], ['label', 0, []], ['slip', 0, []]])
})

test('SP-12 two at once are the first and 补打1, never two firsts', async () => {
  const { id } = await register(s)
  const both = await Promise.all([print(id), print(id)])
  assert.deepEqual(both.map(r => r.body.copy).toSorted(), [0, 1])
  await settled(s)
  const key = { 'idempotency-key': 'double-click' }
  const [a, b] = await Promise.all([1, 2].map(() => s.lijie.post('/api/prints', { entity: 'serviceRequest', recordId: id, paper: 'voucher' }, key)))
  assert.deepEqual(a!.body, b!.body)
  await settled(s)
})

test('a page printed by the browser counts too: the next one from the printer is 补打1', async () => {
  const { id } = await register(s)
  const browser = await print(id, { by: 'browser' })
  assert.deepEqual([browser.body.copy, browser.body.state, browser.body.printer], [0, 'printed', null])
  assert.equal((await print(id)).body.copy, 1)
  await settled(s)
  assert.deepEqual(await audits(id), ['取机凭证 · 补打1 · 前台', '取机凭证 · 浏览器打印'])
})

test('a printer that is switched off loses nothing: the print waits, says why, and comes out when it is on again', async () => {
  const { id } = await register(s)
  await printer.switchOff()
  const asked = await print(id)
  await settled(s)
  const waiting = await job(asked.body.id)
  assert.deepEqual([waiting.state, waiting.tries, waiting.problem], ['waiting', 1, '打印机没有应答（端口不通）'])
  const before = printer.papers.length
  await printer.switchOn()
  s.app.clock!.advance(1)
  await settled(s)
  assert.deepEqual([(await job(asked.body.id)).state, (await job(asked.body.id)).problem, printer.papers.length], ['printed', null, before + 1])
})

test('after six tries it is failed and stays so until somebody sends it again, here or to another printer', async () => {
  const { id } = await register(s)
  await printer.switchOff()
  const asked = await print(id)
  await settled(s)
  for (let i = 0; i < 8; i++) { s.app.clock!.advance(40); await settled(s) }
  const failed = await job(asked.body.id)
  assert.deepEqual([failed.state, failed.tries], ['failed', 6])
  assert.equal((await s.app.owner.query("select 1 from job where kind = 'paper.print'")).rowCount, 0, 'nothing is left on the list')
  const other = await testPrinter(), otherId = await addPrinter(s, other, { name: '后台', papers: [], position: 9 })
  const again = await s.lijie.post(`/api/print-jobs/${asked.body.id}/retry`, { printerId: otherId })
  assert.equal(again.status, 200, JSON.stringify(again.body))
  await settled(s)
  assert.deepEqual([(await job(asked.body.id)).state, other.papers.length], ['printed', 1])
  assert.ok(!readEscPos(other.papers[0]!).lines.join('').includes('补打'), 'it is still the first')
  assert.equal((await s.lijie.post(`/api/print-jobs/${asked.body.id}/retry`)).body.code, 'PRINT_NOT_OPEN')
  await printer.switchOn()
})

test('a printer that gives up raises one alarm on the board of its station, however many papers, told to who asked; it closes itself when the printer prints', async () => {
  await printer.switchOff()
  const { id } = await register(s)
  for (let i = 0; i < 2; i++) await s.lijie.post('/api/prints', { entity: 'serviceRequest', recordId: id, paper: 'voucher' })
  for (let i = 0; i < 8; i++) { await settled(s); s.app.clock!.advance(30) }
  const board = async () => (await s.zhouzhan.get('/api/service/board')).body.alarms.filter((a: { kind: string }) => a.kind === 'print')
  const [alarm, ...more] = await board()
  assert.equal(more.length, 0)
  assert.match(alarm.title, /^打印机“.+”没有打出取机凭证 HZ01-\d{8}-\d{4}：/)
  assert.equal(alarm.recordId, null, 'the board opens requests, and this is none')
  const { rows: [kept] } = await s.app.owner.query('select recipient_ids, count from alarm where id = $1', [alarm.id])
  assert.deepEqual([[s.lijie.userId, s.zhouzhan.userId].every(u => kept.recipient_ids.includes(u)), kept.count >= 2], [true, true])
  await printer.switchOn()
  const [failed] = (await s.app.owner.query("select id from print_job where record_id = $1 and state = 'failed' order by id limit 1", [id])).rows
  assert.equal((await s.lijie.post(`/api/print-jobs/${failed.id}/retry`)).status, 200)
  await settled(s)
  assert.deepEqual(await board(), [])
})

test('a paper jam in the middle is no success: it is tried again', async () => {
  const { id } = await register(s)
  printer.jam = true
  const asked = await print(id)
  await settled(s)
  assert.deepEqual([(await job(asked.body.id)).state, (await job(asked.body.id)).problem], ['waiting', '打印机中断了连接'])
  printer.jam = false
  s.app.clock!.advance(1)
  await settled(s)
  assert.equal((await job(asked.body.id)).state, 'printed')
})

test('killed between sending and marking, the same paper comes out again with the same number on it, and is marked then', async () => {
  const { id } = await register(s)
  const asked = await print(id)
  await settled(s)
  // as the process would have left it: taken by the printer, not marked, the lease on the list
  await s.app.owner.query("update print_job set state = 'waiting', printed_at = null where id = $1", [asked.body.id])
  await s.app.owner.query("insert into job (tenant_id, id, kind, key, due_at, payload, created_at) values ($1, gen_random_uuid(), 'paper.print', $2, $3, $4, $3)", [s.app.tenantId, asked.body.id, new Date(s.app.clock!.now.getTime() + 40_000), JSON.stringify({ id: asked.body.id })])
  const before = printer.papers.length
  s.app.clock!.advance(1)
  await settled(s)
  assert.equal(printer.papers.length, before + 1)
  assert.deepEqual(last().lines.filter(l => !l.startsWith('打印')), readEscPos(printer.papers.at(-2)!).lines.filter(l => !l.startsWith('打印')), 'both say the same')
  assert.equal((await job(asked.body.id)).state, 'printed')
  s.app.clock!.advance(10)
  await settled(s)
  assert.equal(printer.papers.length, before + 1, 'never again after it was confirmed')
})

test('a cancelled print does not come out, and does not count', async () => {
  const { id } = await register(s)
  await printer.switchOff()
  const asked = await print(id)
  await settled(s)
  assert.equal((await s.lijie.post(`/api/print-jobs/${asked.body.id}/cancel`)).status, 200)
  await printer.switchOn()
  const before = printer.papers.length
  s.app.clock!.advance(60)
  await settled(s)
  assert.deepEqual([printer.papers.length, (await print(id)).body.copy], [before, 0])
  await settled(s)
})

test("an unknown printer, one that is off, another station's printer: 404, and nothing is printed", async () => {
  const { id } = await register(s)
  const there = await testPrinter(), thereId = await addPrinter(s, there, { unitId: s.units.NB02, name: '宁波' })
  const off = await addPrinter(s, there, { name: '旧的', off: true })
  for (const p of [thereId, off, s.units.HZ01]) assert.deepEqual([(await print(id, { printerId: p })).status, (await print(id, { printerId: p })).body.code], [404, 'NOT_FOUND'])
  const elsewhere = await register(s, { unit: 'GZ05', who: s.admin }).catch(() => null)
  assert.equal(elsewhere, null, 'the clerk of HZ01 has no business in GZ05')
  const { id: south } = await take(s, 'GZ05')
  assert.equal((await print(south)).status, 404)
  assert.equal((await s.lijie.get(`/api/prints/of/serviceRequest/${south}`)).status, 404)
  await settled(s)
  assert.equal(there.papers.length, 0)
})

test('who does not work at the counter prints nothing, and only an administrator says where printers are', async () => {
  const { id } = await register(s)
  for (const who of [s.zhaoxiu, s.wangjian, s.zuoxi]) assert.equal((await print(id, {}, who)).status, 403)
  for (const who of [s.lijie, s.zhouzhan, s.sunqu]) {
    assert.equal((await who.post('/api/printers', { unitId: s.units.HZ01, name: 'x', address: '10.0.0.1' })).status, 403)
    assert.equal((await who.patch(`/api/printers/${printerId}`, { address: '10.0.0.1' })).status, 403)
    assert.equal((await who.post(`/api/printers/${printerId}/test`)).status, 403)
  }
  assert.equal((await s.lijie.post('/api/print-jobs', { title: 'x' })).status, 405)
  await printer.switchOff()
  const asked = await print(id)
  await settled(s)
  for (const path of ['retry', 'cancel']) assert.equal((await s.zhaoxiu.post(`/api/print-jobs/${asked.body.id}/${path}`)).status, 403, path)
  assert.deepEqual([(await s.zhaoxiu.get(`/api/print-jobs/${asked.body.id}`)).status, (await job(asked.body.id)).state], [403, 'waiting'])
  await printer.switchOn()
  assert.equal((await s.lijie.post(`/api/print-jobs/${asked.body.id}/retry`)).status, 200)
  await settled(s)
  assert.ok((await s.lijie.get('/api/printers')).body.items.some((p: { id: string }) => p.id === printerId), 'the counter sees its printers')
  assert.equal((await s.admin.post(`/api/printers/${printerId}/test`)).status, 201)
  await settled(s)
  assert.ok(last().lines.includes('打印测试'))
})

test('an address is a name or an IP, the port is none of a known service, and metadata addresses are refused when connecting', async () => {
  const add = (o: Record<string, unknown>) => s.admin.post('/api/printers', { unitId: s.units.HZ01, name: 'x', address: '10.0.0.1', ...o })
  assert.deepEqual([(await add({ address: 'http://10.0.0.1' })).body.code, (await add({ address: '10.0.0.1/x' })).body.code, (await add({ port: 22 })).body.code], ['PRINTER_ADDRESS', 'PRINTER_ADDRESS', 'PRINTER_PORT'])
  const bad = (await add({ name: '云', address: '169.254.169.254' })).body.id
  const { id } = await register(s)
  const asked = await print(id, { printerId: bad })
  await settled(s)
  assert.equal((await job(asked.body.id)).problem, '这个地址不能作打印机')
  await s.lijie.post(`/api/print-jobs/${asked.body.id}/cancel`)
  await s.admin.patch(`/api/printers/${bad}`, { off: true })
})

test('SP-12 a name with printer commands in it commands nothing', async () => {
  const { id } = await register(s)
  // the API refuses what cannot be stored; what an older import left behind is cleaned on its way to the paper
  await s.app.owner.query("update service_request set customer_name = $2, fault_description = $3 where id = $1", [id, '张\u001bp\u0001三\u001dV\u0001', '黑屏\u001b@'.repeat(20)])
  await print(id)
  await settled(s)
  const paper = last()
  assert.equal(paper.cuts, 1)
  assert.ok(paper.lines.some(l => l.endsWith('张p三V')), paper.lines.join('\n'))
})

test('the label carries no full name and no telephone; a 58 mm printer gets lines of 32 columns', async () => {
  await s.admin.patch(`/api/printers/${printerId}`, { width: 'w58' })
  const { id, number } = await register(s, { serialNo: 'PF9LABEL' })
  assert.equal((await print(id, { paper: 'label' })).status, 201)
  await settled(s)
  const { lines, qr } = last(), text = lines.join('\n')
  assert.ok(text.includes('张*') && text.includes('PF9LABEL') && text.includes(number), text)
  assert.ok(!text.includes('张三') && !text.includes('138'))
  assert.deepEqual(qr, [number])
  await s.admin.patch(`/api/printers/${printerId}`, { width: 'w80' })
})

test('the door prints its slip by itself where there is a printer for it, and gives the number all the same where it is off', async () => {
  const door = await testPrinter(), doorId = await addPrinter(s, door, { name: '门口', papers: ['slip'], width: 'w58' })
  const taken = await s.app.anonymous.post('/api/public/kiosk/HZ01/take', {})
  assert.deepEqual([taken.status, taken.body.printing], [201, true])
  await settled(s)
  const slip = readEscPos(door.papers[0]!)
  assert.ok(slip.lines.includes(taken.body.number.split('-').at(-1)) && slip.lines.includes(`查询码 ${taken.body.code}`), slip.lines.join('\n'))
  assert.deepEqual(slip.qr, [], 'without a public address there is no code: nobody at the door can choose where it leads')
  await s.admin.patch(`/api/paper-settings/${(await s.admin.get('/api/paper-settings')).body.items[0].id}`, { website: 'https://fuwu.example.cn/' })
  await door.switchOff()
  const second = await s.app.anonymous.post('/api/public/kiosk/HZ01/take', {})
  assert.equal(second.status, 201)
  await door.switchOn()
  await settled(s)
  s.app.clock!.advance(1)
  await settled(s)
  assert.match(readEscPos(door.papers.at(-1)!).qr[0]!, /^https:\/\/fuwu\.example\.cn\/p\//)
  await s.admin.patch(`/api/printers/${doorId}`, { off: true })
  assert.equal((await s.app.anonymous.post('/api/public/kiosk/HZ01/take', {})).body.printing, undefined)
})

test('the words on the voucher are the administrator’s, and the page shows the same facts as the strip', async () => {
  const setting = (await s.admin.get('/api/paper-settings')).body.items[0]
  assert.equal((await s.zhouzhan.patch(`/api/paper-settings/${setting.id}`, { voucherTerms: 'x' })).status, 403)
  assert.equal((await s.admin.patch(`/api/paper-settings/${setting.id}`, { company: '衡川电子', voucherTerms: '一、凭证取机。\n二、三十日内取回。' })).status, 200)
  assert.equal((await s.admin.patch(`/api/paper-settings/${setting.id}`, { website: 'javascript:alert(1)' })).body.code, 'INVALID')
  const { id, number } = await register(s)
  await print(id)
  await settled(s)
  assert.ok(['衡川电子', '一、凭证取机。', '二、三十日内取回。'].every(l => last().lines.includes(l)), last().lines.join('\n'))
  const page = (await s.lijie.get(`/api/service-requests/${id}/paper`)).body
  assert.deepEqual([page.number, page.company, page.terms, page.copies.voucher, page.ready], [number, '衡川电子', ['一、凭证取机。', '二、三十日内取回。'], 1, true])
  for (const [label, value] of page.facts) assert.ok(last().lines.some(l => l.startsWith(label) && l.includes(value.slice(0, 8))), label)
  assert.equal((await s.zhaoxiu.get(`/api/service-requests/${id}/paper`)).status, 403)
})

test('a paper that cannot be made fails at once and plainly, and holds up no other', async () => {
  const { id } = await register(s)
  registerPaper(s.app.runtime, { paper: 'slip', entity: 'serviceRequest', missing: () => [], ticket: ctx => ctx.query('select nothing from nowhere').then(() => []) })
  await s.admin.patch(`/api/printers/${printerId}`, { papers: ['voucher', 'label', 'slip'] })
  const broken = await print(id, { paper: 'slip' }), good = await print(id)
  await settled(s)
  assert.deepEqual([(await job(broken.body.id)).state, (await job(broken.body.id)).problem, (await job(good.body.id)).state], ['failed', '单据没有做成，请联系管理员', 'printed'])
  assert.equal((await s.app.owner.query("select 1 from job where kind = 'paper.print'")).rowCount, 0)
})
