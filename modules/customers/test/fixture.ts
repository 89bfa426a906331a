import { create, type Ctx } from '@quancheng/kernel'
import { testApp, type Caller, type TestApp } from '@quancheng/kernel/testing'
import { org } from '@quancheng/org'
import { customers } from '../index.ts'

export interface Fixture { app: TestApp; units: Record<string, string>; as(username: string, role: string, unit: string): Promise<Caller>; make(entity: string, input: Record<string, unknown>): Promise<string> }

/** The organisation of the checks: head office with two regions and three stations, and its standard roles. */
export async function fixture(o: { worker?: boolean } = {}): Promise<Fixture> {
  const app = await testApp({ modules: [org, customers], clock: '2026-11-22T01:00:00Z', worker: o.worker ?? false })
  const units: Record<string, string> = {}
  await app.system(async (ctx: Ctx) => {
    for (const [code, name, kind, parent] of [['QC', '集团', 'group', ''], ['HQ', '本部', 'hq', 'QC'], ['EAST', '华东大区', 'region', 'QC'], ['SOUTH', '华南大区', 'region', 'QC'],
      ['HZ01', '杭州一站', 'station', 'EAST'], ['NB02', '宁波二站', 'station', 'EAST'], ['GZ05', '广州五站', 'station', 'SOUTH']] as const) {
      units[code] = (await create(ctx, ctx.entities.get('unit'), { code, name, kind, ...(parent ? { parentId: units[parent] } : {}) })).id
    }
  })
  return {
    app, units,
    async as(username, role, unit) {
      const [r] = await app.system(ctx => ctx.query<{ id: string }>('select id from role where tenant_id = $1 and code = $2', [ctx.tenant.id, role]))
      return app.person({ username, unitId: units[unit]!, roleIds: [r!.id] })
    },
    make: (entity, input) => app.system(async ctx => (await create(ctx, ctx.entities.get(entity), input)).id),
  }
}
