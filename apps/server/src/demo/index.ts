import { hashPassword, isWorkday, systemAct, tenantIds, createTenant, dayOf, startOfDay, type Ctx, type Runtime } from '@quancheng/kernel'
import { tenantCalendar } from '@quancheng/org'
import { storeCatalogue } from './catalogue-store.ts'
import { storeCustomers } from './customers.ts'
import { inventCustomers } from './invent.ts'
import { storePeople, storeUnits } from './organisation.ts'
import { DEMO_COMPANIES, type CompanyPlan } from './plans.ts'
import { randomOf } from './random.ts'
import { DEMO_PASSWORD } from './sign-ins.ts'
import { actingAs, DAY_MS, type DemoWorld } from './world.ts'

export { DEMO_COMPANIES } from './plans.ts'
export { DEMO_PASSWORD, DEMO_SIGN_INS } from './sign-ins.ts'
export { actingAs, type DemoWorld } from './world.ts'

/** A part of the demo that is built on the people, customers and devices: it runs in the same transaction as they do. */
export type DemoPart = (ctx: Ctx, world: DemoWorld) => Promise<void>

export interface DemoOptions {
  /** default: the runtime's clock */
  now?: Date
  seed?: number
  log?: (line: string) => void
  parts?: readonly DemoPart[]
}

const SEED = 20_261_122
/** before its first customer came */
const FOUNDED_DAYS_AGO = 1000

/** The tenants that the demo lives in, made by the owner of the database. Afterwards `setupTenant`, then `loadDemo`. */
export async function createDemoTenants(owner: Parameters<typeof createTenant>[0]): Promise<string[]> {
  const ids: string[] = []
  for (const { code, name } of DEMO_COMPANIES) ids.push(await createTenant(owner, { code, name }))
  return ids
}

/**
 * Fills each demo tenant that is there and has no customer yet, each in one transaction: it is loaded whole or not at all, and
 * loading it again does nothing. The same seed and the same day give the same company, ids of customers and devices included.
 */
export async function loadDemo(runtime: Runtime, o: DemoOptions = {}): Promise<DemoWorld[]> {
  const tenants = await tenantIds(runtime)
  const worlds: DemoWorld[] = []
  let passwordHash: string | null = null
  for (const plan of DEMO_COMPANIES) {
    const tenant = tenants.find(t => t.code === plan.code)
    if (!tenant) continue
    const started = performance.now()
    const world = await systemAct(runtime, tenant.id, 'demo', async ctx => {
      const known = await ctx.query('select 1 from customer where tenant_id = $1 limit 1', [ctx.tenant.id])
      if (known.length) return null
      passwordHash ??= await hashPassword(DEMO_PASSWORD)
      const made = await build(ctx, plan, passwordHash, o)
      for (const part of o.parts ?? []) await part(ctx, made)
      return made
    })
    if (!world) continue
    worlds.push(world)
    o.log?.(`${plan.name}: ${world.people.length} people, ${world.customers.length} customers, ${world.devices.length} devices, ${Math.round(performance.now() - started)} ms`)
  }
  return worlds
}

async function build(ctx: Ctx, plan: CompanyPlan, passwordHash: string, o: DemoOptions): Promise<DemoWorld> {
  const now = o.now ?? ctx.now()
  const today = startOfDay(dayOf(now, ctx.tenant.timeZone), ctx.tenant.timeZone)
  const random = (stream: string) => randomOf(o.seed ?? SEED, `${plan.code}/${stream}`)
  const founding = actingAs(ctx, null, new Date(today.getTime() - FOUNDED_DAYS_AGO * DAY_MS))
  const units = await storeUnits(founding, plan, random('units'))
  const people = await storePeople(founding, plan, units, { passwordHash, today, random: random('people') })
  const lines = await storeCatalogue(founding, random('catalogue'))
  const calendar = await tenantCalendar(ctx)
  const invented = inventCustomers(plan, random('customers'), today, day => isWorkday(calendar, day))
  const { customers, devices } = await storeCustomers(ctx, invented, { units, people, lines })
  return { plan, tenantId: ctx.tenant.id, now, today, units, people, lines, customers, devices, random }
}
