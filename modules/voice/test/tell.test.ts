import assert from 'node:assert/strict'
import { test } from 'node:test'
import automation from '@quancheng/automation'
import { create } from '@quancheng/kernel'
import notices, { atWork } from '@quancheng/notices'
import { station } from '@quancheng/service/testing'
import survey from '@quancheng/survey'
import voice from '../index.ts'

// a gateway that refuses: what counts is what was written to be told
process.env.QUANCHENG_NOTICE_HOSTS = '127.0.0.1'
const s = await station({ worker: true, modules: [automation, survey, notices, voice] })
const [setting] = (await s.admin.get('/api/notice-settings')).body.items
await s.admin.patch(`/api/notice-settings/${setting.id}`, { baseUrl: 'https://fw.example.com' })
for (const channel of [{ kind: 'sms', name: '短信', url: 'http://127.0.0.1:9/send', secret: 'x' }, { kind: 'mail', name: '邮件', host: '127.0.0.1', port: 9, secure: 'none', from: 'fw@example.com' }]) {
  const made = await s.admin.post('/api/notices/channels', channel)
  assert.equal(made.status < 300, true, JSON.stringify(made.body))
}
const at = (wall: string): void => s.app.clock!.set(`${wall.replace(' ', 'T')}+08:00`)
const settled = async (): Promise<void> => { for (let i = 0; i < 3; i++) { await s.app.worker!.idle(); await atWork(s.app.runtime).idle() } }
const make = (entity: string, values: Record<string, unknown>): Promise<string> => s.app.system(async ctx => (await create(ctx, ctx.entities.get(entity), values)).id)
const { rows: [{ id: LIJIE }] } = await s.app.owner.query("select id from \"user\" where username = 'lijie'")
const ok = (r: { status: number; body: unknown }): void => assert.ok(r.status < 300, JSON.stringify(r.body))
const told = async (to: string): Promise<Array<{ event: string; channel: string; text: string; state: string }>> => (await s.app.owner.query('select event, channel, text, state from customer_notice where "to" = $1 order by created_at, id', [to])).rows
const linkIn = (text: string): string => /https:\/\/fw\.example\.com(\/voice\/[\w-]+)/.exec(text)![1]!
const move = (id: string, to: string, fields: Record<string, unknown>, who = s.lijie) => who.post(`/api/complaints/${id}/move`, { to, fields })
async function complain(o: Record<string, unknown>): Promise<{ id: string; number: string }> {
  const made = await s.lijie.post('/api/complaints/register', { unitId: s.units.HZ01, category: 'speed', words: '修了两周', customerName: '张三', ...o })
  ok(made)
  ok(await move(made.body.id, '处理', { handlerId: LIJIE }, s.zhouzhan))
  return made.body
}
async function answer(id: string): Promise<void> {
  ok(await move(id, '回复客户', { result: '已加急' }))
  ok(await move(id, '客户意见', { replyBy: 'phone', reply: '明天修好' }))
}

test('CU-11 answered: the customer gets the link for their verdict once a round; the link of an earlier round is dead, and changes of other things tell nothing', async () => {
  const c = await complain({ phone: '13900000071' })
  await settled()
  assert.deepEqual(await told('13900000071'), [])
  await answer(c.id)
  await settled()
  const [first, ...more] = await told('13900000071')
  assert.deepEqual([first!.event, first!.channel, more.length], ['complaintAnswered', 'sms', 0])
  assert.match(first!.text, new RegExp(`^张三您好，.*${c.number}.*杭州一站`))
  ok(await s.app.anonymous.get(`/api/public${linkIn(first!.text)}`))
  ok(await s.app.anonymous.post(`/api/public${linkIn(first!.text)}`, { satisfied: false, words: '还没好' }))
  await settled()
  assert.equal((await told('13900000071')).length, 1)
  await answer(c.id)
  await settled()
  const [, second, ...none] = await told('13900000071')
  assert.deepEqual([second!.event, none.length, linkIn(second!.text) === linkIn(first!.text)], ['complaintAnswered', 0, false])
  ok(await s.app.anonymous.post(`/api/public${linkIn(second!.text)}`, { satisfied: true }))
  await settled()
  assert.equal((await told('13900000071')).length, 2)
})

test('CU-11 by the channel that the customer chose and by no other; who wants no notices gets none', async () => {
  const mail = await make('customer', { name: '李四', phone: '13900000072', mail: 'lisi@example.com', unitId: s.units.HZ01 }), none = await make('customer', { name: '王五', phone: '13900000073', unitId: s.units.HZ01 })
  await make('noticeChoice', { customerId: mail, channels: ['mail'] })
  await make('noticeChoice', { customerId: none, off: true })
  for (const customerId of [mail, none]) await answer((await complain({ customerId, customerName: undefined })).id)
  await settled()
  assert.deepEqual([(await told('lisi@example.com')).map(n => [n.event, n.channel]), await told('13900000072'), await told('13900000073')], [[['complaintAnswered', 'mail']], [], []])
})

test('CU-11 answered at night and settled on the telephone before eight: the message that waited is not sent', async () => {
  at('2026-11-24 17:00:00')
  const c = await complain({ phone: '13900000074' })
  at('2026-11-24 22:00:00')
  await answer(c.id)
  await settled()
  assert.deepEqual((await told('13900000074')).map(n => n.state), ['waiting'])
  ok(await s.lijie.post(`/api/complaints/${c.id}/verdict`, { satisfied: true, words: '电话里说可以' }))
  at('2026-11-25 08:01:00')
  await settled()
  assert.deepEqual((await told('13900000074')).map(n => n.state), ['dropped'])
})

test('CU-16 a feedback that was dealt with asks its customer to confirm, once, by the link that closes it', async () => {
  at('2026-11-25 10:00:00')
  const made = await s.lijie.post('/api/feedback/register', { category: 'service', words: '建议延长营业时间', customerName: '赵六', phone: '13900000075' })
  ok(made)
  const { body } = await s.zhouzhan.get(`/api/cases/feedback/${made.body.id}`)
  ok(await s.zhouzhan.post(`/api/tasks/${body.steps[0].id}/complete`, { outcome: 'done', fields: { result: '周六延到八点' } }))
  await settled()
  const [one, ...more] = await told('13900000075')
  assert.deepEqual([one!.event, more.length], ['feedbackAnswered', 0])
  ok(await s.app.anonymous.post(`/api/public${linkIn(one!.text)}`, { satisfied: true }))
  assert.equal((await s.zhouzhan.get(`/api/feedback/${made.body.id}`)).body.stage, 'closed')
  await settled()
  assert.equal((await told('13900000075')).length, 1)
})
