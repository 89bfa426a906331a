import { create, type Ctx, type ModuleSpec } from '@quancheng/kernel'
import { testApp, type Caller, type TestApp } from '@quancheng/kernel/testing'
import customers from '@quancheng/customers'
import org from '@quancheng/org'
import paper from '@quancheng/paper'
import { processModule } from '@quancheng/process'
import service from '../index.ts'

export interface Station {
  app: TestApp
  units: Record<'group' | 'hq' | 'east' | 'south' | 'HZ01' | 'NB02' | 'GZ05', string>
  lineId: string
  roleIds: Record<string, string>
  lijie: Caller; wangjian: Caller; zhaoxiu: Caller; qianzhi: Caller; zhouzhan: Caller; sunqu: Caller; wuzong: Caller; zuoxi: Caller; admin: Caller
}

/** The fixture of the spec: three stations in two regions, one person a post, Monday 2026-11-23 09:02:10 in Hangzhou. */
export async function station(o: { worker?: boolean; tenants?: number; modules?: readonly ModuleSpec[] } = {}): Promise<Station> {
  const app = await testApp({ clock: '2026-11-23T01:02:10Z', ...o, modules: [org, customers, processModule, paper, service, ...(o.modules ?? [])] })
  const made = await app.system(async (ctx: Ctx) => {
    const unit = async (code: string, name: string, kind: string, parentId?: string) => (await create(ctx, ctx.entities.get('unit'), { code, name, kind, ...(parentId ? { parentId } : {}) })).id
    const group = await unit('GROUP', '衡川集团', 'group')
    const hq = await unit('HQ', '本部', 'hq', group)
    const east = await unit('EAST', '华东大区', 'region', group), south = await unit('SOUTH', '华南大区', 'region', group)
    const units = { group, hq, east, south, HZ01: await unit('HZ01', '杭州一站', 'station', east), NB02: await unit('NB02', '宁波二站', 'station', east), GZ05: await unit('GZ05', '广州五站', 'station', south) }
    const line = await create(ctx, ctx.entities.get('productLine'), { code: 'NB', name: '笔记本' })
    const roles = await ctx.query<{ id: string; code: string }>('select id, code from role where tenant_id = $1', [ctx.tenant.id])
    return { units, lineId: line.id, roleIds: Object.fromEntries(roles.map(r => [r.code, r.id])) }
  })
  const person = (username: string, name: string, role: string, unitId: string) => app.person({ username, name, unitId, roleIds: [made.roleIds[role]!] })
  const u = made.units
  return {
    app, ...made,
    lijie: await person('lijie', '李接', 'receptionist', u.HZ01), wangjian: await person('wangjian', '王检', 'inspector', u.HZ01), zhaoxiu: await person('zhaoxiu', '赵修', 'engineer', u.HZ01), qianzhi: await person('qianzhi', '钱质', 'qc', u.HZ01),
    zhouzhan: await person('zhouzhan', '周站', 'stationManager', u.HZ01), sunqu: await person('sunqu', '孙区', 'regionManager', u.east), wuzong: await person('wuzong', '吴总', 'hq', u.hq), zuoxi: await person('zuoxi', '坐席甲', 'agent', u.hq), admin: await person('admin', '系统管理员', 'admin', u.group),
  }
}
