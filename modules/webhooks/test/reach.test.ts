import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lookupWithin, NoReply, postOut, reachable, refusedBySpelling } from '@quancheng/kernel'
import { receiver } from './receiver.ts'
import { world } from './world.ts'

const w = await world({ tenants: 1 }), one = await receiver()

test('API-W16 addresses inside are refused until the administrator lists the host; what is no address is refused at its field', async () => {
  for (const url of [one.url, 'http://localhost:5432/', 'https://10.0.3.5/x', 'http://[::1]/', 'http://169.254.169.254/latest', 'http://0x7f000001/', 'http://2130706433/', 'http://intranet/', 'http://erp.lan/'])
    assert.equal((await w.hook({ url })).body.code, 'WEBHOOK_HOST', url)
  for (const url of ['ftp://example.com/', 'nonsense', 'https://a:b@example.com/', 'javascript:alert(1)', 'https://example.com/#x']) assert.equal((await w.hook({ url })).body.code, 'WEBHOOK_URL', url)
  assert.equal((await w.admin.call('PUT', '/api/webhooks/settings', { hosts: 'http://x y' })).body.code, 'WEBHOOK_HOST_NAME')
  await w.allow(one.host)
  const { id } = await w.kept({ url: one.url })
  await w.lead()
  await w.settled()
  assert.equal(one.got.length, 1)
  await w.allow()
  await w.lead()
  await w.settled()
  assert.equal(one.got.length, 1, 'taken off the list, nothing goes there any more')
  assert.match((await w.log(id))[0]!.error, /不是公网上的地址/)
  await w.allow('169.254.169.254')
  assert.equal((await w.hook({ url: 'http://169.254.169.254/' })).body.code, 'WEBHOOK_HOST', 'a cloud’s own address is nobody’s receiver')
})

test('API-W16 a name that resolves to an address inside is refused when it is connected to', async () => {
  const asked = (reach: 'public' | 'inside') => new Promise<string>((resolve, reject) => { lookupWithin(reach)('localhost', {}, (error, address) => { if (error) reject(error); else resolve(String(address)) }) })
  await assert.rejects(asked('public'), { code: 'OUT_OF_REACH' })
  assert.match(await asked('inside'), /^(127\.0\.0\.1|::1)$/)
  await assert.rejects(postOut({ url: one.url, body: '{}', reach: 'public', http: true, timeoutMs: 2000, mostBytes: 100 }), NoReply)
  for (const a of ['127.0.0.1', '10.1.1.1', '172.20.0.1', '192.168.1.1', '169.254.1.1', '100.64.0.1', '0.0.0.0', '::1', 'fd00::1', 'fe80::1', '::ffff:10.0.0.1', '64:ff9b::a00:1', '2002:a00:1::1', '::127.0.0.1']) assert.equal(reachable(a, 'public'), false, a)
  for (const a of ['8.8.8.8', '2400:3200::1', '114.114.114.114']) assert.equal(reachable(a, 'public'), true, a)
  for (const a of ['10.1.1.1', '127.0.0.1', '::1', 'fd00::1']) assert.equal(reachable(a, 'inside'), true, a)
  assert.equal(refusedBySpelling('localhost.', 'public'), true)
})
