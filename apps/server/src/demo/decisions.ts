import { templateTable } from '@quancheng/decisions'
import type { Ctx } from '@quancheng/kernel'
import { publishDecision } from '@quancheng/process'
import { actingAs, DAY_MS, type DemoWorld } from './world.ts'

/** Two tables in force: how customers are graded, changed once since, and who agrees to a discount. */
export async function storeDecisions(ctx: Ctx, world: DemoWorld): Promise<void> {
  const author = world.people.find(person => person.post === 'hq') ?? null
  const daysAgo = (days: number): Ctx => actingAs(ctx, author, new Date(world.today.getTime() - days * DAY_MS + 10 * 3_600_000))
  const tier = templateTable('customer-tier')
  const before = { ...tier, rules: tier.rules.slice(0, 1).concat({ ...tier.rules[2]!, tests: ['[50000..200000)', '-'] }, { ...tier.rules[4]!, tests: ['[10000..50000)', '-'] }, tier.rules.slice(5)) }
  await publishDecision(daysAgo(240), 'customer-tier', before, { note: '按年消费额分四级' })
  await publishDecision(daysAgo(75), 'customer-tier', tier, { note: '合作五年以上的老客户升一级' })
  await publishDecision(daysAgo(60), 'discount-approval', templateTable('discount-approval'), { note: '一成以内由站长定，大客户免批' })
}
