import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { drawn, drawnBare, drawnTwice } from './drawn.ts'
import { FORMS, office, type Name } from './office.ts'

const o = await office({
  processes: { all: drawn('mode="all" who="user:director, user:finance"'), any: drawn('mode="any" who="user:director"'), order: drawn('mode="sequence" who="user:director, user:finance"'), twice: drawnTwice('mode="any" who="user:director"', 'mode="any" who="user:finance"'), allThenOne: drawnTwice('mode="all" who="user:director, user:finance"', 'mode="any" who="user:legal"'), bare: drawnBare('mode="any" who="user:director"') },
})
beforeEach(() => { o.app.clock!.set('2026-11-23T01:00:00Z') })

async function start(key: string): Promise<{ id: string; caseId: string }> {
  const row = (await o.people.zhangsan.post('/api/leave-requests', FORMS['leave-request']!.values)).body
  const r = await o.people.zhangsan.post('/api/cases', { key, entity: 'leaveRequest', recordId: row.id })
  assert.equal(r.status, 201, r.raw.toString())
  return { id: row.id, caseId: r.body.caseId }
}
const has = async (who: Name, caseId: string) => (await o.tasks(who)).some(t => t.instanceId === caseId)
const stage = (id: string) => o.stage('leave-request', id)
const act = async (who: Name, caseId: string, verb: string, body: object) => o.people[who].post(`/api/tasks/${await o.task(who, caseId)}/${verb}`, body)
const acts = async (id: string) => (await o.history('leave-request', id)).map(h => h.act)

test('AP-02 the instance drawn: done is green, now is blue, with who and how long', async () => {
  const { caseId } = await o.apply('zhangsan', 'expense-claim', { amount: '6000' })
  o.app.clock!.advance(120)
  const first = await o.page('zhangsan', caseId)
  assert.deepEqual([first.current, first.done], [['manager'], ['apply']])
  const [, manager] = first.steps
  assert.deepEqual([manager.name, manager.state, manager.votes[0].assigneeName, manager.votes[0].minutesUsed], ['部门经理', 'active', '李四', 120])
  await o.answer('lisi', caseId, 'approve', { comment: '同意报销' })
  const then = await o.page('zhangsan', caseId)
  assert.deepEqual([then.current, then.done.toSorted()], [['director'], ['apply', 'manager']])
  const vote = then.steps[1].votes[0]
  assert.deepEqual([vote.actorName, vote.outcome, vote.comment, vote.minutesUsed, vote.lateness], ['李四', '同意', '同意报销', 120, 'ok'])
  const xml = await o.people.zhangsan.get(then.xmlUrl)
  for (const node of ['apply', 'manager', 'director', 'approved']) assert.match(String(xml.body), new RegExp(`bpmnElement="${node}"`))
})

test('AP-02 an approval that is late is told to those who have not answered', async () => {
  const { caseId } = await o.apply('zhangsan', 'expense-claim', { amount: '6000' })
  const [task] = (await o.tasks('lisi')).filter(t => t.instanceId === caseId)
  assert.equal(task!.dueAt, '2026-11-23T10:00:00.000Z')
  o.app.clock!.set('2026-11-24T02:00:00Z')
  assert.equal((await o.tasks('lisi')).find(t => t.instanceId === caseId)!.lateness, 'late')
})

test('AP-05 a delegation from 11-23 to 11-27: what waits and what is new is in the deputy’s inbox, and the log names both', async () => {
  const before = await o.apply('zhangsan', 'leave-request', {})
  const made = await o.people.lisi.post('/api/delegations/start', { toId: o.id.boss2, startsOn: '2026-11-23', endsOn: '2026-11-27', reason: '出差' })
  assert.equal(made.status, 201, made.raw.toString())
  const fresh = await o.apply('zhangsan', 'leave-request', {})
  for (const c of [before, fresh]) assert.equal(await has('boss2', c.caseId), true)
  assert.equal((await o.page('boss2', fresh.caseId)).task.forName, '李四')
  assert.equal((await o.answer('boss2', fresh.caseId, 'approve', { comment: '代批' })).status, 200)
  assert.equal(await stage(fresh.id), 'approved')
  const vote = (await o.page('zhangsan', fresh.caseId)).steps[1].votes[0]
  assert.deepEqual([vote.actorName, vote.forName], ['赵六', '李四'])
  const entry = (await o.history('leave-request', fresh.id)).find(h => h.note?.vote)!
  assert.deepEqual([entry.actor, entry.note.for, entry.note.by], ['赵六', '李四', '赵六 代 李四'])
  // only the task: the record by its address stays closed, and what 李四 may otherwise do is not the deputy's
  assert.equal((await o.people.boss2.get(`/api/leave-requests/${before.id}`)).status, 404)
  assert.equal(await has('lisi', before.caseId), true, 'the absent person may still act')
  o.app.clock!.set('2026-11-28T01:00:00Z')
  assert.equal(await has('boss2', before.caseId), false, 'the delegation is over')
  assert.equal((await o.people.boss2.get(`/api/approvals/${before.caseId}`)).status, 404)
  o.app.clock!.set('2026-11-24T01:00:00Z')
  assert.equal(await has('boss2', before.caseId), true)
  assert.equal((await o.people.lisi.post(`/api/delegations/${made.body.id}/end`)).status, 200)
  assert.equal(await has('boss2', before.caseId), false, 'ended early')
})

test('AP-05 a delegation may be for some processes only; nobody decides as a deputy on what they applied for', async () => {
  const made = (await o.people.lisi.post('/api/delegations/start', { toId: o.id.zhangsan, startsOn: '2026-11-23', endsOn: '2026-11-23', processKeys: ['expense-claim'] })).body
  const own = await o.apply('zhangsan', 'expense-claim', {})
  assert.equal(await has('zhangsan', own.caseId), false)
  await o.people.lisi.post(`/api/delegations/${made.id}/end`)
  const second = (await o.people.lisi.post('/api/delegations/start', { toId: o.id.wangwu, startsOn: '2026-11-23', endsOn: '2026-11-23', processKeys: ['expense-claim'] })).body
  const leave = await o.apply('zhangsan', 'leave-request', {})
  assert.deepEqual([await has('wangwu', own.caseId), await has('wangwu', leave.caseId)], [true, false])
  assert.equal((await o.people.wangwu.post(`/api/tasks/${await o.task('lisi', leave.caseId)}/complete`, { outcome: 'approve' })).status, 403)
  const clash = await o.people.lisi.post('/api/delegations/start', { toId: o.id.boss2, startsOn: '2026-11-20', endsOn: '2026-11-30' })
  assert.deepEqual([clash.status, clash.body.code], [409, 'DELEGATE_OVERLAP'])
  assert.equal((await o.people.lisi.post('/api/delegations/start', { toId: o.id.lisi, startsOn: '2026-12-20', endsOn: '2026-12-30' })).body.code, 'DELEGATE_SELF')
  assert.equal((await o.people.wangwu.post(`/api/delegations/${second.id}/end`)).status, 404)
  await o.people.lisi.post(`/api/delegations/${second.id}/end`)
})

test('AP-05 撤回 by the applicant while nobody has acted: the form is theirs again, and is handed in anew', async () => {
  const { id, caseId } = await start('any')
  assert.equal((await o.page('zhangsan', caseId)).can.withdraw, true)
  assert.equal((await o.people.zhangsan.post(`/api/approvals/${caseId}/withdraw`, { reason: '日期写错' })).status, 200)
  assert.deepEqual([await stage(id), await has('director', caseId), await has('zhangsan', caseId)], ['apply', false, true])
  assert.equal((await act('zhangsan', caseId, 'release', {})).body.code, 'TASK_OWN')
  assert.equal((await act('zhangsan', caseId, 'reassign', { assigneeId: o.id.hr, reason: 'x' })).body.code, 'TASK_OWN')
  assert.equal((await o.people.zhangsan.patch(`/api/leave-requests/${id}`, { days: '1' })).status, 200)
  assert.equal((await o.answer('zhangsan', caseId, 'submit')).status, 200)
  assert.equal((await o.answer('director', caseId, 'approve')).status, 200)
  assert.equal(await stage(id), 'approved')
  assert.ok((await acts(id)).includes('withdraw'))
})

test('AP-05 撤回 is refused once somebody has acted after one, and to everybody else', async () => {
  const { caseId } = await start('twice')
  await o.answer('director', caseId, 'approve')
  const late = await o.people.zhangsan.post(`/api/approvals/${caseId}/withdraw`, {})
  assert.deepEqual([late.status, late.body.code, late.body.message], [409, 'WITHDRAW_REFUSED', '不能撤回：钱总监已经办理'])
  assert.equal((await o.people.wangwu.post(`/api/approvals/${caseId}/withdraw`, {})).status, 404)
  // the one who acted last takes the answer back
  assert.equal((await o.people.director.post(`/api/approvals/${caseId}/withdraw`, { reason: '再想想' })).status, 200)
  assert.deepEqual([await has('director', caseId), await has('finance', caseId)], [true, false])
})

test('AP-05 撤回 of an answer that has not decided: the vote is open again', async () => {
  const { id, caseId } = await start('all')
  await o.answer('director', caseId, 'approve')
  assert.equal((await o.people.director.post(`/api/approvals/${caseId}/withdraw`, {})).status, 200)
  assert.equal((await o.answer('director', caseId, 'reject', { comment: '改主意' })).body.ended, true)
  assert.equal(await stage(id), 'rejected')
})

test('撤回 of the answer that decided opens the approval again, and what the others had agreed to stands', async () => {
  const { id, caseId } = await start('allThenOne')
  await o.answer('director', caseId, 'approve')
  await o.answer('finance', caseId, 'approve')
  assert.deepEqual([await has('legal', caseId), await has('finance', caseId)], [true, false])
  assert.equal((await o.people.finance.post(`/api/approvals/${caseId}/withdraw`, {})).status, 200)
  assert.deepEqual([await has('legal', caseId), await has('director', caseId), await has('finance', caseId)], [false, false, true])
  await o.answer('finance', caseId, 'approve')
  await o.answer('legal', caseId, 'approve')
  assert.equal(await stage(id), 'approved')
})

test('撤回 of an application without a form ends it, and it may be started again', async () => {
  const { id, caseId } = await start('bare')
  assert.equal((await o.people.zhangsan.post(`/api/approvals/${caseId}/withdraw`, {})).status, 200)
  assert.deepEqual([await stage(id), await has('director', caseId), (await o.page('zhangsan', caseId)).instance.state], ['draft', false, 'cancelled'])
  assert.equal((await o.people.zhangsan.post('/api/cases', { key: 'bare', entity: 'leaveRequest', recordId: id })).status, 201)
})

test('退回 to any earlier step with a reason: to the one before, or to the applicant', async () => {
  const { id, caseId } = await start('twice')
  await o.answer('director', caseId, 'approve')
  const detail = (await o.people.finance.get(`/api/tasks/${await o.task('finance', caseId)}`)).body
  assert.deepEqual(detail.returnTo, [{ nodeId: 'first', name: '一审' }, { nodeId: 'apply', name: '填写' }])
  assert.equal((await act('finance', caseId, 'return', { to: 'first' })).status, 400)
  assert.equal((await act('finance', caseId, 'return', { to: 'first', comment: '请再看' })).status, 200)
  assert.deepEqual([await has('director', caseId), await has('finance', caseId)], [true, false])
  assert.equal((await act('director', caseId, 'return', { to: 'second', comment: 'x' })).body.code, 'JUMP_REFUSED')
  assert.equal((await act('director', caseId, 'return', { to: 'apply', comment: '缺附件' })).status, 200)
  assert.deepEqual([await stage(id), await has('zhangsan', caseId)], ['apply', true])
  const steps = (await o.page('zhangsan', caseId)).steps
  assert.deepEqual(steps.at(-2).votes.map((v: Record<string, any>) => [v.actorName, v.outcome, v.comment]), [['钱总监', '退回', '缺附件']])
  for (const who of ['zhangsan', 'director', 'finance'] as const) assert.equal((await o.answer(who, caseId, who === 'zhangsan' ? 'submit' : 'approve')).status, 200)
  assert.equal(await stage(id), 'approved')
  assert.deepEqual((await acts(id)).filter(a => a === 'sendBack').length, 2)
})

test('AP-05 加签 before: the added signer is asked first, then the one who added them; the log has the reason', async () => {
  const { id, caseId } = await start('any')
  assert.equal((await act('director', caseId, 'add-signer', { userId: o.id.legal, how: 'before', reason: '请法务先看' })).status, 200)
  assert.deepEqual([await has('director', caseId), await has('legal', caseId)], [false, true])
  await o.answer('legal', caseId, 'approve', { comment: '没有问题' })
  assert.deepEqual([await stage(id), await has('director', caseId)], ['manager', true])
  await o.answer('director', caseId, 'approve')
  assert.equal(await stage(id), 'approved')
  const note = (await o.history('leave-request', id)).find(h => h.act === 'addSigner')!
  assert.deepEqual([note.actor, note.note.to, note.note.how, note.note.reason], ['钱总监', '吴法务', 'before', '请法务先看'])
  const added = (await o.page('zhangsan', caseId)).steps[1].votes.find((v: Record<string, any>) => v.assigneeName === '吴法务')
  assert.deepEqual(added.added, { byName: '钱总监', how: 'before' })
})

test('加签 after and beside, in 会签 and 顺签', async () => {
  const after = await start('any')
  await act('director', after.caseId, 'add-signer', { userId: o.id.legal, how: 'after', reason: '复核' })
  await o.answer('director', after.caseId, 'approve')
  assert.deepEqual([await stage(after.id), await has('legal', after.caseId)], ['manager', true])
  await o.answer('legal', after.caseId, 'approve')
  assert.equal(await stage(after.id), 'approved')
  const beside = await start('all')
  await act('director', beside.caseId, 'add-signer', { userId: o.id.legal, how: 'parallel', reason: '一起看' })
  for (const who of ['director', 'finance'] as const) await o.answer(who, beside.caseId, 'approve')
  assert.equal(await stage(beside.id), 'manager')
  await o.answer('legal', beside.caseId, 'approve')
  assert.equal(await stage(beside.id), 'approved')
  const order = await start('order')
  await act('director', order.caseId, 'add-signer', { userId: o.id.legal, how: 'parallel', reason: '一起看' })
  await o.answer('director', order.caseId, 'approve')
  assert.equal(await has('finance', order.caseId), false)
  await o.answer('legal', order.caseId, 'approve')
  assert.equal(await has('finance', order.caseId), true)
  const twice = await act('finance', order.caseId, 'add-signer', { userId: o.id.legal, how: 'before', reason: '再来' })
  assert.deepEqual([twice.status, twice.body.code], [409, 'ALREADY_ASKED'])
  assert.equal((await act('finance', order.caseId, 'add-signer', { userId: o.id.zhangsan, how: 'before', reason: '自己' })).body.code, 'NOT_A_CANDIDATE')
})

test('AP-05 转办: the vote is another person’s with a reason, and whoever handed it over has it no more', async () => {
  const { id, caseId } = await start('any')
  const task = await o.task('director', caseId)
  assert.equal((await act('director', caseId, 'reassign', { assigneeId: o.id.hr })).status, 400)
  assert.equal((await act('director', caseId, 'reassign', { assigneeId: o.id.hr, reason: '归人事' })).status, 200)
  assert.deepEqual([await has('director', caseId), await has('hr', caseId)], [false, true])
  assert.equal((await o.people.director.post(`/api/tasks/${task}/complete`, { outcome: 'approve' })).status, 403)
  assert.equal((await o.answer('hr', caseId, 'approve')).status, 200)
  const note = (await o.history('leave-request', id)).find(h => h.act === 'handOver')!
  assert.deepEqual([note.note.from, note.note.to, note.note.reason], ['钱总监', '周人事', '归人事'])
})

test('催办 reaches those who are waited for, on the bell and in the inbox, once in half an hour; it is over when they answer', async () => {
  const { caseId } = await start('any')
  assert.deepEqual((await o.people.zhangsan.post(`/api/approvals/${caseId}/urge`)).body, { told: ['钱总监'] })
  const alarms = await o.app.system(ctx => ctx.query<{ owner_id: string; closed_at: Date | null }>("select owner_id, closed_at from alarm where kind = 'urge'"))
  assert.deepEqual(alarms, [{ owner_id: o.id.director, closed_at: null }])
  assert.ok((await o.tasks('director')).find(t => t.instanceId === caseId)!.urgedAt)
  o.app.clock!.advance(10)
  const soon = await o.people.zhangsan.post(`/api/approvals/${caseId}/urge`)
  assert.deepEqual([soon.status, soon.body.message], [409, '刚刚催办过，20 分钟后可以再催'])
  o.app.clock!.advance(20)
  assert.equal((await o.people.zhangsan.post(`/api/approvals/${caseId}/urge`)).status, 200)
  assert.equal((await o.people.wangwu.post(`/api/approvals/${caseId}/urge`)).status, 404)
  await o.answer('director', caseId, 'approve')
  const after = await o.app.system(ctx => ctx.query<{ open: number }>("select count(*)::int as open from alarm where kind = 'urge' and closed_at is null"))
  assert.deepEqual(after, [{ open: 0 }])
})

test('抄送 shows the one case to somebody for reading, in a box of their own, and nothing can be done with it', async () => {
  const { id, caseId } = await start('any')
  assert.equal((await o.people.wangwu.get(`/api/approvals/${caseId}`)).status, 404)
  assert.deepEqual((await o.people.zhangsan.post(`/api/approvals/${caseId}/copy`, { userIds: [o.id.wangwu], note: '请知悉' })).body, { told: ['王五'] })
  assert.deepEqual((await o.people.zhangsan.post(`/api/approvals/${caseId}/copy`, { userIds: [o.id.wangwu] })).body, { told: [] })
  const box = (await o.people.wangwu.get('/api/cases?box=copies')).body.items
  assert.deepEqual(box.map((c: Record<string, any>) => [c.id, c.byName, c.note, c.readAt]), [[caseId, '张三', '请知悉', null]])
  assert.equal((await o.people.wangwu.get('/api/tasks')).body.counts.copies, 1)
  const page = await o.page('wangwu', caseId)
  assert.deepEqual([page.reason, page.can.withdraw, page.can.urge, page.task], ['copy', false, false, null])
  assert.equal((await o.people.wangwu.post(`/api/approvals/${caseId}/read`)).status, 200)
  assert.equal((await o.people.wangwu.get('/api/tasks')).body.counts.copies, 0)
  assert.equal((await o.people.wangwu.get(`/api/leave-requests/${id}`)).status, 404)
  assert.equal((await o.people.wangwu.post(`/api/approvals/${caseId}/urge`)).status, 403)
  assert.equal((await o.people.hr.post(`/api/approvals/${caseId}/copy`, { userIds: [o.id.legal] })).status, 200, 'whoever may read the record may show it')
})

test('the boxes: what I applied for with where it stands and whom it waits for, and what I have answered', async () => {
  const { caseId } = await start('any')
  const mine = (await o.people.zhangsan.get('/api/cases?box=started&running=true')).body.items.find((c: { id: string }) => c.id === caseId)
  assert.deepEqual([mine.process, mine.stage, mine.waitsFor, mine.state], ['测试审批', '审批', '钱总监', 'active'])
  await o.answer('director', caseId, 'approve')
  assert.equal((await o.people.zhangsan.get('/api/cases?box=started&running=false')).body.items[0].stage, '已同意')
  const done = (await o.people.director.get('/api/tasks?box=done')).body.items
  assert.equal(done.filter((t: { instanceId: string }) => t.instanceId === caseId).length, 1, 'the approval stands there once')
  const other = await start('all')
  assert.equal((await o.page('finance', other.caseId)).reason, 'asked')
  await o.answer('finance', other.caseId, 'approve')
  assert.equal((await o.page('finance', other.caseId)).reason, 'acted', 'what one has answered one may look at again')
  assert.equal((await o.people.finance.get(`/api/leave-requests/${other.id}`)).status, 404)
})

test('every act is in the history of the record, with who did it', async () => {
  const { id, caseId } = await start('all')
  await act('director', caseId, 'add-signer', { userId: o.id.legal, how: 'parallel', reason: 'r' })
  await act('legal', caseId, 'reassign', { assigneeId: o.id.hr, reason: 'r' })
  await o.people.zhangsan.post(`/api/approvals/${caseId}/urge`)
  await o.people.zhangsan.post(`/api/approvals/${caseId}/copy`, { userIds: [o.id.wangwu] })
  await o.answer('director', caseId, 'approve')
  await act('finance', caseId, 'return', { to: 'apply', comment: 'r' })
  const told = (await o.history('leave-request', id)).map(h => [h.act, h.actor])
  assert.deepEqual(told, [['create', '张三'], ['startProcess', '张三'], ['move', '张三'], ['addSigner', '钱总监'], ['handOver', '吴法务'], ['urge', '张三'], ['copy', '张三'], ['vote', '钱总监'], ['sendBack', '孙财务']])
})
