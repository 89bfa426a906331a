import { create, schedule, storeChange, type Ctx } from '@quancheng/kernel'
import type { Lately } from './lately.ts'
import { actingAs, DAY_MS, type DemoWorld } from './world.ts'

/** The law's limits for two lines: the telephone's in force, so that their flags are seen; the computer's still to be compared. */
const LAW = [
  ['PHONE', 'own', 7, 'loaner', '移动电话机三包：送修超过 7 日，应提供备用机', false], ['PHONE', 'own', 30, 'replace', '移动电话机三包：因修理者自身原因修理超过 30 日，可凭据换货', false], ['PHONE', 'parts', 60, 'replace', '移动电话机三包：因未供应零配件超过 60 日未修好，可凭据换货', false],
  ['NB', 'own', 30, 'replace', '微型计算机三包：因修理者自身原因修理超过 30 日，可凭据换货', true], ['NB', 'parts', 60, 'replace', '微型计算机三包：因未供应零配件超过 60 日未修好，可凭据换货', true],
] as const
const STANDARDS = [['inspect', null, 'gold', 45], ['inspect', null, 'diamond', 30], ['repair', 'PHONE', null, 180], ['repair', 'PRINTER', null, 300]] as const

/** What a company has set up after its first months: limits, standards of its own, views that everybody uses, a field and a group of roles. */
export async function storeSettings(ctx: Ctx, w: DemoWorld): Promise<void> {
  const author = w.people.find(p => p.post === 'hq') ?? null, at = (days: number): Ctx => actingAs(ctx, author, new Date(w.today.getTime() - days * DAY_MS + 10 * 3_600_000))
  for (const [line, cause, days, right, basis, off] of LAW) { const l = w.lines[line]; if (l) await create(at(80), ctx.entities.get('lawRule'), { productLineId: l.id, cause, days, right, basis, off }) }
  // the rights that have come to be by now are found as every night
  await schedule(ctx, { kind: 'service.law', key: 'day', dueAt: w.now })
  if (!author) return
  for (const [nodeId, line, tier, minutes] of STANDARDS) await create(at(70), ctx.entities.get('timeStandard'), { processKey: 'repair', nodeId, ...(line ? { productLineId: w.lines[line]!.id } : {}), ...(tier ? { tier } : {}), minutes, clock: 'business', warnPercent: 80 })
  const views: ReadonlyArray<readonly [string, string, Record<string, unknown>]> = [
    ['serviceRequest', '在办的返修', { filter: { endedAt: { isNull: true }, repeatOfId: { isNull: false } }, sort: 'startedAt' }], ['serviceRequest', '待取机超过三天', { filter: { stage: 'pickup' }, sort: 'startedAt' }], ['customer', '金卡与钻石客户', { filter: { tier: { in: ['gold', 'diamond'] } }, sort: 'name' }],
  ]
  for (const [entity, name, query] of views) await create(at(50), ctx.entities.get('savedView'), { entity, name, query, shared: true })
  const roles = new Map((await ctx.query<{ id: string; code: string }>('select id, code from role where tenant_id = $1', [ctx.tenant.id])).map(r => [r.code, r.id]))
  await create(at(90), ctx.entities.get('roleGroup'), { name: '前台代班', note: '接待与库管都会的人，代班时用', roleIds: [roles.get('receptionist'), roles.get('storekeeper')].filter(Boolean) })
  await create(at(90), ctx.entities.get('tenantField'), { entity: 'customer', spec: { type: 'choice', label: ['行业', 'Industry'], options: [['manufacture', '制造', 'Manufacturing'], ['education', '教育', 'Education'], ['finance', '金融', 'Finance'], ['other', '其他', 'Other']].map(([value, zh, en]) => ({ value, label: [zh, en] })) } })
}

/** Two patterns that honest data does not have: one that somebody has explained, one that nobody has looked at yet (SP-22). */
export async function storeSuspects(ctx: Ctx, w: DemoWorld, all: readonly Lately[]): Promise<void> {
  const entity = ctx.entities.get('serviceRequest'), zone = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
  const days = Object.entries(Object.groupBy(all.filter(q => q.customerId && q.endedAt), q => `${q.unitId}/${zone(q.startedAt)}`)).filter(([, list]) => new Set(list!.map(q => q.customerId)).size > 3).slice(-9)
  for (const [i, day] of [days[0], days.at(-2)].entries()) {
    const [key, list] = day ?? ['', undefined]
    if (!list) continue
    const manager = w.people.find(p => p.unitId === list[0]!.unitId && p.post === 'stationManager') ?? null, phone = `1390571${String(8810 + i)}`
    for (const q of list.filter((x, n) => list.findIndex(y => y.customerId === x.customerId) === n).slice(0, 3)) await storeChange(actingAs(ctx, manager, w.now), entity, q.id, { phone })
    if (i === 0) await create(actingAs(ctx, manager, w.now), ctx.entities.get('suspicion'), { kind: 'phoneNames', key: phone, day: key.split('/')[1], verdict: 'dismissed', note: '同一家公司的三位员工，由行政统一送修，已电话核实' })
  }
}
