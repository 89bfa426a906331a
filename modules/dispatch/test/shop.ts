import assert from 'node:assert/strict'
import automation from '@quancheng/automation'
import { create, type ModuleSpec } from '@quancheng/kernel'
import type { Caller } from '@quancheng/kernel/testing'
import notices from '@quancheng/notices'
import { doStage, register, station, walkTo, type Station } from '@quancheng/service/testing'
import dispatch from '../index.ts'

export interface Shop extends Station {
  hezhi: Caller
  skill: Record<'主板' | '屏幕', string>
  make(entity: string, values: Record<string, unknown>): Promise<string>
  /** a request that has come to 维修, its fault found */
  toRepair(fault?: string): Promise<{ id: string; number: string }>
  settled(): Promise<void>
}

/** The station of the spec with a second engineer: 赵修 knows 主板 (4), 何志远 knows 屏幕 (5). */
export async function shop(o: { worker?: boolean; modules?: readonly ModuleSpec[] } = {}): Promise<Shop> {
  const s = await station({ ...o, modules: [automation, notices, dispatch, ...(o.modules ?? [])] })
  const make = (entity: string, values: Record<string, unknown>): Promise<string> => s.app.system(async ctx => (await create(ctx, ctx.entities.get(entity), values)).id)
  const hezhi = await s.app.person({ username: 'hezhiyuan', name: '何志远', unitId: s.units.HZ01, roleIds: [s.roleIds.engineer!] })
  const skill = { 主板: await make('skill', { name: '主板' }), 屏幕: await make('skill', { name: '屏幕' }) }
  await make('personSkill', { personId: s.zhaoxiu.userId, skillId: skill.主板, level: 4 })
  await make('personSkill', { personId: hezhi.userId, skillId: skill.屏幕, level: 5 })
  await make('skillNeed', { nodeId: 'repair', faultCode: 'board', skillId: skill.主板, level: 3 })
  await make('skillNeed', { nodeId: 'repair', faultCode: 'screen', skillId: skill.屏幕, level: 1 })
  return {
    ...s, hezhi, skill, make,
    settled: async () => { if (o.worker) await s.app.worker!.idle() },
    async toRepair(fault = 'board') {
      const r = await register(s)
      await walkTo(s, r.id, 'inspect')
      const task = (await s.zhouzhan.get(`/api/cases/serviceRequest/${r.id}`)).body.steps.find((x: { nodeId: string }) => x.nodeId === 'inspect')
      const items = (await s.wangjian.get(`/api/tasks/${task.id}`)).body
      const done = await s.wangjian.post(`/api/service-requests/${r.id}/move`, { to: '报价', fields: { faultCode: fault, inspectionResult: '已检验' }, ticked: [...items.items, ...items.script].filter((i: { required: boolean }) => i.required).map((i: { id: string }) => i.id) })
      assert.equal(done.status, 200, JSON.stringify(done.body))
      await doStage(s, r.id)
      return r
    },
  }
}

export interface Step { id: string; assignee_id: string | null; state: string }
export const repairStep = async (s: Shop, id: string): Promise<Step> =>
  (await s.app.owner.query("select s.id, s.assignee_id, s.state from process_step s join process_instance i on i.id = s.instance_id where i.record_id = $1 and s.node_id = 'repair' order by s.seq desc limit 1", [id])).rows[0]
export const entries = async (s: Shop, id: string): Promise<Array<{ how: string; why: string; person_id: string | null }>> => (await s.app.owner.query('select how, why, person_id from dispatch_entry where request_id = $1 order by created_at, id', [id])).rows
