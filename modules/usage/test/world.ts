import approvals from '@quancheng/approvals'
import automation from '@quancheng/automation'
import contracts from '@quancheng/contracts'
import customers from '@quancheng/customers'
import decisions from '@quancheng/decisions'
import dispatch from '@quancheng/dispatch'
import { create, type Ctx, type ModuleSpec } from '@quancheng/kernel'
import { testApp, type Answered, type Caller } from '@quancheng/kernel/testing'
import notices from '@quancheng/notices'
import org from '@quancheng/org'
import paper from '@quancheng/paper'
import { processModule } from '@quancheng/process'
import quotes from '@quancheng/quotes'
import sales from '@quancheng/sales'
import service from '@quancheng/service'
import usage from '../index.ts'

// leave, quotes and contracts are not approved here
const quiet = (m: ModuleSpec): ModuleSpec => ({ ...m, setup: async () => {} })

export const ok = <T>(r: Answered<T>, status = 200): T => { if (r.status !== status) throw new Error(`${r.status} ${JSON.stringify(r.body)}`); return r.body }

/** Two blocks and head office with their people. The accounts are of 1 September 2026; then it is Sunday 22 November, 17:00 in Hangzhou. */
export async function world(o: { worker?: boolean } = {}) {
  const app = await testApp({ modules: [org, customers, processModule, paper, service, decisions, quiet(approvals), automation, notices, dispatch, sales, quiet(quotes), quiet(contracts), usage], clock: '2026-08-31T16:30:00Z', ...o })
  const { units, roles } = await app.system(async (ctx: Ctx) => {
    const unit = async (code: string, name: string, kind: string, parentId?: string) => (await create(ctx, ctx.entities.get('unit'), { code, name, kind, ...(parentId ? { parentId } : {}) })).id
    const group = await unit('GROUP', '衡川集团', 'group')
    const made = { group, hq: await unit('HQ', '本部', 'hq', group), A: await unit('BKA', '板块A', 'block', group), B: await unit('BKB', '板块B', 'block', group) }
    return { units: made, roles: Object.fromEntries((await ctx.query<{ id: string; code: string }>('select id, code from role where tenant_id = $1', [ctx.tenant.id])).map(r => [r.code, r.id])) }
  })
  const person = (username: string, name: string, role: string, unitId: string): Promise<Caller> => app.person({ username, name, unitId, roleIds: [roles[role]!] })
  const people = {
    jia: await person('jia', '销售甲', 'sales', units.A), yi: await person('yi', '销售乙', 'sales', units.A), headA: await person('fuze', '负责人甲', 'blockLead', units.A), adminA: await person('banguan', '板管甲', 'blockAdmin', units.A),
    bing: await person('bing', '销售丙', 'sales', units.B), market: await person('shichang', '市场营销部', 'marketing', units.hq), board: await person('jituan', '集团管理层', 'groupManager', units.group), admin: await person('guanli', '系统管理员', 'admin', units.group),
  }
  app.clock!.set('2026-11-22T09:00:00Z')
  return {
    app, units, roles, ...people, person,
    at: (wall: string) => app.clock!.set(`${wall.replace(' ', 'T')}:00+08:00`),
    /** as if they had signed in on these days */
    signed: (who: Caller, ...days: string[]) => app.system(async ctx => { for (const day of days) await ctx.query("insert into sign_in_day (tenant_id, id, version, created_at, updated_at, ext, user_id, unit_id, day, times, first_at, last_at) select tenant_id, gen_random_uuid(), 1, $3, $3, '{}', id, unit_id, $2::date, 1, $3, $3 from \"user\" where id = $1", [who.userId, day, new Date(`${day}T01:00:00Z`)]) }),
    make: (entity: string, input: Record<string, unknown>): Promise<string> => app.system(async ctx => (await create(ctx, ctx.entities.get(entity), input)).id),
    /** a leave or a trip that was approved */
    away: (form: 'leave_request' | 'trip_request', who: Caller, from: string, until: string) => app.system(async ctx => {
      const row = await create(ctx, ctx.entities.get(form === 'leave_request' ? 'leaveRequest' : 'tripRequest'), { startsOn: from, endsOn: until, ...(form === 'leave_request' ? { days: '1', reason: '回家' } : { destination: '宁波', purpose: '拜访', budget: '100' }) })
      await ctx.query(`update ${form} set applicant_id = $2, stage = 'approved' where id = $1`, [row.id, who.userId])
    }),
  }
}
