import { HENGCHUAN } from '../plans.ts'
import type { Client } from './client.ts'
import type { OpenRequest, Scene, SceneStation, Visitor } from './scene.ts'

interface Row { id: string; [field: string]: any }

/** Everything of a list, page by page, up to so many. */
export async function every(client: Client, who: string, path: string, query: Record<string, unknown>, most = 1000): Promise<Row[]> {
  const rows: Row[] = []
  for (let after: string | undefined; rows.length < most;) {
    const page = await client.as(who).get<{ items: Row[]; next?: string | null }>(path, { ...query, limit: 200, ...(after ? { after } : {}) })
    rows.push(...page.items)
    if (!page.next) break
    after = page.next
  }
  return rows
}

const DAY_MS = 86_400_000
/** Who was here lately is not expected again, except as somebody who is not content. */
const RESTS_DAYS = 33, BACK_DAYS = 30

/** What the played day begins with, read as those people would read it. */
export async function look(client: Client, o: { now: Date; stations: readonly string[]; seed: number; from: number; to: number; shifts: Scene['shifts'] }): Promise<Scene & { units: Record<string, string> }> {
  const admin = client.as('admin')
  const units = Object.fromEntries((await admin.get('/api/units', { limit: 200 })).items.map((u: Row) => [u.code, u.id])) as Record<string, string>
  const users = new Map((await every(client, 'admin', '/api/users', {})).map(u => [u.id, u.username as string]))
  const lines = new Map((await admin.get('/api/product-lines', { limit: 200 })).items.map((l: Row) => [l.id, l]) as Array<[string, Row]>)
  const stations: SceneStation[] = []
  for (const code of o.stations) {
    const staff = Object.groupBy(HENGCHUAN.people.filter(p => p.unit === code), p => p.post) as Record<string, Array<{ username: string }>>
    const clerk = staff.receptionist?.[0]?.username, manager = staff.stationManager?.[0]?.username
    if (!clerk || !manager) throw new Error(`没有服务站“${code}”`)
    const unitId = units[code]!
    const open = await every(client, manager, '/api/service-requests', { filter: { unitId, endedAt: { isNull: true } }, sort: 'startedAt' })
    const board = await client.as(manager).get('/api/service/board', { unitId })
    const paused = new Set<string>(board.lanes.flatMap((l: { cards: Row[] }) => l.cards).filter((c: Row) => c.state === 'paused').map((c: Row) => c.id))
    const lately = await every(client, manager, '/api/service-requests', { filter: { unitId, startedAt: { gte: new Date(o.now.getTime() - RESTS_DAYS * DAY_MS).toISOString() } } })
    const customers = new Map((await every(client, clerk, '/api/customers', { filter: { unitId }, sort: 'createdAt' })).map(c => [c.id, c]))
    const devices = await every(client, clerk, '/api/devices', { filter: { 'customerId.unitId': unitId }, sort: 'createdAt' })
    const visitorOf = (d: Row): Visitor[] => { const c = customers.get(d.customerId), l = lines.get(d.productLineId); return c && l ? [{ deviceId: d.id, customerId: c.id, serialNo: d.serialNo, lineId: l.id, lineCode: l.code, lineName: l.name, process: l.processKey ?? 'repair', phone: c.phone, name: c.name, model: d.model }] : [] }
    const here = new Set([...open, ...lately].map(q => q.deviceId))
    const home = new Set(lately.filter(q => q.stage === 'collected' && q.endedAt && o.now.getTime() - Date.parse(q.endedAt) < BACK_DAYS * DAY_MS).map(q => q.deviceId)), inside = new Set(open.map(q => q.deviceId))
    stations.push({
      code, staff: Object.fromEntries(Object.entries(staff).map(([post, list]) => [post, list.map(p => p.username)])),
      visitors: devices.filter(d => !here.has(d.id)).flatMap(visitorOf), back: devices.filter(d => home.has(d.id) && !inside.has(d.id)).flatMap(visitorOf),
      open: open.map((q): OpenRequest => ({ id: q.id, stage: q.stage, lineName: lines.get(q.productLineId)?.name ?? '', process: lines.get(q.productLineId)?.processKey ?? 'repair', owner: users.get(q.ownerId) ?? null, paused: paused.has(q.id), registered: Boolean(q.customerId && q.deviceId) })),
    })
  }
  return { seed: o.seed, from: o.from, to: o.to, stations, agents: HENGCHUAN.people.filter(p => p.post === 'agent').map(p => p.username), shifts: o.shifts, units }
}
