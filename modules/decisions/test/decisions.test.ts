import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '@quancheng/kernel/testing'
import { decideFor, decideMany, deploy, processModule, publishedDecision, toDmnXml, type DecisionTable } from '@quancheng/process'
import decisions, { templateTable } from '../index.ts'

const app = await testApp({ modules: [processModule, decisions], clock: '2026-11-23T01:00:00Z', tenants: 2 })
const all = (...codes: string[]) => Object.fromEntries(codes.map(c => [c, ['all']]))
const lin = await app.person({ username: 'lin', name: '林工', roles: [{ code: 'keeper', grants: all('decision:read', 'decision:edit') }] })
const wu = await app.person({ username: 'wu', name: '吴工', roles: [{ code: 'keeper', grants: {} }] })
const reader = await app.person({ username: 'reader', name: '小读', roles: [{ code: 'reader', grants: all('decision:read') }] })
const nobody = await app.person({ username: 'nobody', name: '外人', roles: [{ code: 'nobody', grants: {} }] })
const stranger = await app.person({ username: 'stranger', roles: [{ code: 'keeper', grants: all('decision:read', 'decision:edit') }] }, app.tenantIds[1]!)
const at = (key: string, more = ''): string => `/api/decisions/${key}${more}`

const make = async (key: string, template: string | null = 'customer-tier', who = lin): Promise<DecisionTable> => {
  const made = await who.post('/api/decisions', { key, name: `表 ${key}`, ...(template ? { template } : {}) })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  return made.body.table
}
const save = (key: string, table: unknown, seen: number, who = lin) => who.call('PUT', at(key, '/draft'), { table, seen })
const publish = (key: string, o: { seen: number; over: number; note?: string }, who = lin) => who.post(at(key, '/publish'), o)
/** The template with another result in its first rule. */
const changed = (table: DecisionTable, to: string): DecisionTable => ({ ...table, rules: table.rules.with(0, { ...table.rules[0]!, outputs: [to] }) })

test('a table begins as a draft from a template, is tried, is published as version 1, and the draft is gone', async () => {
  const table = await make('tier')
  assert.deepEqual([table.id, table.name, table.rules.length], ['tier', '表 tier', 6])
  const tried = (await reader.post(at('tier', '/try'), { variables: { yearlySpend: '60000', years: 6 }, version: 'draft' })).body
  assert.deepEqual([tried.version, tried.value, tried.matched, tried.problems], ['draft', '钻石', ['rule-2'], []])
  assert.deepEqual(tried.inputs.map((i: { label: string; value: unknown }) => [i.label, i.value]), [['年消费额', 60000], ['合作年数', 6]])
  assert.deepEqual((await reader.post(at('tier', '/try'), { variables: {} })).body.code, 'DECISION_UNKNOWN', 'nobody decides by a draft unless they say so')
  assert.deepEqual((await publish('tier', { seen: 1, over: 0, note: ' 首次发布 ' })).body.version, 1)
  const line = (await reader.get('/api/decisions')).body.items.find((each: { key: string }) => each.key === 'tier')
  assert.deepEqual([line.name, line.version, line.draft, line.hitPolicy, line.rules, line.byName, line.note], ['表 tier', 1, null, 'UNIQUE', 6, '林工', '首次发布'])
})

test('programs decide by the newest published version at once, one by one or many together', async () => {
  const table = await make('live')
  await publish('live', { seen: 1, over: 0 })
  const rich = { yearlySpend: 300_000, years: 1 }
  assert.deepEqual(await app.system(async ctx => { const d = await decideFor(ctx, 'live', rich); return [d.version, d.value, d.matched] }), [1, '钻石', ['rule-1']])
  await save('live', changed(table, '"金卡"'), 0)
  assert.equal(await app.system(async ctx => (await decideFor(ctx, 'live', rich)).value), '钻石', 'a draft is nobody’s business yet')
  await publish('live', { seen: 1, over: 1 })
  const many = await app.system(ctx => decideMany(ctx, 'live', [rich, { yearlySpend: 100, years: 0 }, { yearlySpend: -1, years: 0 }]))
  assert.deepEqual([many.version, many.results.map(r => [r.value, r.problems.map(p => p.code)])], [2, [['金卡', []], ['普通', []], [null, ['INPUT_NOT_ALLOWED']]]])
  assert.equal(await app.system(async ctx => (await decideFor(ctx, 'live', rich, { version: 1 })).value), '钻石', 'an old version still answers')
  assert.equal((await reader.post(at('live', '/decide'), { rows: [rich, rich] })).body.results.length, 2)
  await assert.rejects(app.system(ctx => decideFor(ctx, 'no-such', {})), { code: 'DECISION_UNKNOWN' })
})

test('one decision asked again and again is read once, and several share one allowance', async () => {
  await app.system(async ctx => {
    const [a, b] = [await publishedDecision(ctx, 'live'), await publishedDecision(ctx, 'live')]
    assert.equal(a, b)
    const meter = { steps: 0 }
    a.decide({ yearlySpend: 1, years: 1 }, meter)
    const one = meter.steps
    b.decide({ yearlySpend: 1, years: 1 }, meter)
    assert.deepEqual([one > 0, meter.steps], [true, one * 2])
    assert.throws(() => a.decide({ yearlySpend: 1, years: 1 }, { steps: 1_000_000 }), { code: 'DECISION_TOO_COMPLEX' })
  })
})

test('two people write at once: whoever saves second is told by whom and when, and nothing is overwritten', async () => {
  const table = await make('shared')
  app.clock!.set('2026-11-23T01:03:00Z')
  assert.equal((await save('shared', changed(table, '"金卡"'), 1, wu)).status, 200)
  const late = await save('shared', changed(table, '"银卡"'), 1)
  assert.deepEqual([late.status, late.body.code, late.body.details.name, late.body.details.version, late.body.details.at], [409, 'DRAFT_CHANGED', '吴工', 2, '2026-11-23T01:03:00.000Z'])
  assert.equal((await lin.get(at('shared'))).body.table.rules[0].outputs[0], '"金卡"')
  assert.equal((await publish('shared', { seen: 1, over: 0 })).body.code, 'DRAFT_CHANGED')
  assert.equal((await save('shared', changed(table, '"银卡"'), 2)).body.version, 3)
})

test('problems keep a table from being published but not from being kept; overlaps and gaps only warn', async () => {
  const table = await make('wrong')
  const bad = { ...table, rules: table.rules.with(1, { ...table.rules[1]!, tests: ['>>', '-'] }) }
  const checked = (await lin.post(at('wrong', '/check'), { table: bad })).body
  assert.deepEqual(checked.problems.map((p: Record<string, unknown>) => [p.elementId, p.code]), [['rule-2', 'FEEL_SYNTAX']])
  assert.match(checked.problems[0].message, /^规则 2 的“年消费额”写错了/)
  assert.equal((await save('wrong', bad, 1)).status, 200)
  const refused = await publish('wrong', { seen: 2, over: 0 })
  assert.deepEqual([refused.status, refused.body.code, refused.body.details.problems.length], [422, 'DECISION_INVALID', 1])
  assert.equal((await lin.post(at('wrong', '/try'), { variables: {}, version: 'draft' })).body.code, 'DECISION_INVALID')
  const overlapping = { ...table, rules: table.rules.with(5, { ...table.rules[5]!, tests: ['< 8000', '-'] }).with(0, { ...table.rules[0]!, tests: ['>= 100000', '-'] }) }
  const warned = (await lin.post(at('wrong', '/check'), { table: overlapping })).body
  assert.deepEqual([warned.problems, warned.warnings.map((w: { code: string }) => w.code)], [[], ['RULE_OVERLAP', 'RULE_OVERLAP', 'RULE_GAP']])
  await save('wrong', overlapping, 2)
  assert.equal((await publish('wrong', { seen: 3, over: 0 })).body.version, 1)
})

test('versions keep who, when and why; the difference is told in Chinese; an old one comes back as a draft', async () => {
  const table = await make('history')
  await publish('history', { seen: 1, over: 0, note: '首版' })
  await save('history', changed(table, '"金卡"'), 0)
  await publish('history', { seen: 1, over: 1, note: '收紧' }, wu)
  const { items, draft } = (await reader.get(at('history', '/versions'))).body
  assert.deepEqual([draft, items.map((v: Record<string, unknown>) => [v.version, v.byName, v.note, v.rules])], [null, [[2, '吴工', '收紧', 6], [1, '林工', '首版', 6]]])
  const { changes } = (await reader.get(at('history', '/difference?from=1&to=2'))).body
  assert.deepEqual(changes, [{ what: 'changed', kind: '规则', id: 'rule-1', name: '规则 1', details: [{ text: '客户等级', before: '钻石', after: '金卡' }] }])
  assert.deepEqual([(await lin.post(at('history', '/restore'), { version: 1, seen: 0 })).body.basedOn, (await lin.get(at('history'))).body.table], [2, { ...table, name: '表 history' }])
  assert.equal((await publish('history', { seen: 1, over: 1 })).body.code, 'PUBLISHED_MEANWHILE')
  assert.equal((await publish('history', { seen: 1, over: 2 })).body.version, 3)
  await save('history', table, 0)
  assert.equal((await publish('history', { seen: 1, over: 3 })).body.code, 'NOTHING_TO_PUBLISH')
  assert.equal((await lin.remove(at('history', '/draft?seen=1'))).status, 204)
  assert.equal((await reader.get(at('history', '/difference?from=1&to=draft'))).body.code, 'DRAFT_MISSING')
})

test('a table goes out as .dmn and comes in again the same; a file with several asks which one', async () => {
  const table = await make('file')
  const file = await reader.get<string>(at('file', '/file?version=draft'))
  assert.match(String(file.headers['content-disposition']), new RegExp(encodeURIComponent('表 file-草稿.dmn')))
  const again = await lin.post('/api/decisions', { key: 'file-2', name: '表 file', xml: file.body })
  assert.deepEqual([again.status, again.body.table], [201, { ...table, id: 'file-2' }])
  const two = toDmnXml(templateTable('customer-tier')).replace('<decision id="customer-tier"', `${/<decision [\s\S]*<\/decision>/.exec(toDmnXml(templateTable('discount-approval')))![0].replaceAll('"rule-', '"second-').replaceAll('"in-', '"second-in-').replaceAll('"out-', '"second-out-')}\n  <decision id="customer-tier"`)
  const asked = await lin.post('/api/decisions', { key: 'chosen', name: '选', xml: two })
  assert.deepEqual([asked.status, asked.body.code, asked.body.details.choices], [422, 'DECISION_CHOOSE', [{ id: 'discount-approval', name: '折扣审批层级' }, { id: 'customer-tier', name: '客户分级' }]])
  assert.equal((await lin.post('/api/decisions', { key: 'chosen', name: '选', xml: two, decisionId: 'customer-tier' })).body.table.rules.length, 6)
  const replaced = await lin.post(at('file-2', '/import'), { xml: toDmnXml(templateTable('discount-approval')), seen: 1 })
  assert.deepEqual([replaced.body.version, replaced.body.table.hitPolicy, replaced.body.table.name], [2, 'FIRST', '表 file'])
})

test('what is no table is refused with a plain sentence, and nothing is stored', async () => {
  const table = await make('strict')
  const refused = async (body: object) => { const r = await save('strict', body, 1); return [r.status, r.body.code] }
  assert.deepEqual(await refused({ ...table, hitPolicy: 'BEST' }), [400, 'INVALID'])
  assert.deepEqual(await refused({ ...table, name: ' ' }), [400, 'INVALID'])
  assert.deepEqual(await refused({ ...table, rules: [{ ...table.rules[0]!, tests: ['-'] }] }), [400, 'INVALID'])
  assert.deepEqual(await refused({ ...table, inputs: [{ ...table.inputs[0]!, type: 'money' }] }), [400, 'INVALID'])
  for (const body of [{ key: 'Bad Key', name: 'x' }, { key: 'ok', name: ' ' }, { key: 'ok', name: 'x', xml: '' }]) assert.equal((await lin.post('/api/decisions', body)).status, 400)
  for (const xml of ['no xml', '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="leer" id="d"/>']) assert.deepEqual((await lin.post('/api/decisions', { key: 'ok', name: 'x', xml })).body.code, 'DECISION_INVALID')
  assert.deepEqual([(await lin.post('/api/decisions', { key: 'strict', name: 'x' })).body.code, (await lin.post('/api/decisions', { key: 'ok', name: 'x', template: 'none' })).body.code, (await save('no-such', table, 0)).body.code], ['DECISION_EXISTS', 'DECISION_TEMPLATE_UNKNOWN', 'DECISION_UNKNOWN'])
  assert.equal((await lin.get(at('strict'))).body.draft.version, 1)
  const odd = await save('strict', { ...table, rules: [{ ...table.rules[0]!, note: 'a\u0000b\ud800' }] }, 1)
  assert.deepEqual([odd.status, (await lin.get(at('strict'))).body.table.rules[0].note], [200, 'ab\ufffd'])
})

test('a process that asks the table is named as its user', async () => {
  await make('asked')
  await publish('asked', { seen: 1, over: 0 })
  await app.system(ctx => deploy(ctx, 'grading', `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:qc="urn:quancheng:bpmn:1" targetNamespace="urn:x"><process id="p" name="客户评级" isExecutable="true"><startEvent id="s"/><businessRuleTask id="t" name="定级" qc:decision="asked"/><endEvent id="e"/><sequenceFlow id="a" sourceRef="s" targetRef="t"/><sequenceFlow id="b" sourceRef="t" targetRef="e"/></process></definitions>`))
  const lines = (await reader.get('/api/decisions')).body.items as Array<{ key: string; usedBy: unknown[] }>
  assert.deepEqual(lines.filter(line => line.usedBy.length).map(line => [line.key, line.usedBy]), [['asked', [{ key: 'grading', name: '客户评级' }]]])
})

test('whoever may only read changes nothing, whoever may not sees nothing, and another company has tables of its own', async () => {
  const table = templateTable('customer-tier')
  for (const [method, url, body] of [['POST', '/api/decisions', { key: 'mine', name: 'x' }], ['PUT', at('tier', '/draft'), { table, seen: 0 }], ['POST', at('tier', '/publish'), { seen: 0, over: 1 }], ['POST', at('tier', '/restore'), { version: 1, seen: 0 }], ['POST', at('tier', '/import'), { xml: 'x', seen: 0 }], ['DELETE', at('tier', '/draft?seen=0'), undefined]] as const) assert.equal((await reader.call(method, url, body)).status, 403, `${method} ${url}`)
  for (const url of ['/api/decisions', at('tier'), at('tier', '/versions'), at('tier', '/versions/1'), at('tier', '/file'), '/api/decision-templates']) assert.equal((await nobody.get(url)).status, 403, url)
  assert.equal((await nobody.post(at('tier', '/try'), { variables: {} })).status, 403)
  assert.deepEqual((await stranger.get('/api/decisions')).body.items, [])
  for (const url of [at('tier'), at('tier', '/versions'), at('tier', '/versions/1'), at('tier', '/file')]) assert.equal((await stranger.get(url)).status, 404, url)
  assert.equal((await stranger.post(at('tier', '/try'), { variables: {} })).status, 404)
  await make('tier', 'discount-approval', stranger)
  await stranger.post(at('tier', '/publish'), { seen: 1, over: 0 })
  assert.deepEqual(await app.system(async ctx => (await decideFor(ctx, 'tier', { yearlySpend: 0, years: 0 })).value), '普通')
  assert.deepEqual(await app.system(async ctx => (await decideFor(ctx, 'tier', { discount: 3, amount: 1, tier: '普通' })).value, app.tenantIds[1]!), '免批')
})
