import { automation } from '@quancheng/automation'
import customers from '@quancheng/customers'
import { create, type Ctx, type ModuleSpec } from '@quancheng/kernel'
import { testApp, type Caller, type TestApp } from '@quancheng/kernel/testing'
import org from '@quancheng/org'
import { processModule } from '@quancheng/process'
import sales from '../index.ts'

export interface Company { app: TestApp; units: Record<'group' | 'hq' | 'A' | 'B' | 'east', string>; jia: Caller; yi: Caller; headA: Caller; adminA: Caller; bing: Caller; headB: Caller; market: Caller; board: Caller; wuzong: Caller; sunqu: Caller; admin: Caller; make(entity: string, input: Record<string, unknown>): Promise<string> }

/** Two blocks with their people, a region, the marketing department, head office: Monday 2026-11-23 09:02:10 in Hangzhou. */
export async function company(o: { worker?: boolean; modules?: readonly ModuleSpec[] } = {}): Promise<Company> {
  const app = await testApp({ clock: '2026-11-23T01:02:10Z', ...o, modules: [org, customers, processModule, automation, sales, ...(o.modules ?? [])] })
  const { units, roles } = await app.system(async (ctx: Ctx) => {
    const unit = async (code: string, name: string, kind: string, parentId?: string) => (await create(ctx, ctx.entities.get('unit'), { code, name, kind, ...(parentId ? { parentId } : {}) })).id
    const group = await unit('GROUP', '衡川集团', 'group')
    const made = { group, hq: await unit('HQ', '本部', 'hq', group), A: await unit('BKA', '板块A', 'block', group), B: await unit('BKB', '板块B', 'block', group), east: await unit('EAST', '华东大区', 'region', group) }
    return { units: made, roles: Object.fromEntries((await ctx.query<{ id: string; code: string }>('select id, code from role where tenant_id = $1', [ctx.tenant.id])).map(r => [r.code, r.id])) }
  })
  const person = (username: string, name: string, role: string, unitId: string): Promise<Caller> => app.person({ username, name, unitId, roleIds: [roles[role]!] })
  return {
    app, units,
    jia: await person('jia', '销售甲', 'sales', units.A), yi: await person('yi', '销售乙', 'sales', units.A), headA: await person('fuze', '负责人甲', 'blockLead', units.A), adminA: await person('banguan', '板管甲', 'blockAdmin', units.A),
    bing: await person('bing', '销售丙', 'sales', units.B), headB: await person('fuzeb', '负责人乙', 'blockLead', units.B), market: await person('shichang', '市场营销部', 'marketing', units.hq), board: await person('jituan', '集团管理层', 'groupManager', units.group),
    wuzong: await person('wuzong', '吴总', 'hq', units.hq), sunqu: await person('sunqu', '孙区', 'regionManager', units.east), admin: await person('admin', '系统管理员', 'admin', units.group),
    make: (entity, input) => app.system(async ctx => (await create(ctx, ctx.entities.get(entity), input)).id),
  }
}
