import { act, AppError, defineAction, fail, isId, publicTenant, type ModuleSpec } from '@quancheng/kernel'
import { z } from 'zod'
import { findArticles, forCustomers } from '../store/find.ts'
import { keepMiss } from '../store/misses.ts'
import { ASKED, asked } from './read.ts'

/** by the address of a customer: what a person types and reads, not what a program takes away */
const LIMIT = { name: 'help-center', max: 120, minutes: 5, count: 'all' } as const

const search = defineAction({
  name: 'helpCenter', label: ['帮助中心', 'Help centre'], method: 'GET', path: '/api/public/help-center', permission: 'public', readOnly: true, tries: LIMIT, input: ASKED,
  async run(ctx, i) {
    const found = await findArticles(ctx, forCustomers(ctx), asked(i))
    const lines = await ctx.query("select distinct l.id, l.name, l.position from product_line l join article t on t.tenant_id = l.tenant_id and l.id = any(t.product_line_ids) and t.state = 'published' and t.visibility = 'public' where l.tenant_id = $1 and not coalesce(l.off, false) order by l.position, l.name", [ctx.tenant.id])
    // figures of the house are no business of customers
    return { company: ctx.tenant.name, lines, items: found.items.map(({ id, title, excerpt, lines: of }) => ({ id, title, excerpt, lines: of })) }
  },
})
const one = defineAction({
  name: 'helpCenterArticle', label: ['帮助中心', 'Help centre'], method: 'GET', path: '/api/public/help-center/:id', permission: 'public', readOnly: true, tries: LIMIT, input: z.object({ id: z.string().max(40) }),
  async run(ctx, { id }) {
    const [a] = isId(id) ? await ctx.query("select id, title, body, published_at as \"publishedAt\" from article where tenant_id = $1 and id = $2 and state = 'published' and visibility = 'public'", [ctx.tenant.id, id]) : []
    return a ? { ...a, company: ctx.tenant.name } : fail('NOT_FOUND', { id })
  },
})
const missed = defineAction({
  name: 'helpCenterMiss', label: ['帮助中心', 'Help centre'], method: 'POST', path: '/api/public/help-center/misses', permission: 'public', status: 200, tries: { name: 'help-center-miss', max: 20, minutes: 5, count: 'all' }, input: z.object({ q: z.string().trim().min(2).max(100) }),
  run: async (ctx, { q }) => ({ kept: await keepMiss(ctx, q, forCustomers(ctx), true) }),
})
export const publicActions = [search, one, missed]

/** The pictures of a public article, and no other file of it: only what its text shows. */
export const publicImages: ModuleSpec['routes'] = (app, runtime) => {
  app.get('/api/public/help-center/:id/images/:file', async (req, reply) => {
    const { id, file } = req.params as { id: string; file: string }
    const image = await act(runtime, { tenantId: await publicTenant(runtime, req) }, async ctx => {
      const [a] = isId(id) && isId(file) ? await ctx.query<{ media_type: string; content: Buffer }>(
        "select f.media_type, f.content from attachment f join article t on t.tenant_id = f.tenant_id and t.id = f.record_id where f.tenant_id = $1 and f.entity = 'article' and f.id = $3 and t.id = $2 and t.state = 'published' and t.visibility = 'public' and position('attachment:' || $3::text in t.body) > 0", [ctx.tenant.id, id, file]) : []
      return a && /^image\/(png|jpeg|gif|webp)$/.test(a.media_type) ? a : null
    }, { readOnly: true })
    if (!image) return reply.code(404).send(new AppError('NOT_FOUND').body('zh-CN'))
    return reply.header('content-type', image.media_type).header('x-content-type-options', 'nosniff').header('content-security-policy', 'sandbox').header('cache-control', 'public, max-age=3600').send(image.content)
  })
}
