import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawn } from './drawn.ts'
import { FORMS, office, type Name } from './office.ts'

const THREE = 'who="user:director, user:finance, user:legal"'
const o = await office({
  tenants: 2,
  processes: { all: drawn(`mode="all" ${THREE}`), share: drawn(`mode="all" share="2/3" ${THREE}`), veto: drawn(`mode="all" share="2/3" veto="true" ${THREE}`), any: drawn(`mode="any" ${THREE}`), order: drawn(`mode="sequence" ${THREE}`), nobody: drawn('who="user:nosuch"') },
})

async function start(key: string): Promise<{ id: string; caseId: string }> {
  const row = (await o.people.zhangsan.post('/api/leave-requests', FORMS['leave-request']!.values)).body
  const r = await o.people.zhangsan.post('/api/cases', { key, entity: 'leaveRequest', recordId: row.id })
  assert.equal(r.status, 201, r.raw.toString())
  return { id: row.id, caseId: r.body.caseId }
}
const yes = async (who: Name, caseId: string) => assert.equal((await o.answer(who, caseId, 'approve')).status, 200)
const no = async (who: Name, caseId: string) => assert.equal((await o.answer(who, caseId, 'reject', { comment: '不行' })).status, 200)
const has = async (who: Name, caseId: string) => (await o.tasks(who)).some(t => t.instanceId === caseId)
const stage = (id: string) => o.stage('leave-request', id)

test('AP-03 amount over 5,000 goes to the 总监; with 4,999 it ends at the 部门经理', async () => {
  const small = await o.apply('zhangsan', 'expense-claim', { amount: '4999' })
  assert.equal((await o.answer('lisi', small.caseId, 'approve')).body.ended, true)
  assert.equal(await has('director', small.caseId), false)
  const large = await o.apply('zhangsan', 'expense-claim', { amount: '5001' })
  const answer = (await o.answer('lisi', large.caseId, 'approve')).body
  assert.deepEqual([answer.ended, answer.stage], [false, '总监'])
  assert.equal(await has('director', large.caseId), true)
})

test('AP-03 会签 of three where all must agree: two yes and one no is 驳回, and the case ends with it', async () => {
  const { id, caseId } = await start('all')
  await yes('director', caseId); await yes('legal', caseId)
  assert.equal(await stage(id), 'manager')
  await no('finance', caseId)
  assert.equal(await stage(id), 'rejected')
  const { steps: [, check] } = await o.page('zhangsan', caseId)
  assert.deepEqual(check.votes.map((v: Record<string, any>) => [v.actorName, v.outcome, v.comment]), [['钱总监', '同意', null], ['孙财务', '驳回', '不行'], ['吴法务', '同意', null]])
})

test('AP-03 会签 by two thirds: the same answers pass, and whoever has not answered need not any more', async () => {
  const { id, caseId } = await start('share')
  await no('finance', caseId); await yes('director', caseId)
  assert.equal(await stage(id), 'manager')
  await yes('legal', caseId)
  assert.equal(await stage(id), 'approved')
  const two = await start('share')
  await yes('finance', two.caseId); await yes('director', two.caseId)
  assert.equal(await stage(two.id), 'approved')
  assert.equal(await has('legal', two.caseId), false)
})

test('AP-03 一票否决: one no is enough though two thirds could still agree', async () => {
  const { id, caseId } = await start('veto')
  await no('legal', caseId)
  assert.equal(await stage(id), 'rejected')
})

test('AP-03 或签: the first answer decides', async () => {
  const { id, caseId } = await start('any')
  assert.deepEqual([await has('director', caseId), await has('finance', caseId), await has('legal', caseId)], [true, true, true])
  await yes('finance', caseId)
  assert.equal(await stage(id), 'approved')
  const other = await start('any')
  await no('legal', other.caseId)
  assert.equal(await stage(other.id), 'rejected')
})

test('AP-03 顺签: the next is asked when the one before has agreed', async () => {
  const { id, caseId } = await start('order')
  assert.deepEqual([await has('director', caseId), await has('finance', caseId), await has('legal', caseId)], [true, false, false])
  const early = (await o.page('zhangsan', caseId)).steps[1].votes[1]
  assert.deepEqual([early.state, early.assigneeName], ['queued', '孙财务'])
  assert.equal((await o.people.finance.post(`/api/tasks/${early.id}/complete`, { outcome: 'approve' })).body.code, 'VOTE_NOT_YET')
  await yes('director', caseId); await yes('finance', caseId)
  assert.equal(await stage(id), 'manager')
  await yes('legal', caseId)
  assert.equal(await stage(id), 'approved')
})

test('a no needs a reason, an answer that does not exist is refused, and nothing of it is kept', async () => {
  const { id, caseId } = await start('all')
  assert.equal((await o.answer('director', caseId, 'reject')).body.code, 'ACTIVITY_UNFINISHED')
  assert.equal((await o.answer('director', caseId, 'maybe')).body.code, 'MOVE_NOT_ALLOWED')
  assert.equal(await has('director', caseId), true)
  assert.equal(await stage(id), 'manager')
})

test('two approvers at the same moment do not both decide: the second finds that it is decided', async () => {
  for (let round = 0; round < 5; round++) {
    const { id, caseId } = await start('any')
    const tasks = await Promise.all((['director', 'finance', 'legal'] as const).map(async who => [who, await o.task(who, caseId)] as const))
    const answers = await Promise.all(tasks.map(([who, task], i) => o.people[who].post(`/api/tasks/${task}/complete`, i === 0 ? { outcome: 'approve' } : { outcome: 'reject', comment: '不' })))
    assert.deepEqual(answers.map(a => a.status).toSorted(), [200, 409, 409])
    assert.ok(answers.filter(a => a.status === 409).every(a => a.body.code === 'TASK_DONE'))
    assert.equal(await stage(id), answers[0]!.status === 200 ? 'approved' : 'rejected')
    const ends = (await o.history('leave-request', id)).filter(h => h.act === 'move' && h.note?.ended)
    assert.equal(ends.length, 1)
  }
})

test('an approval that nobody can be asked for is refused when it would begin, and the form stays a draft', async () => {
  const row = (await o.people.zhangsan.post('/api/leave-requests', FORMS['leave-request']!.values)).body
  const r = await o.people.zhangsan.post('/api/cases', { key: 'nobody', entity: 'leaveRequest', recordId: row.id })
  assert.deepEqual([r.status, r.body.code], [409, 'NO_APPROVER'])
  assert.equal(await stage(row.id), 'draft')
})

test('an approver sees the one record through the task and nothing else: not the record’s address, not the list, not other people’s votes to act on', async () => {
  const { id, caseId } = await start('all')
  const task = await o.task('legal', caseId)
  const detail = (await o.people.legal.get(`/api/tasks/${task}`)).body
  assert.equal(detail.can.complete, true)
  assert.deepEqual(detail.moves.map((m: { outcome: string; target: { name: string } }) => [m.outcome, m.target.name]), [['approve', '已同意'], ['reject', '已驳回']])
  assert.equal((await o.page('legal', caseId)).form.find((f: { name: string }) => f.name === 'reason').value, '回家')
  assert.equal((await o.people.legal.get(`/api/leave-requests/${id}`)).status, 404)
  assert.equal((await o.people.legal.get('/api/leave-requests')).body.items.length, 0)
  assert.equal((await o.people.legal.get(`/api/leave-requests/${id}/comments`)).status, 404)
  assert.equal((await o.people.legal.patch(`/api/leave-requests/${id}`, { days: '9' })).status, 404)
  assert.equal((await o.people.legal.post(`/api/tasks/${await o.task('director', caseId)}/complete`, { outcome: 'approve' })).status, 403)
  assert.equal((await o.people.wangwu.get(`/api/tasks/${task}`)).status, 404)
  assert.equal((await o.people.wangwu.post(`/api/tasks/${task}/complete`, { outcome: 'approve' })).status, 403)
  assert.equal((await o.people.wangwu.get(`/api/approvals/${caseId}`)).status, 404)
  // the step above the votes is nobody's to do
  const parent = (await o.page('zhangsan', caseId)).steps[1].id
  assert.equal((await o.people.director.post(`/api/tasks/${parent}/complete`, { outcome: 'approve' })).status, 403)
  // another company: it is not there
  const stranger = await o.app.person({ username: 'stranger' }, o.app.tenantIds[1])
  for (const at of [`/api/approvals/${caseId}`, `/api/tasks/${task}`]) assert.equal((await stranger.get(at)).status, 404)
  assert.equal((await stranger.post(`/api/tasks/${task}/complete`, { outcome: 'approve' })).status, 404)
})

test('an approver whose role hides a field does not see it on the approval either', async () => {
  const masked = await o.app.person({ username: 'masked', name: '遮罩', roles: [{ code: 'masked', grants: {}, fields: { 'expenseClaim.account': 'none', 'expenseClaim.title': 'mask' } }] })
  const { caseId } = await o.apply('zhangsan', 'expense-claim', { account: '6222 0000 1111 2222' })
  assert.equal((await o.people.lisi.post(`/api/tasks/${await o.task('lisi', caseId)}/reassign`, { assigneeId: masked.userId, reason: '代看' })).status, 200)
  const page = (await masked.get(`/api/approvals/${caseId}`)).body
  assert.equal(page.form.some((f: { name: string }) => f.name === 'account'), false)
  assert.notEqual(page.form.find((f: { name: string }) => f.name === 'title').value, '客户拜访')
})
