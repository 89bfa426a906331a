import assert from 'node:assert/strict'
import { test } from 'node:test'
import { office, FORMS as FORM_VALUES, type Name } from '@quancheng/approvals/testing'
import { deploy } from '@quancheng/process'
import { renamed, templateXml } from '../templates/index.ts'

/** Template → the form it runs on, and who answers what until it is done; `large`: values that take the longer way. */
const COURSES: Record<string, { form: string; ways: Array<{ values: Record<string, unknown>; steps: Array<[Name, string]> }> }> = {
  leave: { form: 'leave-request', ways: [
    { values: { days: '2' }, steps: [['lisi', 'agree'], ['zhangsan', 'done']] },
    { values: { days: '4', endsOn: '2026-12-04' }, steps: [['lisi', 'agree'], ['hr', 'agree'], ['zhangsan', 'done']] },
  ] },
  expense: { form: 'expense-claim', ways: [
    { values: { amount: '1200' }, steps: [['lisi', 'agree'], ['finance', 'agree'], ['finance', 'paid']] },
    { values: { amount: '8000' }, steps: [['lisi', 'agree'], ['finance', 'agree'], ['director', 'agree'], ['finance', 'paid']] },
  ] },
  travel: { form: 'trip-request', ways: [
    { values: {}, steps: [['lisi', 'agree'], ['zhangsan', 'done'], ['zhangsan', 'done'], ['zhangsan', 'done'], ['finance', 'settled']] },
    { values: { budget: '20000' }, steps: [['lisi', 'agree'], ['director', 'agree'], ['zhangsan', 'done'], ['zhangsan', 'done'], ['zhangsan', 'done'], ['finance', 'settled']] },
  ] },
  purchase: { form: 'purchase-request', ways: [
    { values: {}, steps: [['lisi', 'agree'], ['purchaser', 'ordered'], ['zhangsan', 'accept']] },
    { values: { amount: '9000' }, steps: [['lisi', 'agree'], ['director', 'agree'], ['finance', 'agree'], ['purchaser', 'ordered'], ['zhangsan', 'refuse'], ['purchaser', 'ordered'], ['zhangsan', 'accept']] },
  ] },
  'contract-review': { form: 'contract-approval', ways: [{ values: {}, steps: [['lisi', 'agree'], ['finance', 'agree'], ['legal', 'agree'], ['zhangsan', 'done']] }] },
  'access-change': { form: 'permission-change', ways: [{ values: {}, steps: [['lisi', 'agree'], ['hr', 'agree'], ['admin', 'done'], ['zhangsan', 'wrong'], ['admin', 'done'], ['zhangsan', 'right']] }] },
  discount: { form: 'discount-request', ways: [{ values: { price: '950' }, steps: [['lisi', 'agree']] }, { values: { price: '700' }, steps: [['lisi', 'agree'], ['director', 'agree']] }] },
}

const key = (template: string): string => `my-${template}`
const o = await office({ processes: Object.fromEntries(Object.keys(COURSES).map(id => [key(id), renamed(templateXml(id), id, key(id), `我的${id}`)])) })

/** The person's task on the case, with everything ticked and filled in that it demands. */
async function answer(who: Name, caseId: string, outcome: string) {
  const id = await o.task(who, caseId)
  const task = (await o.people[who].get(`/api/tasks/${id}`)).body
  const demanded = (of: Array<Record<string, any>>) => of.filter(d => d.required && (!d.outcomes || d.outcomes.includes(outcome)))
  const fields = Object.fromEntries(demanded(task.form).filter(f => f.name === 'orderNo').map(f => [f.name, 'PO-1']))
  return o.people[who].post(`/api/tasks/${id}/complete`, { outcome, fields, ticked: demanded([...task.items, ...task.script]).map(i => i.id), ...(task.moves.find((m: any) => m.outcome === outcome)?.requiresComment ? { comment: '说明' } : {}) })
}

async function begin(template: string, values: Record<string, unknown>): Promise<{ id: string; caseId: string }> {
  const { form } = COURSES[template]!, f = FORM_VALUES[form]!
  const row = await o.people.zhangsan.post(`/api/${f.plural}`, { ...f.values, ...values })
  assert.equal(row.status, 201, row.raw.toString())
  const started = await o.people.zhangsan.post('/api/cases', { key: key(template), entity: f.entity, recordId: row.body.id })
  assert.equal(started.status, 201, `${template}: ${started.raw.toString()}`)
  return { id: row.body.id, caseId: started.body.caseId }
}

for (const [template, { form, ways }] of Object.entries(COURSES)) {
  test(`template ${template} runs from its form to its end: handed in, decided by those it names, the record approved`, async () => {
    for (const { values, steps } of ways) {
      const { id, caseId } = await begin(template, values)
      for (const [who, outcome] of steps) {
        const r = await answer(who, caseId, outcome)
        assert.equal(r.status, 200, `${template} ${who} ${outcome}: ${r.raw.toString()}`)
      }
      assert.deepEqual([(await o.page('zhangsan', caseId)).instance.state, await o.stage(form, id)], ['completed', 'approved'])
    }
  })
}

test('from the template 请假: what is sent back is changed by the applicant and handed in again, or given up; a refusal says so on the record', async () => {
  const { id, caseId } = await begin('leave', {})
  assert.equal((await o.people.lisi.post(`/api/tasks/${await o.task('lisi', caseId)}/return`, { to: 'apply', comment: '日期写错了' })).status, 200)
  assert.equal(await o.stage('leave-request', id), 'apply')
  assert.equal((await o.people.zhangsan.patch(`/api/leave-requests/${id}`, { days: '1' })).status, 200)
  assert.equal((await answer('zhangsan', caseId, 'submit')).status, 200)
  assert.equal((await answer('lisi', caseId, 'reject')).status, 200)
  assert.deepEqual([await o.stage('leave-request', id), (await o.page('zhangsan', caseId)).instance.state], ['rejected', 'completed'])
  const dropped = await begin('leave', {})
  assert.equal((await o.people.lisi.post(`/api/tasks/${await o.task('lisi', dropped.caseId)}/return`, { to: 'apply', comment: '再想想' })).status, 200)
  assert.equal((await answer('zhangsan', dropped.caseId, 'drop')).status, 200)
  assert.equal(await o.stage('leave-request', dropped.id), 'dropped')
})

test('a form that has several processes names them all to whoever fills it in', async () => {
  const { items } = (await o.people.zhangsan.get('/api/form-processes?entity=leaveRequest')).body
  assert.deepEqual(items, [{ key: 'my-leave', name: '我的leave' }, { key: 'leave-request', name: '请假' }].toSorted((a, b) => a.name < b.name ? -1 : 1))
})

test('the case of a template published anew under the form’s own key begins from the form like the one that came with it', async () => {
  await o.app.system(ctx => deploy(ctx, 'leave-request', renamed(templateXml('leave'), 'leave', 'leave-request', '请假')))
  const { started, caseId } = await o.apply('zhangsan', 'leave-request', {})
  assert.equal(started.status, 201, started.raw.toString())
  assert.equal((await answer('lisi', caseId, 'agree')).status, 200)
  assert.equal((await answer('zhangsan', caseId, 'done')).status, 200)
})
