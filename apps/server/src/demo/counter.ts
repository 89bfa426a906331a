import { create, storeMany, type Ctx, type NewRow } from '@quancheng/kernel'
import { VIRTUAL_PRINTER } from '@quancheng/paper'
import { receive } from '@quancheng/parts'
import { openTodo } from '@quancheng/automation'
import { completeStep } from '@quancheng/process'
import { insertColumns } from './insert.ts'
import { finished, type Lately } from './lately.ts'
import { actingAs, DAY_MS, type DemoWorld } from './world.ts'

/** A printer at every counter, which keeps its pages instead of sending them anywhere, and what it printed in the last two days. */
export async function storePrinters(ctx: Ctx, w: DemoWorld, all: readonly Lately[]): Promise<void> {
  const r = w.random('printers'), admin = w.people.find(p => p.post === 'admin') ?? null, made = new Map<string, string>()
  for (const s of w.plan.units.filter(u => u.kind === 'station')) made.set(w.units[s.code]!, (await create(actingAs(ctx, admin, new Date(w.today.getTime() - 200 * DAY_MS)), ctx.entities.get('printer'), { unitId: w.units[s.code]!, name: '前台小票机（演示）', address: VIRTUAL_PRINTER, port: 9100, width: 'w80', papers: ['voucher', 'label', 'slip'] })).id)
  const rows: NewRow[] = []
  for (const q of all) {
    const print = (paper: string, at: Date | null, by: string | null): void => { if (at && at <= w.now && at.getTime() > w.now.getTime() - 2.5 * DAY_MS) rows.push({ id: r.id(at), at, by, draft: { paper, title: q.number, copy: 0, state: 'printed', printerId: made.get(q.unitId), unitId: q.unitId, tries: 1, printedAt: new Date(at.getTime() + 2000), entity: 'serviceRequest', recordId: q.id } }) }
    print('slip', q.startedAt, null)
    print('voucher', finished(q, 'reception'), q.steps.reception?.by ?? null)
    print('label', finished(q, 'reception'), q.steps.reception?.by ?? null)
  }
  await storeMany(ctx, ctx.entities.get('printJob'), rows)
}

/** Deliveries of the last weeks: the shelves' ledgers have more than one line. */
export async function storeDeliveries(ctx: Ctx, w: DemoWorld): Promise<void> {
  const r = w.random('deliveries'), parts = await ctx.query<{ id: string }>('select id from part where tenant_id = $1 order by code', [ctx.tenant.id])
  for (const [week, note] of [[5, '月度补货'], [2, '月度补货'], [1, '加急调拨']] as const) for (const s of w.plan.units.filter(u => u.kind === 'station')) {
    const keeper = w.people.find(p => p.unitCode === s.code && p.post === 'storekeeper') ?? null, at = new Date(w.today.getTime() - week * 7 * DAY_MS + r.int(570, 690) * 60_000)
    for (const p of parts) if (r.chance(0.3)) await receive.run(actingAs(ctx, keeper, at), { partId: p.id, unitId: w.units[s.code]!, quantity: r.int(1, 4), note })
  }
}

/** Things that people gave each other to do, and what the rules did in the last weeks. */
export async function storeTodos(ctx: Ctx, w: DemoWorld, all: readonly Lately[]): Promise<void> {
  const manager = w.people.find(p => p.unitCode === 'HZ01' && p.post === 'stationManager'), clerk = w.people.find(p => p.username === 'lijie'), store = w.people.find(p => p.unitCode === 'HZ01' && p.post === 'storekeeper')
  if (!manager || !clerk || !store) return
  const ago = (days: number, hour: number): Date => new Date(Math.min(w.now.getTime(), w.today.getTime() - days * DAY_MS + hour * 3_600_000))
  const LIST = [[manager, clerk, 1, '给上周评 2 分的客户回电话', '问清哪里不满意，能补救的当天补救', 450, false], [manager, store, 2, '盘点 X1 电池', '账上与架上差一块', 900, false], [manager, clerk, 4, '更新门口的营业时间牌', null, 900, true], [clerk, manager, 0, '澄湖能源要一份上月维修清单', '对方财务月底前要', 1350, false]] as const
  for (const [from, to, days, title, details, minutes, over] of LIST) {
    const { taskId } = await openTodo(actingAs(ctx, from, ago(days, 10)), { title, details, toId: to.userId, minutes, unitId: to.unitId, about: null })
    if (over) await completeStep(actingAs(ctx, to, ago(days, 15)), taskId, { outcome: 'done', comment: '已更换' })
  }
  const [rule] = await ctx.query<{ id: string; name: string; version: number }>("select id, name, version from automation where tenant_id = $1 and name like '进液%'", [ctx.tenant.id])
  if (!rule) return
  const r = w.random('runs'), runs = all.filter(q => q.fault === 'liquid' && finished(q, 'inspect')).slice(-24).map((q, i) => {
    const at = finished(q, 'inspect')!
    return { id: r.id(at), rule_id: rule.id, rule_name: rule.name, rule_version: rule.version, entity: 'serviceRequest', record_id: q.id, record_version: 100_000 + i, label: q.number, event: 'changed', at, state: i === 5 ? 'failed' : 'done', attempts: i === 5 ? 6 : 1, did: JSON.stringify(i === 5 ? [] : [{ do: 'todo', text: `交给接待：向客户说明进液风险：${q.number}` }]), error: i === 5 ? '本站当时没有在岗的接待' : null, chain: '[]', finished_at: new Date(at.getTime() + 800) }
  })
  await insertColumns(ctx, 'automation_run', { id: 'uuid', rule_id: 'uuid', rule_name: 'text', rule_version: 'int', entity: 'text', record_id: 'uuid', record_version: 'int', label: 'text', event: 'text', at: 'timestamptz', state: 'text', attempts: 'int', did: 'jsonb', error: 'text', chain: 'jsonb', finished_at: 'timestamptz' }, runs)
}
