import assert from 'node:assert/strict'
import { test } from 'node:test'
import { office } from './office.ts'

const o = await office({ worker: true })

interface AlarmRow { kind: string; recipient_ids: string[]; closed_at: Date | null }
const alarms = () => o.app.system(ctx => ctx.query<AlarmRow>("select kind, recipient_ids, closed_at from alarm where kind = 'late' order by raised_at"))

test('AP-03 the time limit of an approval: past it, whoever has not answered is told, and the alarm closes with the answer', async () => {
  const { caseId } = await o.apply('zhangsan', 'contract-approval', {})
  await o.answer('lisi', caseId, 'approve')
  await o.answer('legal', caseId, 'approve')
  // two working days for 法务 and 财务; it is Monday nine o'clock
  o.app.clock!.set('2026-11-24T09:59:00Z')
  await o.app.worker!.idle()
  assert.deepEqual(await alarms(), [])
  o.app.clock!.set('2026-11-25T01:30:00Z')
  await o.app.worker!.idle()
  const [late] = await alarms()
  assert.deepEqual([late!.recipient_ids, late!.closed_at], [[o.id.finance], null])
  await o.answer('finance', caseId, 'approve')
  assert.notEqual((await alarms())[0]!.closed_at, null)
  const vote = (await o.page('zhangsan', caseId)).steps.find((s: { nodeId: string }) => s.nodeId === 'review').votes.find((v: { actorName: string }) => v.actorName === '孙财务')
  assert.equal(vote.lateness, 'late')
})
