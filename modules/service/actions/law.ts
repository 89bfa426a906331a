import { create, defineAction, fail, visible } from '@quancheng/kernel'
import { sql } from 'kysely'
import type { StepPause } from '@quancheng/process'
import { z } from 'zod'
import { NATIONAL } from '../rules/law.ts'
import { daysInRepair } from '../store/law.ts'

/** Writes what the national rules say for a product line, switched off: somebody compares them with the text in force first. Rules that are there stay. */
export const seedLaw = defineAction({
  name: 'seedLawRules', label: ['装入国家三包时限', 'Load national limits'], method: 'POST', path: '/api/service/law-rules/national', permission: 'lawRule:create', status: 201,
  input: z.object({ productLineId: z.uuid(), category: z.enum(['computer', 'phone']) }),
  async run(ctx, { productLineId, category }) {
    const there = new Set((await ctx.query<{ key: string }>("select cause || '/' || \"right\" as key from law_rule where tenant_id = $1 and product_line_id = $2", [ctx.tenant.id, productLineId])).map(r => r.key))
    const fresh = NATIONAL[category].filter(r => !there.has(`${r.cause}/${r.right}`))
    for (const rule of fresh) await create(ctx, ctx.entities.get('lawRule'), { ...rule, productLineId, off: true })
    return { created: fresh.length, unchanged: there.size }
  },
})

/** Where a request stands by the law: days in repair for each cause, with the limits of its product line. */
export const lawOf = defineAction({
  name: 'lawOfRequest', label: ['三包计时', 'Warranty-law days'], method: 'GET', path: '/api/service-requests/:id/law', permission: 'serviceRequest:read', readOnly: true, input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const { rows: [r] } = await sql<{ started_at: Date; ended_at: Date | null; product_line_id: string; law_rights: string[] | null }>`select t.started_at, t.ended_at, t.product_line_id, t.law_rights from service_request t where ${visible(ctx, ctx.entities.get('serviceRequest'), 't', 'read')!} and t.id = ${id}`.execute(ctx.db)
    if (!r) return fail('NOT_FOUND', { id })
    const limits = await ctx.query<{ right: string; cause: 'own' | 'parts'; days: number; basis: string | null }>('select "right", cause, days, basis from law_rule where tenant_id = $1 and product_line_id = $2 and not coalesce(off, false) order by days', [ctx.tenant.id, r.product_line_id])
    if (!limits.length) return { days: null, limits: [], rights: r.law_rights ?? [] }
    const [{ pauses } = { pauses: [] }] = await ctx.query<{ pauses: StepPause[] }>(
      `select coalesce(jsonb_agg(p), '[]'::jsonb) as pauses from process_instance i join process_step s on s.tenant_id = i.tenant_id and s.instance_id = i.id cross join lateral jsonb_array_elements(s.pauses) p
       where i.tenant_id = $1 and i.entity = 'serviceRequest' and i.record_id = $2 and i.started_by is null`, [ctx.tenant.id, id])
    const days = daysInRepair({ ...ctx, now: () => r.ended_at ?? ctx.now() }, { started_at: r.started_at, pauses })
    return { days, limits: limits.map(l => ({ ...l, left: l.days + 1 - days[l.cause] })), rights: r.law_rights ?? [] }
  },
})
