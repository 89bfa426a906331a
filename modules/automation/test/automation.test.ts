import assert from 'node:assert/strict'
import { test } from 'node:test'
import { create, update } from '@quancheng/kernel'
import { deploy } from '@quancheng/process'
import { FIRST_CALL, inTheWay, RULE, sales } from './sales.ts'

const s = await sales({ worker: true })
const idle = (): Promise<void> => s.app.worker!.idle()
const rulesOff = async (): Promise<void> => { for (const r of (await s.admin.get('/api/automation/rules')).body.items) await s.admin.post(`/api/automation/rules/${r.id}/switch`, { off: true }) }

test('AP-04 a lead created in 浙江 is a task of the sales manager within two seconds, once', async () => {
  const ruleId = await s.kept({})
  const leadId = await s.lead()
  await idle()
  const tasks = await s.inbox(s.zheng)
  assert.deepEqual(tasks.map(t => [t.title, t.name, t.entity]), [['联系新线索 澄湖能源', '待办', 'todo']])
  assert.equal(tasks[0]!.dueAt, '2026-11-23T03:30:00.000Z', 'two working hours from half past nine')
  const [job] = await s.app.system(ctx => ctx.query<{ entered_at: Date; at: Date }>("select p.entered_at, r.at from process_step p join automation_run r on r.tenant_id = p.tenant_id and r.rule_id = $1 where p.id = $2", [ruleId, tasks[0]!.id]))
  assert.ok(job!.entered_at.getTime() - job!.at.getTime() <= 2000, 'on the clock of the application: nothing on the way waits for a later round')
  const [run] = await s.runs(ruleId)
  assert.deepEqual([run!.state, run!.recordId, run!.did[0].text], ['done', leadId, '给 郑销 待办“联系新线索 澄湖能源”'])
  const done = await s.zheng.post(`/api/tasks/${tasks[0]!.id}/complete`, { outcome: 'done', comment: '已约周三拜访' })
  assert.equal(done.status, 200, done.raw.toString())
  assert.equal((await s.zheng.get(`/api/todos/${run!.did[0].recordId}`)).body.stage, 'done')
  await rulesOff()
})

test('a lead in 江苏 sets nothing off, and neither does any lead while the rule is off', async () => {
  const ruleId = await s.kept({ name: '只管浙江' })
  await s.lead({ province: '江苏' })
  await idle()
  assert.deepEqual([await s.runs(ruleId), await s.inbox(s.zheng)], [[], []])
  assert.equal((await s.admin.post(`/api/automation/rules/${ruleId}/switch`, { off: true })).body.off, true)
  await s.lead()
  await idle()
  assert.deepEqual([await s.runs(ruleId), await s.inbox(s.zheng)], [[], []])
  assert.equal((await s.admin.remove(`/api/automation/rules/${ruleId}`)).status, 200, 'what never ran may go')
})

test('what was true when it happened counts, not what the record has become since', async () => {
  const ruleId = await s.kept({ name: '新建时在江苏', tests: [{ field: 'province', op: 'eq', value: '江苏' }], actions: [{ do: 'notice', to: { by: 'role', role: 'salesManager' }, text: '{名称} 在 {省份}' }] })
  const { id } = await s.app.system(async ctx => {
    const row = await create(ctx, ctx.entities.get('lead'), { name: '迁走的', province: '江苏' })
    return update(ctx, ctx.entities.get('lead'), row.id as string, { province: '浙江' })
  })
  await idle()
  assert.deepEqual((await s.runs(ruleId)).map(r => [r.recordId, r.state]), [[id, 'done']])
  const notices = (await s.zheng.get('/api/alarms')).body.items.filter((a: { kind: string }) => a.kind === 'notice')
  assert.equal(notices.length, 1)
  assert.equal((await s.li.post(`/api/notices/${notices[0].id}/close`)).body.code, 'NOTICE_UNKNOWN', 'it is somebody else’s')
  assert.equal((await s.zheng.post(`/api/notices/${notices[0].id}/close`)).status, 200)
  await rulesOff()
})

test('a rule changes fields through the write pipeline, under its own name, and only when one of its fields was touched', async () => {
  const ruleId = await s.kept({ name: '大额升级', event: 'changed', fields: ['amount'], tests: [{ field: 'amount', op: 'ge', value: 50000 }], condition: '原值.金额 = null or 原值.金额 < 50000', actions: [{ do: 'change', fields: [{ field: 'level', value: '"重点" + 省份' }, { field: 'amount', value: 'amount + 0.5' }] }] })
  const id = await s.lead()
  await s.li.patch(`/api/leads/${id}`, { name: '澄湖' })
  await idle()
  assert.deepEqual(await s.runs(ruleId), [])
  await s.li.patch(`/api/leads/${id}`, { amount: '50000' })
  await idle()
  const row = (await s.li.get(`/api/leads/${id}`)).body
  assert.deepEqual([row.level, row.amount, row.version], ['重点浙江', '50000.50', 4], 'and once: its own write does not meet the condition again')
  const last = await s.app.system(ctx => ctx.query<{ reason: string; actor_id: string | null }>("select reason, actor_id from audit where entity = 'lead' and record_id = $1 order by seq desc limit 1", [id]))
  assert.deepEqual(last, [{ reason: '自动化规则：大额升级', actor_id: null }])
  await rulesOff()
})

test('two rules that set each other off are stopped, in the log and with an alarm for whoever wrote them', async () => {
  const up = await s.kept({ name: '甲', event: 'changed', tests: [], actions: [{ do: 'change', fields: [{ field: 'rounds', value: 'rounds + 1' }] }] })
  const id = await s.lead()
  await s.li.patch(`/api/leads/${id}`, { level: 'A' })
  await idle()
  assert.equal((await s.li.get(`/api/leads/${id}`)).body.rounds, 1)
  assert.deepEqual((await s.runs(up)).map(r => [r.state, r.error]).toReversed(), [['done', null], ['stopped', '规则循环：甲 → 甲']])
  const alarms = (await s.admin.get('/api/alarms')).body.items.filter((a: { kind: string }) => a.kind === 'automation')
  assert.deepEqual(alarms.map((a: { title: string; ownerId: string }) => [a.title, a.ownerId]), [['自动化规则“甲”被制止：规则循环：甲 → 甲', s.admin.userId]])
  await rulesOff()
})

test('a chain of different rules is carried on five deep and no further', async () => {
  for (let i = 0; i < 8; i++) await s.kept({ name: `第 ${i} 环`, event: 'changed', fields: ['level'], tests: [{ field: 'level', op: 'eq', value: `L${i}` }], actions: [{ do: 'change', fields: [{ field: 'level', value: `"L${i + 1}"` }] }] })
  const id = await s.lead()
  await s.li.patch(`/api/leads/${id}`, { level: 'L0' })
  await idle()
  assert.equal((await s.li.get(`/api/leads/${id}`)).body.level, 'L5')
  assert.deepEqual((await s.runs()).filter(r => r.recordId === id && r.state === 'stopped').map(r => [r.ruleName, r.error.startsWith('规则一环扣一环超过 5 层')]), [['第 5 环', true]])
  await rulesOff()
})

test('an action that fails is tried again with back-off, undoes what came before it, and is in the log until a person retries it', async () => {
  const ruleId = await s.kept({ name: '会失败', actions: [{ do: 'todo', to: { by: 'role', role: 'salesManager' }, title: '先做这个', minutes: 60 }, { do: 'change', fields: [{ field: 'level', value: '"B"' }] }] })
  const other = await s.kept({ name: '照常', actions: [{ do: 'todo', to: { by: 'role', role: 'salesManager' }, title: '别的规则照常', minutes: 60 }] })
  inTheWay.write = ctx => { if (ctx.reason?.includes('会失败')) throw new Error('外面的系统没有回答') }
  const id = await s.lead()
  await idle()
  for (let tried = 1; tried < 5; tried++) {
    assert.deepEqual((await s.runs(ruleId)).map(r => [r.state, r.attempts]), [['waiting', tried]])
    s.app.clock!.advance(10)
    await idle()
  }
  const [failed] = await s.runs(ruleId)
  assert.deepEqual([failed!.state, failed!.attempts, failed!.error], ['failed', 5, '外面的系统没有回答'])
  assert.deepEqual((await s.inbox(s.zheng)).map(t => t.title), ['别的规则照常'], 'all of a run or nothing of it, and no other rule waits for it')
  assert.equal((await s.runs(other))[0]!.state, 'done')
  inTheWay.write = null
  assert.equal((await s.admin.post(`/api/automation/runs/${failed!.id}/retry`)).status, 200)
  await idle()
  assert.deepEqual([(await s.runs(ruleId))[0]!.state, (await s.li.get(`/api/leads/${id}`)).body.level], ['done', 'B'])
  assert.equal((await s.admin.post(`/api/automation/runs/${failed!.id}/retry`)).body.code, 'AUTOMATION_RETRY')
  await rulesOff()
})

test('a rule starts a process for the record', async () => {
  await s.app.system(ctx => deploy(ctx, 'first-call', FIRST_CALL))
  const ruleId = await s.kept({ name: '首次联系', actions: [{ do: 'start', process: 'first-call' }] })
  const id = await s.lead()
  await idle()
  assert.equal((await s.runs(ruleId))[0]!.did[0].text, '发起流程“首次联系”')
  const cases = await s.app.system(ctx => ctx.query<{ state: string }>("select state from process_instance where entity = 'lead' and record_id = $1", [id]))
  assert.deepEqual(cases, [{ state: 'active' }])
  await rulesOff()
})

test('a person gives somebody something to do by hand, about a record that they may see', async () => {
  const made = await s.li.post('/api/todos/open', { title: '回访', toId: s.li.userId, entity: 'lead', recordId: await s.lead() })
  assert.equal(made.status, 201, made.raw.toString())
  const task = (await s.li.get(`/api/tasks/${made.body.taskId}`)).body
  assert.deepEqual([task.title, task.can.complete], ['回访', true])
  assert.equal((await s.li.get(`/api/todos/${made.body.id}`)).body.about, '线索 澄湖能源')
  assert.equal((await s.zheng.get(`/api/todos/${made.body.id}`)).status, 404)
  assert.equal((await s.zheng.post('/api/todos/open', { title: '看不见的', entity: 'lead', recordId: made.body.id })).status, 403)
})

test('the list of rules says how each of them has fared', async () => {
  const items = (await s.admin.get('/api/automation/rules')).body.items as Array<Record<string, any>>
  const one = items.find(r => r.name === RULE.name)!
  assert.deepEqual([one.off, one.runs, one.failures, one.lastAt !== null], [true, 1, 0, true])
  assert.equal((await s.admin.remove(`/api/automation/rules/${one.id}`)).body.code, 'AUTOMATION_RAN')
  assert.equal((await s.li.get('/api/automation/rules')).status, 403)
})
