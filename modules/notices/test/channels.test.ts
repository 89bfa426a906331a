import assert from 'node:assert/strict'
import { test } from 'node:test'
import { walkTo } from '@quancheng/service/testing'
import { signDingtalk, signFeishu } from '../rules/sign.ts'
import { mailStub, stub } from './stub.ts'
import { world } from './world.ts'

const w = await world(), bots = await stub(), post = await mailStub()
const mailId = await w.channel({ kind: 'mail', host: '127.0.0.1', port: post.port, secure: 'none', from: '衡川服务 <service@example.com>' })
const wecomId = await w.channel({ kind: 'wecom', name: '华能维修群', webhook: `${bots.url}/cgi-bin/webhook/send?key=wk-1` })
const dingId = await w.channel({ kind: 'dingtalk', webhook: `${bots.url}/robot/send?access_token=dt-1`, signSecret: 'SECx' })
const feishuId = await w.channel({ kind: 'feishu', webhook: `${bots.url}/open-apis/bot/v2/hook/fs-1`, signSecret: 'SECx' })

/** The text of a mail, whichever of the two ways the mailer thought shorter. */
function bodyOf(mail: string): string {
  const body = mail.slice(mail.indexOf('\r\n\r\n') + 4)
  if (/Content-Transfer-Encoding: base64/i.test(mail)) return Buffer.from(body.replaceAll(/\s/g, ''), 'base64').toString()
  const bytes = body.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}

test('SP-25 by mail: Chinese subject and text, the link to opt out, one Message-ID', async () => {
  const r = await w.request()
  await w.chooses(r.customerId, { channels: ['mail'] })
  await walkTo(w, r.id, 'pickup')
  await w.settled()
  const [n] = await w.rows(`event = 'pickup' and request_id = '${r.id}'`)
  assert.deepEqual([n!.state, n!.channel, n!.to_shown], ['sent', 'mail', 'z***@example.com'])
  const mail = post.mails.at(-1)!
  assert.deepEqual(mail.to, ['zhangsan@example.com'])
  assert.match(mail.data, new RegExp(`Message-ID: <${n!.id}@example.com>`))
  assert.match(mail.data, /Subject: =\?UTF-8\?/)
  assert.match(bodyOf(mail.data), /不想再收到通知：https:\/\/fw\.example\.com\/n\//)
})

test('SP-25 a mail server that says no is believed; one that falls silent after it has the text leaves it 不确定', async () => {
  const no = await w.request(), silent = await w.request()
  for (const r of [no, silent]) { await w.chooses(r.customerId, { channels: ['mail'] }); await walkTo(w, r.id, 'quality') }
  await w.settled()
  post.refuse.push('550 no such user')
  await walkTo(w, no.id, 'pickup')
  await w.settled()
  assert.equal((await w.rows(`event = 'pickup' and request_id = '${no.id}'`))[0]!.state, 'failed')
  post.drop.next = true
  await walkTo(w, silent.id, 'pickup')
  await w.settled()
  const count = post.mails.length
  assert.equal((await w.rows(`event = 'pickup' and request_id = '${silent.id}'`))[0]!.state, 'unknown')
  w.app.clock!.advance(60)
  await w.settled()
  assert.equal(post.mails.length, count, 'nobody sends it again by itself')
})

test('SP-25 each customer by the channels of their choice: two chosen, two notices; the bot is their own group’s', async () => {
  const r = await w.request()
  await w.chooses(r.customerId, { channels: ['mail', 'wecom'], botId: wecomId })
  await walkTo(w, r.id, 'pickup')
  await w.settled()
  const rows = await w.rows(`event = 'pickup' and request_id = '${r.id}'`)
  assert.deepEqual(rows.map(n => [n.channel, n.state, n.to_shown]).toSorted(), [['mail', 'sent', 'z***@example.com'], ['wecom', 'sent', '华能维修群']])
  const got = bots.got.at(-1)!
  assert.deepEqual([got.path, got.query.get('key'), got.body.msgtype], ['/cgi-bin/webhook/send', 'wk-1', 'text'])
})

test('DingTalk and Feishu get their signatures, each its own way round', async () => {
  for (const [kind, botId] of [['dingtalk', dingId], ['feishu', feishuId]] as const) {
    const r = await w.request()
    await w.chooses(r.customerId, { channels: [kind], botId })
    await walkTo(w, r.id, 'pickup')
    await w.settled()
    assert.equal((await w.rows(`event = 'pickup' and request_id = '${r.id}'`))[0]!.state, 'sent')
  }
  const [ding, feishu] = [bots.got.find(g => g.path === '/robot/send')!, bots.got.find(g => g.path === '/open-apis/bot/v2/hook/fs-1')!]
  const ms = Number(ding.query.get('timestamp'))
  assert.equal(encodeURIComponent(ding.query.get('sign')!), signDingtalk('SECx', ms))
  assert.equal(feishu.body.sign, signFeishu('SECx', Number(feishu.body.timestamp)))
})

test('SP-25 the 21st message of a minute to one WeCom bot waits until the minute is over, and then goes', async () => {
  w.app.clock!.advance(2)
  await w.settled()
  const before = bots.got.length
  for (let i = 0; i < 21; i++) assert.equal((await w.admin.post(`/api/notices/channels/${wecomId}/test`)).status, 200)
  await w.settled()
  assert.equal(bots.got.length - before, 20)
  assert.equal((await w.rows("event = 'test' and state = 'waiting'")).length, 1)
  w.app.clock!.advance(1)
  await w.settled()
  assert.equal(bots.got.length - before, 21)
  assert.equal((await w.rows("event = 'test' and state <> 'sent'")).length, 0)
})

test('a bot that says “too fast” is left alone for its time; one that refuses is told as failed', async () => {
  w.app.clock!.advance(2)
  bots.answers.push({ body: { errcode: 130101, errmsg: 'send too fast' } })
  const before = bots.got.length
  await w.admin.post(`/api/notices/channels/${dingId}/test`)
  await w.settled()
  w.app.clock!.advance(9); await w.settled()
  assert.equal(bots.got.length - before, 1)
  w.app.clock!.advance(2); await w.settled()
  assert.equal(bots.got.length - before, 2)
  bots.answers.push({ body: { errcode: 93000, errmsg: 'invalid webhook url' } })
  await w.admin.post(`/api/notices/channels/${wecomId}/test`)
  await w.settled()
  assert.match((await w.rows("event = 'test' and state = 'failed'"))[0]!.error!, /invalid webhook url/)
})

test('a channel leads nowhere inside: own hosts, the machine itself, the cloud’s metadata and strange protocols are refused', async () => {
  const tries: Array<[Record<string, unknown>, string]> = [
    [{ kind: 'wecom', webhook: 'https://evil.example.com/cgi-bin/webhook/send?key=x' }, 'NOTICE_BOT_HOST'], [{ kind: 'wecom', webhook: 'http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x' }, 'NOTICE_WEBHOOK'],
    [{ kind: 'dingtalk', webhook: 'https://oapi.dingtalk.com.evil.com/robot/send?access_token=x' }, 'NOTICE_BOT_HOST'], [{ kind: 'feishu', webhook: 'file:///etc/passwd/hook/x' }, 'NOTICE_WEBHOOK'], [{ kind: 'wecom', webhook: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send' }, 'NOTICE_WEBHOOK'],
    [{ kind: 'sms', driver: 'http', url: 'https://169.254.169.254/latest' }, 'NOTICE_HOST'], [{ kind: 'sms', driver: 'http', url: 'https://localhost/x' }, 'NOTICE_HOST'], [{ kind: 'sms', driver: 'http', url: 'http://sms.example.com/x' }, 'NOTICE_CHANNEL'], [{ kind: 'sms', driver: 'http', url: 'https://[::1]/x' }, 'NOTICE_HOST'],
    [{ kind: 'mail', host: '10.0.0.5', port: 25, from: 'a@b.cn' }, 'NOTICE_HOST'], [{ kind: 'mail', host: 'db', port: 5432, from: 'a@b.cn' }, 'NOTICE_HOST'],
  ]
  for (const [values, code] of tries) assert.equal((await w.admin.post('/api/notices/channels', { name: 'x', ...values })).body.code, code, JSON.stringify(values))
  for (const who of [w.zhouzhan, w.wuzong]) assert.equal((await who.post('/api/notices/channels', { name: 'x', kind: 'sms' })).status, 403)
})

test('saving a channel again without its secret keeps the secret; switching it off stops it', async () => {
  w.app.clock!.advance(2)
  assert.equal((await w.admin.post('/api/notices/channels', { id: wecomId, kind: 'wecom', name: '改了名' })).status, 200)
  const before = bots.got.length
  await w.admin.post(`/api/notices/channels/${wecomId}/test`)
  await w.settled()
  assert.deepEqual([bots.got.length - before, bots.got.at(-1)!.query.get('key')], [1, 'wk-1'])
  assert.equal((await w.admin.post('/api/notices/channels', { id: mailId, kind: 'mail', name: '邮件', host: '127.0.0.1', port: post.port, secure: 'none', from: 'service@example.com', off: true })).status, 200)
  assert.equal((await w.admin.post(`/api/notices/channels/${mailId}/test`, { to: 'a@example.com' })).body.code, 'NOTICE_CHANNEL')
})
