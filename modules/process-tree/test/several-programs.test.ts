import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import customers from '@quancheng/customers'
import { createApp } from '@quancheng/kernel'
import { callerOf } from '@quancheng/kernel/testing'
import org from '@quancheng/org'
import { processModule } from '@quancheng/process'
import service from '@quancheng/service'
import processTree from '../index.ts'
import { company } from './company.ts'

const s = await company()
/** Another program on the same database, as a company runs several of them behind one address. */
const second = await createApp({ connection: s.app.connection, modules: [org, customers, processModule, service, processTree], now: () => s.app.clock!.now, log: () => {} })
after(() => second.close())
const inspector = callerOf(second, s.wangjian.userId, s.wangjian.token)
const move = (id: string) => inspector.post(`/api/service-requests/${id}/move`, s.inspected)

test('SP-20 a station takes a rule at once, without a restart: what one program publishes or withdraws binds the next request in every other', async () => {
  const before = await s.inInspection('PF6000')
  assert.equal((await move(before)).status, 200, 'the other program has looked, and knows of no rule')
  assert.equal((await s.yeqing.post('/api/rule-book', { code: 'ZB-PHOTO', text: '维修前须拍照', processKey: 'repair', nodeId: 'inspect', kind: 'photo' })).status, 201)
  s.app.clock!.advance(1)
  const held = await s.inInspection('PF6001')
  const refused = await move(held)
  assert.deepEqual([refused.status, refused.body.details.missing], [409, ['维修前须拍照']])
  assert.equal((await s.yeqing.post('/api/rule-book/ZB-PHOTO/withdraw', { reason: '改为抽查' })).status, 200)
  assert.equal((await move(held)).status, 200, 'and it lets go at once')
})
