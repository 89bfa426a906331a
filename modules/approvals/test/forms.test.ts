import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FORMS, office, type Name } from './office.ts'

const o = await office()

/** Who answers, one after the other, until it is approved. */
const COURSES: Record<string, Array<[values: Record<string, unknown>, ...who: Name[]]>> = {
  'leave-request': [[{ days: '2' }, 'lisi'], [{ days: '4', endsOn: '2026-12-04' }, 'lisi', 'hr']],
  'expense-claim': [[{ amount: '4999' }, 'lisi'], [{ amount: '5001' }, 'lisi', 'director']],
  'trip-request': [[{ budget: '9000' }, 'lisi'], [{ budget: '12000' }, 'lisi', 'director']],
  'discount-request': [[{ price: '900' }, 'lisi'], [{ price: '700' }, 'lisi', 'finance']],
  'contract-approval': [[{}, 'lisi', 'legal', 'finance'], [{ amount: '150000' }, 'lisi', 'finance', 'legal', 'director']],
  'permission-change': [[{}, 'lisi', 'hr', 'admin']],
  'purchase-request': [[{ amount: '3000' }, 'lisi', 'purchaser'], [{ amount: '9000' }, 'lisi', 'director', 'finance', 'purchaser']],
}

for (const [form, courses] of Object.entries(COURSES)) {
  test(`AP-01 ${form} is ready to use: each of its ways runs from start to end`, async () => {
    for (const [values, ...who] of courses) {
      const { id, caseId, started } = await o.apply('zhangsan', form, values)
      assert.equal(started.status, 201, started.raw.toString())
      for (const name of who) {
        const last = form === 'purchase-request' && name === 'purchaser'
        const r = await o.answer(name, caseId, 'approve', last ? { fields: { orderNo: 'PO-1' } } : {})
        assert.equal(r.status, 200, `${name}: ${r.raw.toString()}`)
      }
      assert.equal(await o.stage(form, id), 'approved')
      const page = await o.page('zhangsan', caseId)
      assert.equal(page.instance.state, 'completed')
      assert.deepEqual(page.current, [])
    }
  })
}

test('AP-01 seven forms, each with a process of its own key that is bound to it', async () => {
  const rows = await o.app.system(ctx => ctx.query<{ key: string; entity: string }>('select key, entity from process_definition order by key'))
  assert.deepEqual(Object.fromEntries(rows.map(r => [r.key, r.entity])), Object.fromEntries(Object.entries(FORMS).map(([key, f]) => [key, f.entity])))
})

test('everybody applies for themselves, sees their own forms only, and changes them only while they have them', async () => {
  const { id, caseId } = await o.apply('zhangsan', 'leave-request', {})
  assert.equal((await o.people.wangwu.get(`/api/leave-requests/${id}`)).status, 404)
  assert.equal((await o.people.wangwu.get('/api/leave-requests')).body.items.length, 0)
  assert.equal((await o.people.wangwu.get(`/api/approvals/${caseId}`)).status, 404)
  const changed = await o.people.zhangsan.patch(`/api/leave-requests/${id}`, { days: '1' })
  assert.deepEqual([changed.status, changed.body.code], [409, 'FORM_SUBMITTED'])
  assert.equal((await o.people.zhangsan.patch(`/api/leave-requests/${id}`, { stage: 'approved' })).status, 405)
})

test('a form that lacks something is not handed in, and nothing is started', async () => {
  const row = (await o.people.zhangsan.post('/api/expense-claims', { title: '打车', kind: 'transport', amount: '30', lines: [{ kind: '打车', amount: 30.5 }, { kind: '停车', amount: '9.50' }] })).body
  assert.equal(row.amount, '40.00')
  assert.equal((await o.people.zhangsan.post('/api/expense-claims', { title: '打车', kind: 'transport', amount: '1', lines: [{ kind: '', amount: 3 }] })).body.code, 'FORM_LINES')
  assert.equal((await o.people.zhangsan.post('/api/leave-requests', { ...FORMS['leave-request']!.values, endsOn: '2026-11-01' })).body.code, 'FORM_DATES')
  assert.equal((await o.people.zhangsan.post('/api/leave-requests', { kind: 'annual' })).status, 400)
})

test('a second process of the same key on a record that is in one is refused, and so is one on another person’s record', async () => {
  const { id } = await o.apply('zhangsan', 'leave-request', {})
  const again = await o.people.zhangsan.post('/api/cases', { key: 'leave-request', entity: 'leaveRequest', recordId: id })
  assert.deepEqual([again.status, again.body.code], [409, 'CASE_RUNNING'])
  assert.equal((await o.people.wangwu.post('/api/cases', { key: 'leave-request', entity: 'leaveRequest', recordId: id })).status, 404)
  const other = await o.people.hr.post('/api/cases', { key: 'leave-request', entity: 'leaveRequest', recordId: id })
  assert.deepEqual([other.status, other.body.code], [403, 'START_NOT_ALLOWED'])
  const draft = (await o.people.zhangsan.post('/api/leave-requests', FORMS['leave-request']!.values)).body
  assert.equal((await o.people.zhangsan.post('/api/cases', { key: 'expense-claim', entity: 'leaveRequest', recordId: draft.id })).body.code, 'PROCESS_OTHER_ENTITY')
})

test('a manager’s own request goes to somebody above, never to themselves', async () => {
  const { caseId } = await o.apply('lisi', 'leave-request', { days: '1' })
  assert.equal((await o.tasks('lisi')).filter(t => t.instanceId === caseId).length, 0)
  assert.equal((await o.tasks('director')).filter(t => t.instanceId === caseId).length, 1)
})
