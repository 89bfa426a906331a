import { create, type Ctx } from '@quancheng/kernel'
import { fromJson, importTree, publishRule, setVersion } from '@quancheng/process-tree'
import { plannedTree } from './process-tree.ts'
import { actingAs, DAY_MS, type DemoWorld } from './world.ts'

const PURPOSES = ['了解明年的送修量', '介绍年度维保合同', '回访上次的投诉', '商量上门取送机']
const FEEDBACK = ['明年约 300 台，想先试一个季度', '对价格满意，合同送法务看', '已经解决，希望进度通知到经办人', '同意每周二上门，要固定的联系人']

/** Head office's standards: the process tree, two rules in force and one to come, every station on the newest version; visits to companies. */
export async function storeStandards(ctx: Ctx, world: DemoWorld): Promise<void> {
  const author = world.people.find(p => p.post === 'hq')
  if (!author) return
  const daysAgo = (days: number): Ctx => actingAs(ctx, author, new Date(world.today.getTime() - days * DAY_MS + 10 * 3_600_000))
  await importTree(daysAgo(120), fromJson(JSON.stringify(plannedTree())))
  await publishRule(daysAgo(45), { code: 'ZB-BJ-01', text: '报价超过 20000 元须先报本部', processKey: 'repair', nodeId: 'quote', kind: 'limit', fieldName: 'quotedAmount', most: 20_000, note: '大额报价由本部复核' })
  await publishRule(daysAgo(30), { code: 'ZB-PJ-01', text: '当面核对配件型号与订单一致', processKey: 'parts-sale', nodeId: 'pickup', kind: 'item', note: '两起发错型号的投诉' })
  await publishRule(daysAgo(3), { code: 'ZB-WX-07', text: '维修前须拍照', processKey: 'repair', nodeId: 'inspect', kind: 'photo', photos: 1, note: '各站先培训，两周后生效', inForceFrom: new Date(world.today.getTime() + 14 * DAY_MS).toISOString() })
  const stations = world.plan.units.filter(u => u.kind === 'station').map(u => world.units[u.code]!)
  for (const key of ['repair', 'parts-sale']) await setVersion(daysAgo(60), { key, unitIds: stations, version: null, note: '统一按最新标准办理' })
  await storeVisits(ctx, world)
}

async function storeVisits(ctx: Ctx, world: DemoWorld): Promise<void> {
  const entity = ctx.entities.get('customerVisit')
  const companies = world.customers.filter(c => c.kind === 'company').slice(0, 12)
  for (const [i, c] of companies.entries()) {
    const manager = world.people.find(p => p.post === 'stationManager' && p.unitId === c.unitId) ?? null
    const at = (days: number): Date => new Date(world.today.getTime() + days * DAY_MS + (9 + (i % 7)) * 3_600_000)
    const past = at(-40 + i * 3)
    await create(actingAs(ctx, manager, new Date(past.getTime() - 5 * DAY_MS)), entity, { customerId: c.id, plannedAt: past, visitedAt: past, purpose: PURPOSES[i % 4]!, state: 'done', ...(i % 4 === 3 ? {} : { feedback: FEEDBACK[i % 4]! }) })
    if (i % 4 !== 3) await create(actingAs(ctx, manager, at(-2)), entity, { customerId: c.id, plannedAt: at(3 + i), purpose: PURPOSES[(i + 1) % 4]! })
  }
}
