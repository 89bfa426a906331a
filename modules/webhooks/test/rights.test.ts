import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deploy } from '@quancheng/process'
import { receiver } from './receiver.ts'
import { CALL, LEADS, world } from './world.ts'

const w = await world(), one = await receiver()
await w.allow(one.host)
const fresh = (): void => { one.got.splice(0); one.answers.splice(0) }
const off = async (id: string) => { await w.admin.post(`/api/webhooks/endpoints/${id}/switch`, { off: true, waiting: 'drop' }) }

test('API-W11 the receiver gets what its owner may read: masked, missing, and nothing from elsewhere', async () => {
  const { id } = await w.kept({ url: one.url, asUserId: w.eyes.userId })
  const here = await w.lead()
  const there = await w.lead({ unitId: w.units.nb, name: '宁波的' })
  await w.li.patch(`/api/leads/${here.id}`, { secret: '七折' })
  await w.settled()
  assert.ok(one.got.every(g => g.body.data.id === here.id))
  const record = one.got[0]!.body.data.record
  assert.deepEqual([record.phone, 'secret' in record, record.$masked], ['138****0001', false, ['phone']])
  assert.ok(!one.got.some(g => g.text.includes('13812340001') || g.text.includes('折')))
  assert.deepEqual(one.got[1]!.body.data.changed, [], 'not even that a field changed which they do not see')
  await w.li.remove(`/api/leads/${there.id}`); await w.li.remove(`/api/leads/${here.id}`)
  await w.settled()
  assert.deepEqual(one.got.slice(2).map(g => [g.body.type, g.body.data.id, g.body.data.record]), [['lead.removed', here.id, null]])
  await w.app.system(async ctx => { await ctx.query('update "user" set off = true where tenant_id = $1 and id = $2', [ctx.tenant.id, w.eyes.userId]); await ctx.query('update tenant set access_version = access_version + 1 where id = $1', [ctx.tenant.id]) })
  await w.lead()
  await w.settled()
  assert.equal(one.got.length, 3, 'the account is off: nothing is told')
  await w.app.system(async ctx => { await ctx.query('update "user" set off = false where tenant_id = $1 and id = $2', [ctx.tenant.id, w.eyes.userId]) })
  await off(id)
})

test('API-W12 nobody lends the rights of others, nor leads a message elsewhere that uses them; what it says is shown to nobody else', async () => {
  fresh()
  const refused = await w.hook({ url: one.url, asUserId: w.admin.userId }, w.eyes)
  assert.deepEqual([refused.status, refused.body.code], [403, 'WEBHOOK_OWNER'])
  const name = `总部 ${Math.random()}`, { id } = await w.kept({ url: one.url, name })
  const led = await w.eyes.call('PUT', `/api/webhooks/endpoints/${id}`, { name, url: 'https://example.com/x', subjects: LEADS })
  assert.deepEqual([led.status, led.body.code], [403, 'WEBHOOK_OWNER'])
  assert.equal((await w.eyes.post(`/api/webhooks/endpoints/${id}/secret`)).status, 403)
  await w.lead()
  await w.settled()
  const row = (await w.log(id))[0]!
  const seen = (await w.eyes.get(`/api/webhooks/deliveries/${row.id}`)).body
  assert.deepEqual([seen.hidden, seen.body, seen.answer], [true, null, null])
  const blind = await w.hook({ url: one.url, asUserId: w.eyes.userId, subjects: [{ entity: 'alarm', events: ['raised'] }, { entity: 'user', events: ['created'] }] })
  assert.equal(blind.body.code, 'WEBHOOK_BLIND')
  assert.equal((await w.hook({ url: one.url, asUserId: w.eyes.userId, subjects: [{ ...LEADS[0], tests: [{ field: 'secret', op: 'notEmpty' }] }] })).body.code, 'AUTOMATION_FIELD_FORBIDDEN', 'a condition tells what a field says')
  assert.equal((await w.li.get('/api/webhooks/endpoints')).status, 403)
  await off(id)
})

test('API-W13 only what was asked for: one field, a condition, an act of its own', async () => {
  fresh()
  const { id } = await w.kept({ url: one.url, subjects: [{ entity: 'lead', events: ['changed'], fields: ['amount'], tests: [{ field: 'amount', op: 'ge', value: 2000 }] }] })
  const lead = await w.lead()
  await w.li.patch(`/api/leads/${lead.id}`, { name: '改名' })
  await w.li.patch(`/api/leads/${lead.id}`, { amount: '1900.00' })
  await w.li.patch(`/api/leads/${lead.id}`, { amount: '2100.00' })
  await w.settled()
  assert.deepEqual(one.got.map(g => [g.body.type, g.body.data.version]), [['lead.changed', 4]])
  await off(id)
})

test('API-W14 personal data that is erased is in no message any more', async () => {
  fresh()
  const { id } = await w.kept({ url: one.url })
  const lead = await w.lead({ phone: '13899998888' })
  await w.settled()
  assert.ok(one.got[0]!.text.includes('13899998888'))
  assert.equal((await w.admin.post(`/api/leads/${lead.id}/erase`, { reason: '本人要求' })).status, 200)
  await w.settled()
  const { rows } = await w.app.owner.query("select body from webhook_delivery where webhook_id = $1", [id])
  assert.ok(rows.length >= 1 && !JSON.stringify(rows).includes('13899998888'))
  await off(id)
})

test('API-W15 how a case goes on is told: started, stage entered, stage finished, ended; and only to those who see its record', async () => {
  fresh()
  await w.app.system(ctx => deploy(ctx, 'call', CALL))
  const events = ['case.started', 'stage.entered', 'stage.finished', 'case.ended']
  const { id } = await w.kept({ url: one.url, asUserId: w.eyes.userId, subjects: [{ entity: 'processCase', events, processes: ['call'] }] })
  const here = await w.lead(), there = await w.lead({ unitId: w.units.nb })
  for (const lead of [here, there]) assert.equal((await w.admin.post('/api/cases', { key: 'call', entity: 'lead', recordId: lead.id })).status, 201)
  await w.settled()
  assert.deepEqual(one.got.map(g => g.body.type).toSorted(), ['case.started', 'stage.entered'])
  assert.ok(one.got.every(g => g.body.data.id === here.id && g.body.data.record.phone === '138****0001'))
  const { rows: [task] } = await w.app.owner.query("select s.id from process_step s join process_instance i on i.id = s.instance_id where i.record_id = $1 and s.kind = 'user'", [here.id])
  assert.equal((await w.li.post(`/api/tasks/${task.id}/claim`)).status, 200)
  assert.equal((await w.li.post(`/api/tasks/${task.id}/complete`)).status, 200)
  await w.settled()
  assert.deepEqual(one.got.slice(2).map(g => [g.body.type, g.body.data.step?.name ?? g.body.data.end.name]).toSorted(), [['case.ended', '办完'], ['stage.finished', '打电话']])
  await off(id)
})
