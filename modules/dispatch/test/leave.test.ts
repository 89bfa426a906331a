import assert from 'node:assert/strict'
import { test } from 'node:test'
import approvals from '@quancheng/approvals'
import { entries, repairStep, shop } from './shop.ts'

const s = await shop({ worker: true, modules: [approvals] })

/** A leave of 赵修's, brought to where the approval process would bring it: who must agree is the business of the approvals' own tests. */
async function leave(startsOn: string, endsOn: string, stage: 'approved' | 'rejected'): Promise<void> {
  const made = await s.zhaoxiu.post('/api/leave-requests', { kind: 'annual', startsOn, endsOn, days: '1', reason: '回家' })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  await s.app.owner.query('update leave_request set stage = $2 where id = $1', [made.body.id, stage])
}

test('CE-04 an approved leave takes a person out of the dispatch for its days; one that was refused does not', async () => {
  await s.make('dispatchRule', { unitId: s.units.HZ01, nodeId: 'repair', mode: 'automatic' })
  await leave('2026-11-23', '2026-11-30', 'rejected')
  const given = await s.toRepair('board')
  assert.equal((await repairStep(s, given.id)).assignee_id, s.zhaoxiu.userId)
  await leave('2026-11-23', '2026-11-24', 'approved')
  const kept = await s.toRepair('board')
  assert.equal((await repairStep(s, kept.id)).assignee_id, null)
  assert.match((await entries(s, kept.id))[0]!.why, /赵修：不在岗（请假到 11-24）/)
})

test('CE-05 … and out of the slots: who is on leave is booked by nobody, and from the day they are back again by one', async () => {
  const tech = await s.make('serviceResource', { unitId: s.units.HZ01, kind: 'person', name: '赵修', personId: s.zhaoxiu.userId })
  const visit = await s.make('slotRule', { unitId: s.units.HZ01, service: 'onSite', minutes: 60, capacity: 5, starts: '14:00', daysAhead: 3, resourceIds: [tech] })
  const days = (await s.lijie.get(`/api/slot-rules/${visit}/slots`)).body.slots.map((x: { startsAt: string; left: number }) => [x.startsAt.slice(0, 10), x.left])
  assert.deepEqual(days, [['2026-11-23', 0], ['2026-11-24', 0], ['2026-11-25', 1], ['2026-11-26', 1]])
  const book = (day: string) => s.lijie.post(`/api/slot-rules/${visit}/bookings`, { name: '王五', phone: '13900000031', address: '西湖区', startsAt: new Date(`${day}T14:00:00+08:00`).toISOString() })
  assert.deepEqual([(await book('2026-11-24')).status, (await book('2026-11-25')).status, (await book('2026-11-25')).status], [409, 201, 409])
})
