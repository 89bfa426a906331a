import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { importer } from '@quancheng/importer'
import { company } from './company.ts'

const c = await company({ worker: true, modules: [importer] })
const ok = (r: { status: number; body: any }, status = 200): any => { assert.equal(r.status, status, JSON.stringify(r.body)); return r.body }
const send = (url: string, text: string, who = c.admin) => who.call('POST', url, Buffer.from(`--edge\r\ncontent-disposition: form-data; name="file"; filename="export.csv"\r\ncontent-type: text/csv\r\n\r\n${text}\r\n--edge--\r\n`), { 'content-type': 'multipart/form-data; boundary=edge' })
const plans: Record<string, string> = {}
const plan = async (target: string, text: string): Promise<any> => {
  const seen = ok(await send(`/api/import/look?target=${target}`, text))
  plans[target] = ok(await c.admin.post('/api/import-plans', { name: `旧CRM ${target}`, system: '旧CRM', target, mapping: seen.mapping }), 201).id
  return seen
}
const run = (target: string, text: string, mode = 'commit') => send(`/api/import-plans/${plans[target]}/run?mode=${mode}`, text)
const deals = async (): Promise<any[]> => ok(await c.market.get('/api/opportunities?sort=name&limit=100')).items

const ACCOUNTS = 'ID,Name\nA1,澄湖能源\nA2,云岭药业\n'
const DEALS = `ID,Name,Account ID,Amount,Close Date,Stage,Probability,Assigned User,Lead Source,Lost Reason,Competitor
O1,一号单,A1,"120,000.00",2027-01-31,Proposal,45,销售甲,Web Site,,
O2,二号单,A1,80000,2026-05-12,Closed Won,100,销售甲,Call,,
O3,三号单,A2,60000,2026-06-30,Closed Lost,0,销售丙,Partner,Too Expensive,迅联科技
O4,四号单,A2,500,2027-03-01,Prospecting,,,Other,,
`

before(async () => {
  await plan('customer', ACCOUNTS)
  assert.equal(ok(await run('customer', ACCOUNTS)).created, 2)
})

test('deals of another system: the export’s columns and stages are recognised, also those that no form here fills', async () => {
  const { mapping, extra } = await plan('opportunity', DEALS)
  assert.deepEqual(extra, ['stage', 'chance', 'closedAt', 'lostReason', 'lostTo', 'source'])
  assert.deepEqual(mapping.fields.stage, { from: ['Stage'], values: { Proposal: 'quote', 'Closed Won': 'won', 'Closed Lost': 'lost', Prospecting: 'qualify' } })
  assert.deepEqual([mapping.id, mapping.fields.customerId, mapping.fields.lostTo, mapping.fields.lostReason.values], ['ID', { from: ['Account ID'], old: true }, { from: ['Competitor'] }, { 'Too Expensive': 'price' }])
})

test('a rehearsal stores no deal and begins no case', async () => {
  const r = ok(await run('opportunity', DEALS, 'check'))
  assert.deepEqual([r.created, r.failed, r.committed, (await deals()).length], [4, 0, false, 0], JSON.stringify(r))
})

test('an imported deal stands where it stood: open ones are cases at their stage, won and lost ones are closed with their days; block and history follow', async () => {
  const r = ok(await run('opportunity', DEALS))
  assert.deepEqual([r.created, r.failed], [4, 0], JSON.stringify(r))
  const all = await deals(), of = (name: string): any => all.find(d => d.name === name), full = async (name: string): Promise<any> => ok(await c.market.get(`/api/opportunities/${of(name).id}`))
  const [open, won, lost, fresh] = [await full('一号单'), await full('二号单'), await full('三号单'), await full('四号单')]
  assert.deepEqual([open.stage, open.outcome, open.chance, open.amount, open.ownerId, open.unitId, open.closedAt, open.source], ['quote', 'open', 45, '120000.00', c.jia.userId, c.units.A, null, 'Web Site'])
  assert.deepEqual([won.stage, won.outcome, won.chance, won.closedAt], ['won', 'won', 100, '2026-05-11T16:00:00.000Z'], 'the day as it begins in Hangzhou')
  assert.deepEqual([lost.stage, lost.outcome, lost.chance, lost.lostReason, lost.lostTo, lost.closedAt, lost.unitId], ['lost', 'lost', 0, 'price', '迅联科技', '2026-06-29T16:00:00.000Z', c.units.B])
  assert.deepEqual([fresh.stage, fresh.chance, fresh.ownerId], ['qualify', 10, c.admin.userId])
  const [entry] = ok(await c.market.get(`/api/opportunities/${won.id}/history`))
  assert.deepEqual([entry.act, entry.note], ['import', { system: '旧CRM', foreignId: 'O2' }])
  const cases = await c.app.system(ctx => ctx.query<{ record_id: string }>("select record_id from process_instance where tenant_id = $1 and entity = 'opportunity' and state = 'active'", [ctx.tenant.id]))
  assert.deepEqual(cases.map(x => x.record_id).toSorted(), [open.id, fresh.id].toSorted(), 'what has ended is no case')
  // from where it stands it goes on like any other
  assert.deepEqual(ok(await c.jia.get('/api/tasks')).items.filter((t: any) => t.recordId === open.id).length, 1)
  ok(await c.jia.post(`/api/opportunities/${open.id}/move`, { to: '商务谈判' }))
  assert.equal((await c.jia.post(`/api/opportunities/${won.id}/move`, { to: 'lost' })).body.code, 'DEAL_CLOSED')
})

test('the same file again: what has gone on here since keeps its stage and chance; an amount that changed over there changes here', async () => {
  const r = ok(await run('opportunity', DEALS.replace('"120,000.00"', '130000')))
  assert.deepEqual([r.created, r.updated, r.unchanged, r.failed], [0, 1, 3, 0], JSON.stringify(r))
  const d = (await deals()).find(x => x.name === '一号单')
  assert.deepEqual([d.stage, d.chance, d.amount], ['negotiate', 60, '130000.00'])
})

test('a row with an unknown stage or owner is refused by its line and field, and nothing is stored', async () => {
  const text = 'ID,Name,Account ID,Amount,Close Date,Stage,Probability,Assigned User,Lead Source,Lost Reason,Competitor\nO8,八号单,A1,很多,2027-01-31,Somewhere,45,销售甲,Web,,\nO9,九号单,A1,100,2027-01-31,Proposal,45,没有的人,Web,,\n'
  const r = await run('opportunity', text)
  assert.deepEqual([r.status, r.body.code, r.body.failed, (await deals()).length], [422, 'IMPORT_REFUSED', 2, 4])
  assert.deepEqual(r.body.errors.map((e: any) => [e.line, e.field]), [[2, '金额'], [2, '阶段'], [3, '负责人']], JSON.stringify(r.body.errors))
})

test('leads of another system: the owner of the file has it, one without goes by the rules, what had ended stays ended', async () => {
  await c.make('leadRule', { name: '浙江给板块A', position: 1, provinces: '浙江', unitId: c.units.A, method: 'turn', personIds: [c.yi.userId] })
  const text = 'ID,First Name,Last Name,Status,Phone,Lead Source,Address State,Assigned User\nL1,一,周,In Process,13900000001,Web Site,四川,销售甲\nL2,二,吴,New,13900000002,Cold Call,浙江,\nL3,三,郑,Dead,13900000003,Call,浙江,销售甲\n'
  const { mapping } = await plan('lead', text)
  assert.deepEqual([mapping.fields.name, mapping.fields.state.values], [{ from: ['First Name', 'Last Name'], join: 'name' }, { 'In Process': 'new', Dead: 'discarded' }])
  assert.equal(ok(await run('lead', text)).created, 3)
  const rows = ok(await c.market.get('/api/leads?sort=phone')).items
  assert.deepEqual(rows.map((l: any) => [l.name, l.state, l.source, l.ownerId, l.unitId]), [['周一', 'assigned', 'web', c.jia.userId, c.units.A], ['吴二', 'assigned', 'call', c.yi.userId, c.units.A], ['郑三', 'discarded', 'call', c.jia.userId, c.units.A]])
})
