import { defineAction, fail, requireInUnit, type Ctx } from '@quancheng/kernel'
import { printByItself } from '@quancheng/paper'
import { z } from 'zod'
import { KIOSK_TAKES } from '../rules/limits.ts'
import { openRequest, stationOf, type OpenedRequest } from './open-request.ts'

const answer = (o: OpenedRequest) => ({ id: o.id, number: o.number, startedAt: o.startedAt, code: o.code, trackUrl: o.trackUrl, ahead: o.ahead })
const phoneOf = (ctx: Ctx, phone: string | null | undefined): string | null => {
  if (!phone?.trim()) return null
  const field = ctx.entities.get('serviceRequest').fields.get('phone')!
  try { return field.kind.parse(phone, field as never) as string } catch (error) { return fail('INVALID', { summary: (error as Error).message, fields: [{ field: 'phone', code: 'PHONE', message: (error as Error).message }] }) }
}

/** The clerk takes a number for somebody who came straight to the counter. */
export const takeNumber = defineAction({
  name: 'takeNumber', label: ['取号', 'Take a number'], method: 'POST', path: '/api/service-requests/take-number', permission: 'serviceRequest:takeNumber', status: 201,
  input: z.object({ unitId: z.uuid(), productLineId: z.uuid().nullish(), phone: z.string().max(40).nullish() }),
  async run(ctx, input) {
    await requireInUnit(ctx, 'serviceRequest:takeNumber', input.unitId)
    return answer(await openRequest(ctx, { unitId: input.unitId, productLineId: input.productLineId, phone: phoneOf(ctx, input.phone), source: 'desk' }))
  },
})

/** What the screen at the door shows. */
export const kiosk = defineAction({
  name: 'kiosk', label: ['取号机', 'Kiosk'], method: 'GET', path: '/api/public/kiosk/:unitCode', permission: 'public', readOnly: true, input: z.object({ unitCode: z.string().max(20) }),
  async run(ctx, { unitCode }) {
    const unit = await stationOf(ctx, { code: unitCode })
    const productLines = await ctx.query('select id, name from product_line where tenant_id = $1 and not coalesce(off, false) order by position, code', [ctx.tenant.id])
    const [w] = await ctx.query<{ n: number }>("select count(*)::int as n from process_step where tenant_id = $1 and unit_id = $2 and node_id = 'waiting' and state = 'waiting'", [ctx.tenant.id, unit.id])
    const called = await ctx.query("select i.label as number, s.started_at as at from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id where s.tenant_id = $1 and s.unit_id = $2 and s.node_id = 'reception' and s.state = 'active' order by s.entered_at desc limit 5", [ctx.tenant.id, unit.id])
    return { unit: { id: unit.id, code: unit.code, name: unit.name, phone: unit.phone, address: unit.address }, tenant: ctx.tenant.name, productLines, waiting: w?.n ?? 0, called }
  },
})

export const kioskTake = defineAction({
  name: 'kioskTake', label: ['送修取号', 'Take a number at the door'], method: 'POST', path: '/api/public/kiosk/:unitCode/take', permission: 'public', status: 201, tries: { name: 'kiosk', max: KIOSK_TAKES, minutes: 1, count: 'all' },
  input: z.object({ unitCode: z.string().max(20), productLineId: z.uuid().nullish(), phone: z.string().max(40).nullish() }),
  async run(ctx, input) {
    const unit = await stationOf(ctx, { code: input.unitCode })
    const opened = await openRequest(ctx, { unitId: unit.id, productLineId: input.productLineId, phone: phoneOf(ctx, input.phone), source: 'kiosk' })
    const printing = await printByItself(ctx, { entity: 'serviceRequest', recordId: opened.id, paper: 'slip', unitId: unit.id, title: opened.number })
    return { ...answer(opened), ...(printing ? { printing } : {}) }
  },
})

