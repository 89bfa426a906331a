import { dayOf, defineAction, fail, requirePermission, visible, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { z } from 'zod'
import { contractFor, proposalOf, type ContractTerms, type ContractState, type Proposal } from '../rules/contract.ts'
import { longestWarranty, warrantyOn, type WarrantyState } from '../rules/warranty.ts'

export interface Coverage {
  deviceId: string
  warranty: { until: string | null; state: WarrantyState; daysLeft: number | null; text: string }
  contract: { id: string; number: string; title: string; validUntil: string; state: ContractState; covers: string[]; responseMinutes: number | null } | null
  proposal: Proposal
}

interface DeviceRow { id: string; customer_id: string; product_line_id: string; until: string | null; cards: Array<string | null> | null }

const warrantyText = (state: WarrantyState, until: string | null): string => (state === 'unknown' ? '保修日期不详' : `保修至 ${until}，${state === 'in' ? '在保' : '已过保'}`)

/** What stands behind a device today: its warranty (the longest of the device's own and its cards), its service contract, and what is proposed to be charged. */
export async function coverageOf(ctx: Ctx, deviceId: string): Promise<Coverage | null> {
  const [d] = await ctx.query<DeviceRow & Record<string, unknown>>(
    `select d.id, d.customer_id, d.product_line_id, d.warranty_until::text as until, (select array_agg(w.valid_until::text) from warranty_card w where w.tenant_id = d.tenant_id and w.device_id = d.id and w.valid_from <= $3::date) as cards
     from device d where d.tenant_id = $1 and d.id = $2`, [ctx.tenant.id, deviceId, today(ctx)])
  if (!d) return null
  const contracts = await ctx.query<ContractTerms & { title: string } & Record<string, unknown>>(
    `select id, number, title, valid_from::text as "validFrom", valid_until::text as "validUntil", coalesce(off, false) as off, coalesce(covers, '{}') as covers, response_minutes as "responseMinutes", coalesce(device_ids, '{}') as "deviceIds", coalesce(product_line_ids, '{}') as "productLineIds"
     from service_contract where tenant_id = $1 and customer_id = $2 order by id limit 200`, [ctx.tenant.id, d.customer_id])
  const until = longestWarranty([d.until, ...(d.cards ?? [])]), { state, daysLeft } = warrantyOn(today(ctx), until)
  const found = contractFor(today(ctx), contracts, { id: d.id, productLineId: d.product_line_id }), inForce = found?.state === 'in' ? found.contract : null
  return {
    deviceId: d.id, warranty: { until, state, daysLeft, text: warrantyText(state, until) }, proposal: proposalOf({ inWarranty: state === 'in', contract: inForce }),
    contract: found ? { id: found.contract.id, number: found.contract.number, title: found.contract.title, validUntil: found.contract.validUntil, state: found.state, covers: [...found.contract.covers], responseMinutes: found.contract.responseMinutes } : null,
  }
}

const today = (ctx: Ctx): string => dayOf(ctx.now(), ctx.tenant.timeZone).toISOString().slice(0, 10)

/** At the counter: a serial number, and what it is covered by (CE-03). */
export const coverage = defineAction({
  name: 'deviceCoverage', label: ['保修与合同', 'Coverage'], method: 'GET', path: '/api/coverage', permission: 'device:read', readOnly: true,
  input: z.object({ serialNo: z.string().trim().min(1).max(40).optional(), deviceId: z.uuid().optional() }).refine(q => q.serialNo || q.deviceId, { message: '请给出序列号或设备' }),
  async run(ctx, q) {
    requirePermission(ctx.access, 'serviceContract:read', ctx.entities.get('serviceContract'))
    const entity = ctx.entities.get('device')
    const { rows: [device] } = await sql<{ id: string }>`select t.id from device t where ${visible(ctx, entity, 't', 'read')!} and (t.id = ${q.deviceId ?? null} or t.serial_no = ${q.serialNo?.toUpperCase() ?? null}) limit 1`.execute(ctx.db)
    return device ? (await coverageOf(ctx, device.id))! : fail('NOT_FOUND', { serialNo: q.serialNo ?? null })
  },
})
