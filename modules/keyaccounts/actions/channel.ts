import { randomBytes } from 'node:crypto'
import { defineAction, elevated, fail, lock, storeChange } from '@quancheng/kernel'
import { z } from 'zod'

const LOOK = { name: 'standing-look', max: 20, minutes: 5, count: 'failed' } as const

/** The link on which a customer sees its level, what it gets and what is missing to the next (SA-13). */
export const standingLink = defineAction({
  name: 'standingLink', label: ['升级通道链接', 'Link for the customer'], method: 'POST', path: '/api/customer-standings/:id/link', permission: 'customerStanding:read', status: 200, input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const entity = ctx.entities.get('customerStanding'), { row } = await lock(ctx, entity, id, 'read')
    const token = (row.linkToken as string | null) ?? randomBytes(18).toString('base64url')
    if (!row.linkToken) await storeChange(elevated(ctx, '升级通道链接'), entity, id, { linkToken: token })
    return { link: `/standing/${token}${ctx.tenant.no === 1 ? '' : `?tenant=${ctx.tenant.code}`}` }
  },
})

interface Row { customer: string; level: number; total: string; ours: string; share: string; toNext: string | null; upgrade: unknown; name: string | null; services: string | null }
const listOf = (services: string | null): string[] => (services ?? '').split('\n').map(s => s.trim()).filter(Boolean)

export const publicStanding = defineAction({
  name: 'publicStanding', label: ['我的级别', 'My level'], method: 'GET', path: '/api/public/standing/:token', permission: 'public', readOnly: true, tries: LOOK, input: z.object({ token: z.string().min(8).max(60) }),
  async run(ctx, { token }) {
    const [r] = await ctx.query<Row & Record<string, unknown>>(
      `select c.name as customer, s.level, s.total, s.ours, s.share, s.to_next as "toNext", s.upgrade, p.name, p.services from customer_standing s join customer c on c.tenant_id = s.tenant_id and c.id = s.customer_id
       left join tier_package p on p.tenant_id = s.tenant_id and p.level = s.level where s.tenant_id = $1 and s.link_token = $2`, [ctx.tenant.id, token])
    if (!r) return fail('TIER_LINK')
    const next = r.upgrade as { total: { level: number } | null; share: { level: number } | null } | null
    const level = Math.min(next?.total?.level ?? 99, next?.share?.level ?? 99)
    const [better] = level < 99 ? await ctx.query<{ name: string; services: string }>('select name, services from tier_package where tenant_id = $1 and level = $2', [ctx.tenant.id, level]) : []
    const services = listOf(r.services)
    return { company: ctx.tenant.name, customer: r.customer, level: r.level, name: r.name, services, total: r.total, ours: r.ours, share: r.share, toNext: r.toNext, upgrade: r.upgrade, next: better ? { level, name: better.name, more: listOf(better.services).filter(s => !services.includes(s)) } : null }
  },
})
