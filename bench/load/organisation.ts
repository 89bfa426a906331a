import { create, makeSecret, newId, systemAct, tenantIds, type Ctx, type Runtime } from '@quancheng/kernel'
import { definitionByKey } from '@quancheng/process'
import { given, surname } from './words.ts'

export const STATIONS = [['HZ01', '杭州一站', 'EAST'], ['NB02', '宁波二站', 'EAST'], ['GZ05', '广州五站', 'SOUTH'], ['SZ03', '深圳三站', 'SOUTH'], ['XM04', '厦门四站', 'SOUTH']] as const
const POSTS = ['receptionist', 'inspector', 'engineer', 'qc', 'stationManager'] as const

export interface Station { id: string; code: string; /** role → the person who does it here */ staff: Record<string, string>; receptionToken: string }
export interface Organisation { tenantId: string; stations: Station[]; lineIds: string[]; definitionId: string; adminToken: string; regionToken: string }

/** Two regions with five stations, a person a post, product lines; through the ordinary pipeline, so it is what a company would have. */
export async function makeOrganisation(runtime: Runtime): Promise<Organisation> {
  const [tenant] = await tenantIds(runtime)
  return systemAct(runtime, tenant!.id, 'bench', async ctx => {
    const make = async (entity: string, draft: Record<string, unknown>): Promise<string> => (await create(ctx, ctx.entities.get(entity), draft)).id
    const [top] = await ctx.query<{ id: string }>("select id from unit where tenant_id = $1 and kind = 'group'", [ctx.tenant.id])
    const regions: Record<string, string> = { EAST: await make('unit', { code: 'EAST', name: '华东大区', kind: 'region', parentId: top!.id }), SOUTH: await make('unit', { code: 'SOUTH', name: '华南大区', kind: 'region', parentId: top!.id }) }
    const roles = Object.fromEntries((await ctx.query<{ id: string; code: string }>('select id, code from role where tenant_id = $1', [ctx.tenant.id])).map(r => [r.code, r.id]))
    let people = 0
    const person = (username: string, role: string, unitId: string): Promise<string> => { const n = people++; return make('user', { username, name: surname(n) + given(n * 7) + given(n * 3), unitId, roleIds: [roles[role]] }) }
    const stations: Station[] = []
    for (const [code, name, region] of STATIONS) {
      const id = await make('unit', { code, name, kind: 'station', parentId: regions[region] })
      const staff: Record<string, string> = {}
      for (const post of POSTS) staff[post] = await person(`${post.toLowerCase()}.${code.toLowerCase()}`, post, id)
      stations.push({ id, code, staff, receptionToken: await tokenFor(ctx, staff.receptionist!) })
    }
    const manager = await person('region.east', 'regionManager', regions.EAST!)
    const [admin] = await ctx.query<{ id: string }>('select id from "user" where tenant_id = $1 and username = $2', [ctx.tenant.id, 'admin'])
    const lineIds = [await make('productLine', { code: 'NB', name: '笔记本' }), await make('productLine', { code: 'PC', name: '台式机', position: 1 }), await make('productLine', { code: 'PR', name: '打印机', position: 2 })]
    return { tenantId: ctx.tenant.id, stations, lineIds, definitionId: (await definitionByKey(ctx, 'repair')).id, adminToken: await tokenFor(ctx, admin!.id), regionToken: await tokenFor(ctx, manager) }
  })
}

/** An API token as the product makes them; only its hash is stored. */
async function tokenFor(ctx: Ctx, userId: string): Promise<string> {
  const secret = makeSecret(ctx.tenant.id, 'qct_')
  await ctx.query('insert into api_token (tenant_id, id, token_hash, user_id, name, created_at, used_at) values ($1,$2,$3,$4,$5,now(),now())', [ctx.tenant.id, newId(), secret.hash, userId, 'bench'])
  return secret.token
}
