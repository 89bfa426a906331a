import assert from 'node:assert/strict'
import { test } from 'node:test'
import automation from '@quancheng/automation'
import { doStage, register, station, type Station } from '@quancheng/service/testing'
import notices from '../index.ts'
import { statementsOf } from '@quancheng/kernel/testing'

/** What the move from 接待 to 检验 sends, when the program has done one before. */
async function ofOneMove(s: Station): Promise<readonly string[]> {
  await doStage(s, (await register(s)).id)
  const r = await register(s)
  return (await statementsOf(s.app, () => doStage(s, r.id))).asked
}

test('SP-25 the person’s own act sends not one statement more because of notices: none set up, or one that is told', async () => {
  const bare = await ofOneMove(await station({ modules: [automation] }))
  const s = await station({ modules: [automation, notices] })
  const none = await ofOneMove(s)
  assert.equal(none.length, bare.length)
  assert.equal(none.filter(a => a.includes('insert into outbox')).length, bare.filter(a => a.includes('insert into outbox')).length, 'nobody is told: nothing in the outbox')
  const [setting] = (await s.admin.get('/api/notice-settings')).body.items
  await s.admin.patch(`/api/notice-settings/${setting.id}`, { baseUrl: 'https://fw.example.com' })
  assert.equal((await s.admin.post('/api/notices/channels', { kind: 'sms', name: '短信' })).status, 200)
  const told = await ofOneMove(s)
  assert.equal(told.length, bare.length)
  assert.ok(told.some(a => a.includes('insert into outbox') && a.includes('insert into audit')), 'the event travels with the audit')
})
