import { elevated, fail, normalise, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { notFilledByPerson } from '../rules/form.ts'

export interface FormRow { id: string; title: string; asks: string[]; source: string; campaign_id: string | null; product_id: string | null; unit_id: string; origins: string | null; consent: string | null; thanks: string; token: string }

/** A form that is in use, by its address. */
export async function formOf(ctx: Ctx, token: string): Promise<FormRow> {
  const [form] = await ctx.query<FormRow & Record<string, unknown>>('select * from lead_form where tenant_id = $1 and token = $2 and not coalesce(off, false)', [ctx.tenant.id, token])
  return form ? { ...form, asks: form.asks ?? [] } : fail('LEAD_FORM')
}

export const allowed = (form: FormRow, origin: string | null, own: string | null): boolean => {
  const list = (form.origins ?? '').split(/\s+/).map(o => o.replace(/\/+$/, '').toLowerCase()).filter(Boolean)
  return !origin || origin === own || list.length === 0 || list.includes(origin.toLowerCase())
}

const FIELDS = ['name', 'phone', 'company', 'mail', 'province', 'city', 'needs'] as const

/**
 * What a visitor sent becomes a lead, dispatched like any other; the same telephone again within an open lead is added to it. What only a program
 * fills in, or sends at once, is answered like the rest and kept nowhere (CU-13).
 */
export async function takeForm(ctx: Ctx, token: string, body: Record<string, unknown>, origin: string | null, own: string | null): Promise<{ thanks: string }> {
  const form = await formOf(ctx, token), answer = { thanks: form.thanks }
  if (!allowed(form, origin, own)) return fail('LEAD_ORIGIN')
  if (notFilledByPerson(body, ctx.now())) return answer
  const sys = elevated(ctx, '网上线索'), entity = ctx.entities.get('lead')
  const given = Object.fromEntries(FIELDS.filter(n => n === 'name' || n === 'phone' || form.asks.includes(n)).map(n => [n, body[n]]).filter(([, v]) => v !== undefined))
  const values = normalise(sys, entity, given, 'create')
  const problems = (['name', 'phone'] as const).filter(n => !values[n] && !(n === 'phone' && values.mail)).map(n => ({ field: n, code: 'REQUIRED', message: '必填' }))
  if (problems.length) return fail('INVALID', { summary: problems.map(p => `“${p.field === 'name' ? '姓名' : '电话'}”必填`).join('；'), fields: problems })
  if (form.consent && body.consent !== true && body.consent !== 'on' && body.consent !== 'true') return fail('LEAD_CONSENT')
  const consent = form.consent ? { consent: form.consent, consentAt: ctx.now() } : {}
  const [same] = await ctx.query<{ id: string; needs: string | null }>("select id, needs from lead where tenant_id = $1 and state in ('new', 'pool', 'assigned', 'working') and ((phone is not null and phone = $2) or (mail is not null and lower(mail) = lower($3))) order by created_at desc limit 1 for update", [ctx.tenant.id, values.phone ?? null, values.mail ?? null])
  if (same) {
    const more = typeof values.needs === 'string' && !same.needs?.includes(values.needs) ? { needs: [same.needs, values.needs].filter(Boolean).join('\n').slice(0, 1000) } : {}
    await storeChange(sys, entity, same.id, { ...more, ...consent }, { act: 'again', note: { form: form.title } })
    return answer
  }
  await storeNew(sys, entity, { ...values, source: form.source, campaignId: form.campaign_id, productId: form.product_id, ...consent, $block: form.unit_id }, { act: 'fromWeb' })
  return answer
}
