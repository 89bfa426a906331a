import automation from '@quancheng/automation'
import customers from '@quancheng/customers'
import { create, storeMany, type Ctx } from '@quancheng/kernel'
import { testApp, type Caller } from '@quancheng/kernel/testing'
import notices from '@quancheng/notices'
import org from '@quancheng/org'
import { processModule } from '@quancheng/process'
import paper from '@quancheng/paper'
import service from '@quancheng/service'
import survey from '@quancheng/survey'
import journey from '../index.ts'

/** Head office with one station, an administrator and who answers for customers. The clock stands at Sunday 22 November 2026, 09:00. */
export async function world(o: { worker?: boolean } = {}) {
  const app = await testApp({ modules: [processModule, org, customers, paper, service, automation, notices, ...(o.worker ? [] : [survey]), journey], clock: '2026-11-22T01:00:00Z', worker: o.worker ?? false })
  const unit = (code: string, name: string, kind: string, parentId: string | null) => app.system(async ctx => (await create(ctx, ctx.entities.get('unit'), { code, name, kind, ...(parentId ? { parentId } : {}) })).id)
  const hq = await unit('HQ', '本部', 'hq', null), station = await unit('HZ01', '杭州一站', 'station', hq)
  const roleIds = Object.fromEntries((await app.owner.query<{ id: string; code: string }>('select id, code from role')).rows.map(r => [r.code, r.id]))
  const person = (username: string, name: string, role: string, unitId: string): Promise<Caller> => app.person({ username, name, unitId, roleIds: [roleIds[role]!] })
  const admin = await person('admin2', '总管', 'admin', hq)
  const make = (entity: string, input: Record<string, unknown>): Promise<string> => app.system(async ctx => (await create(ctx, ctx.entities.get(entity), input)).id)
  /** Rows of other modules, as they would have been written there. */
  const rows = (entity: string, drafts: ReadonlyArray<Record<string, unknown>>): Promise<string[]> => app.system(async (ctx: Ctx) => (await storeMany(ctx, ctx.entities.get(entity), drafts.map(draft => ({ draft })))).map(r => String(r.id)))
  const customer = (input: Record<string, unknown> = {}): Promise<string> => make('customer', { name: '王芳', kind: 'person', unitId: hq, ...input })
  return { app, hq, station, person, admin, make, rows, customer, at: (wall: string) => app.clock!.set(`${wall.replace(' ', 'T')}:00+08:00`) }
}

interface Journeys { items: Array<{ id: string; key: string; name: string }>; templates: Array<{ key: string; points: number }> }
export const journeys = async (who: Caller): Promise<Journeys> => (await who.get('/api/journeys')).body as Journeys
