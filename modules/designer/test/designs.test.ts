import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { defineEntity, defineModule, f, storeNew } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import { begin, deploy, prepareStart, processModule } from '@quancheng/process'
import designer from '../index.ts'

const Ticket = defineEntity('ticket', {
  label: ['工单', 'Ticket'],
  fields: { title: f.text(['标题', 'Title'], { required: true }), stage: f.text(['阶段', 'Stage'], { readOnly: true }), amount: f.money(['金额', 'Amount']), unitId: f.ref(['单位', 'Unit'], () => 'unit') },
  scope: { unit: 'unitId' }, display: ['title'], list: ['title', 'stage'],
})
const tickets = defineModule({ name: 'tickets', label: ['工单', 'Tickets'], entities: [Ticket] })
const app = await testApp({ modules: [processModule, tickets, designer], clock: '2026-11-23T01:00:00Z' })
const all = (...codes: string[]) => Object.fromEntries(codes.map(c => [c, ['all']]))
const lin = await app.person({ username: 'lin', name: '林工', roles: [{ code: 'designer', grants: all('process:read', 'process:deploy') }] })
const wu = await app.person({ username: 'wu', name: '吴工', roles: [{ code: 'designer', grants: {} }] })
const reader = await app.person({ username: 'reader', name: '小读', roles: [{ code: 'reader', grants: all('process:read') }] })
const nobody = await app.person({ username: 'nobody', name: '外人', roles: [{ code: 'nobody', grants: {} }] })
const at = (key: string, more = ''): string => `/api/process-designs/${key}${more}`

/** A process with a bit of everything, on no record. */
const SAMPLE = readFileSync(new URL('./sample.bpmn', import.meta.url), 'utf8')

const make = async (key: string, from: { template?: string; xml?: string } = {}): Promise<{ xml: string; version: number }> => {
  const made = await lin.post('/api/process-designs', { key, name: `流程 ${key}`, ...from })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  return made.body
}
const save = (key: string, xml: string, seen: number, who = lin) => who.call('PUT', at(key, '/draft'), { xml, seen })
const publish = (key: string, o: { seen: number; over: number; note?: string }, who = lin) => who.post(at(key, '/publish'), o)

test('a process begins as a draft from a template or a file, is published as version 1, and the draft is gone', async () => {
  assert.match((await make('complaints', { template: 'complaint' })).xml, /name="流程 complaints"/)
  const made = await make('leave', { xml: SAMPLE })
  assert.match(made.xml, /name="流程 leave"/)
  const open = (await lin.get(at('leave'))).body
  assert.deepEqual([open.version, open.draft.version, open.draft.byName, open.running], [null, 1, '林工', 0])
  const published = await publish('leave', { seen: 1, over: 0, note: '首次发布' })
  assert.deepEqual([published.status, published.body.version], [200, 1], JSON.stringify(published.body))
  const { items, draft } = (await reader.get(at('leave', '/versions'))).body
  assert.equal(draft, null)
  assert.deepEqual(items.map((v: Record<string, unknown>) => [v.version, v.byName, v.note, v.running, v.at]), [[1, '林工', '首次发布', 0, '2026-11-23T01:00:00.000Z']])
})

test('two people draw at once: whoever saves second is told by whom and when, and nothing is overwritten', async () => {
  const { xml } = await make('shared')
  app.clock!.set('2026-11-23T01:03:00Z')
  assert.equal((await save('shared', xml.replace('第一步', '吴的一步'), 1, wu)).status, 200)
  const late = await save('shared', xml.replace('第一步', '林的一步'), 1)
  assert.deepEqual([late.status, late.body.code, late.body.details.name, late.body.details.version, late.body.details.at], [409, 'DRAFT_CHANGED', '吴工', 2, '2026-11-23T01:03:00.000Z'])
  assert.match((await lin.get(at('shared'))).body.xml, /吴的一步/)
  assert.equal((await publish('shared', { seen: 1, over: 0 })).body.code, 'DRAFT_CHANGED')
  // having seen it, one may go on
  assert.equal((await save('shared', xml.replace('第一步', '两人的一步'), 2)).body.version, 3)
})

test('the check tells every problem with its element, and what is wrong is neither published nor lost', async () => {
  const { xml } = await make('wrong', { xml: SAMPLE })
  const bad = xml.replace('days &gt; 3', 'days &gt;').replace('<bpmn:extensionElements>', '<bpmn:extensionElements><qc:outcome id="x" label="X" target="nowhere" />').replace('qc:role="stationManager"', 'qc:role="nobody-has-it"')
  const checked = (await lin.post(at('wrong', '/check'), { xml: bad })).body
  assert.deepEqual(checked.problems.map((p: Record<string, unknown>) => [p.elementId, p.code]).toSorted(), [['apply', 'OUTCOME_TARGET'], ['long-hr', 'FEEL_SYNTAX']])
  const warned = (await lin.post(at('wrong', '/check'), { xml: xml.replace('qc:role="stationManager"', 'qc:role="nobody-has-it"') })).body
  assert.ok(warned.warnings.some((w: Record<string, unknown>) => w.code === 'ROLE_UNKNOWN' && w.elementId === 'lane-manager'), JSON.stringify(warned))
  assert.equal((await save('wrong', bad, 1)).status, 200, 'a draft may be wrong for a while')
  const refused = await publish('wrong', { seen: 2, over: 0 })
  assert.deepEqual([refused.status, refused.body.code, refused.body.details.problems.length], [422, 'PROCESS_INVALID', 2])
  assert.equal((await lin.get(at('wrong'))).body.draft.version, 2)
  assert.equal((await save('wrong', 'nothing of BPMN', 2)).body.code, 'PROCESS_INVALID')
})

test('a new version is for new cases: running ones stay on theirs, and the list counts them', async () => {
  const bound = (await make('ticket-way')).xml.replace('<bpmn:laneSet', '<bpmn:extensionElements><qc:binding entity="ticket" stageField="stage" /></bpmn:extensionElements><bpmn:laneSet')
  await save('ticket-way', bound, 1)
  assert.equal((await publish('ticket-way', { seen: 2, over: 0 })).status, 200)
  await app.system(async ctx => {
    const [unit] = await ctx.query<{ id: string }>('select id from unit where tenant_id = $1 limit 1', [ctx.tenant.id])
    const p = await prepareStart(ctx, 'ticket-way')
    const record = await storeNew(ctx, ctx.entities.get('ticket'), { title: '一号', unitId: unit!.id, stage: p.stage })
    await begin(ctx, p, { entity: 'ticket', record, unitId: unit!.id, label: '一号' })
  })
  assert.equal((await save('ticket-way', bound.replace('第一步', '新的一步'), 0)).body.basedOn, 1)
  assert.equal((await lin.get(at('ticket-way'))).body.running, 1)
  assert.equal((await publish('ticket-way', { seen: 1, over: 1, note: '改名' })).body.version, 2)
  assert.deepEqual((await lin.get(at('ticket-way', '/versions'))).body.items.map((v: Record<string, unknown>) => [v.version, v.running, v.note]), [[2, 0, '改名'], [1, 1, null]])
})

test('an old version comes back as a draft, and becomes a new version, not the old one', async () => {
  await make('again')
  await publish('again', { seen: 1, over: 0 })
  const first = (await lin.get(at('again'))).body.xml as string
  await save('again', first.replace('第一步', '第二版的一步'), 0)
  await publish('again', { seen: 1, over: 1 })
  const restored = await lin.post(at('again', '/restore'), { version: 1, seen: 0 })
  assert.deepEqual([restored.status, restored.body.version, restored.body.basedOn], [200, 1, 2])
  assert.equal((await lin.get(at('again'))).body.xml, first)
  assert.equal((await publish('again', { seen: 1, over: 2, note: '退回第一版' })).body.version, 3)
  // the very same text again is no version of its own
  await save('again', first, 0)
  assert.equal((await publish('again', { seen: 1, over: 3 })).body.code, 'NOTHING_TO_PUBLISH')
})

test('who publishes has seen what is published: a version that came in between is told first', async () => {
  await make('between')
  await publish('between', { seen: 1, over: 0 })
  const { xml } = (await lin.get(at('between'))).body
  await save('between', xml.replace('第一步', '我的一步'), 0)
  await wu.post('/api/processes/between/deploy', { xml: xml.replace('第一步', '别人的一步') })
  const late = await publish('between', { seen: 1, over: 1 })
  assert.deepEqual([late.status, late.body.code, late.body.details.version], [409, 'PUBLISHED_MEANWHILE', 2])
  assert.equal((await publish('between', { seen: 1, over: 2 })).body.version, 3)
})

test('the difference of two versions is told in Chinese, element by element', async () => {
  await make('compare', { xml: SAMPLE })
  await publish('compare', { seen: 1, over: 0 })
  const { xml } = (await lin.get(at('compare'))).body
  await save('compare', xml.replace('<qc:item id="cover"', '<qc:item id="phone" label="留下联系电话" required="true" /><qc:item id="cover"').replace('days &gt; 3', 'days &gt; 5').replace('minutes="60"', 'minutes="30"'), 0)
  const { changes, moved } = (await reader.get(at('compare', '/difference?from=1&to=draft'))).body
  assert.deepEqual(moved, [])
  assert.deepEqual(changes.map((c: Record<string, unknown>) => [c.what, c.kind, c.name]), [['changed', '环节', '填写请假单'], ['changed', '环节', '上级审批'], ['changed', '连线', '超过']])
  assert.deepEqual(changes.flatMap((c: { details: unknown[] }) => c.details), [
    { text: '时间标准：分钟数', before: '60', after: '30' }, { text: '增加必做事项“留下联系电话”', before: null, after: '必做' }, { text: '条件', before: 'days > 3', after: 'days > 5' },
  ])
})

test('a file from elsewhere comes without a drawing and gets one; a process that exists is not made twice; the file goes out again', async () => {
  const xml = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x"><process id="p" name="外来" isExecutable="true"><startEvent id="s"/><userTask id="t" name="办"/><endEvent id="e"/><sequenceFlow id="a" sourceRef="s" targetRef="t"/><sequenceFlow id="b" sourceRef="t" targetRef="e"/></process></definitions>'
  const made = await lin.post('/api/process-designs', { key: 'foreign', name: '外来', xml })
  assert.equal(made.status, 201)
  for (const id of ['s', 't', 'e', 'a', 'b']) assert.match(made.body.xml, new RegExp(`bpmnElement="${id}"`))
  assert.equal((await lin.post(at('foreign', '/check'), { xml: made.body.xml })).body.problems.length, 0)
  assert.deepEqual([(await lin.post('/api/process-designs', { key: 'foreign', name: '又一个' })).body.code, (await lin.post('/api/process-designs', { key: 'Bad Key', name: 'x' })).status], ['DESIGN_EXISTS', 400])
  const file = await reader.get(at('foreign', '/file?version=draft'))
  assert.match(String(file.headers['content-disposition']), new RegExp(encodeURIComponent('外来-草稿.bpmn')))
  assert.equal(file.body, made.body.xml)
})

test('whoever may only read sees designs, versions and handbook, and changes nothing; whoever may not, sees nothing', async () => {
  assert.ok((await reader.get('/api/process-designs')).body.items.length > 3)
  assert.deepEqual((await reader.get('/api/process-templates')).body.items.length, 15)
  for (const [method, url, body] of [['POST', '/api/process-designs', { key: 'mine', name: 'x' }], ['PUT', at('leave', '/draft'), { xml: '<x/>', seen: 0 }], ['POST', at('leave', '/publish'), { seen: 0, over: 1 }], ['POST', at('leave', '/restore'), { version: 1, seen: 0 }], ['DELETE', at('leave', '/draft?seen=0'), undefined]] as const) {
    assert.equal((await reader.call(method, url, body)).status, 403, `${method} ${url}`)
  }
  for (const url of ['/api/process-designs', at('leave'), at('leave', '/versions'), at('leave', '/manual'), at('leave', '/file'), '/api/process-catalogue']) assert.equal((await nobody.get(url)).status, 403, url)
  assert.equal((await reader.get(at('no-such'))).status, 404)
})

test('the handbook tells each step: who, how long, what to fill in and tick, what to say, and where each outcome leads', async () => {
  const m = (await reader.get(at('leave', '/manual?version=1'))).body
  assert.deepEqual(m.steps.map((s: { name: string }) => s.name), ['填写请假单', '上级审批', '修改请假单', '销假', '人事审批'])
  const approve = m.steps[1]
  assert.deepEqual(approve.items, [{ label: '已安排代班', required: true, only: '同意' }])
  assert.deepEqual(approve.outcomes.map((o: { label: string; leads: Array<{ when: string | null; to: string }> }) => [o.label, o.leads.map(l => [l.when, l.to])]), [
    ['同意', [['不超过', '销假'], ['超过：days > 3', '人事审批']]], ['退回修改', [[null, '修改请假单']]], ['驳回', [[null, '已驳回']]],
  ])
  assert.deepEqual([approve.standard.minutes, approve.standard.clock, m.steps[2].assign], [450, 'business', '上次办理“填写请假单”的人'])
})

test('the panel’s catalogue has the posts, the objects with their fields, and what the engine executes', async () => {
  const c = (await reader.get('/api/process-catalogue')).body
  assert.ok(c.roles.some((r: { code: string }) => r.code === 'designer'))
  const ticket = c.entities.find((e: { name: string }) => e.name === 'ticket')
  assert.deepEqual(ticket.fields.map((x: { name: string }) => x.name), ['title', 'stage', 'amount', 'unitId'])
  assert.ok(c.executed.includes('userTask'))
})

test('what a person has published, the program does not replace with its own when it starts again', async () => {
  const shipped = (await make('shipped')).xml.replace('流程 shipped', '出厂的')
  await lin.call('DELETE', at('shipped', '/draft?seen=1'))
  assert.deepEqual(await app.system(async ctx => { const d = await deploy(ctx, 'shipped', shipped); return [d.version, d.changed] }), [1, true])
  await save('shipped', shipped.replace('第一步', '我们的一步'), 0)
  assert.equal((await publish('shipped', { seen: 1, over: 1 })).body.version, 2)
  assert.deepEqual(await app.system(async ctx => { const d = await deploy(ctx, 'shipped', shipped); return [d.version, d.changed] }), [2, false])
})
