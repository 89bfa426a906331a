import { defineAction, fail, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'
import { REPORT_KINDS, type ReportKind } from '../rules/choices.ts'

const LOOK = { name: 'key-report-look', max: 20, minutes: 5, count: 'failed' } as const
const TOKEN = z.string().min(8).max(60)

interface Shown { id: string; customer: string; kind: ReportKind; period: string; from: string; until: string; spend: string; orders: number; places: number; pdfHash: string; csvHash: string }
async function reportByToken(ctx: Ctx, token: string): Promise<Shown> {
  const [r] = await ctx.query<Shown & Record<string, unknown>>(
    `select r.id, c.name as customer, r.kind, r.period, r."from"::text as "from", r.until::text as until, r.spend::text as spend, r.orders, r.places, r.pdf_hash as "pdfHash", r.csv_hash as "csvHash" from key_report r join customer c on c.tenant_id = r.tenant_id and c.id = r.customer_id
     where r.tenant_id = $1 and r.link_token = $2`, [ctx.tenant.id, token])
  return r ?? fail('TIER_LINK')
}

/** What a customer sees of its report by the link in the mail (SA-18). */
export const publicReport = defineAction({
  name: 'publicKeyReport', label: ['我的报表', 'My report'], method: 'GET', path: '/api/public/key-reports/:token', permission: 'public', readOnly: true, tries: LOOK, input: z.object({ token: TOKEN }),
  async run(ctx, { token }) {
    const { id: _id, pdfHash: _p, csvHash: _c, kind, ...r } = await reportByToken(ctx, token)
    return { company: ctx.tenant.name, title: REPORT_KINDS[kind][0], ...r }
  },
})

/** One of its two files as they are now, `content` in base64: the newest whose hash the report names. */
export const publicReportFile = defineAction({
  name: 'publicKeyReportFile', label: ['下载我的报表', 'A file of my report'], method: 'GET', path: '/api/public/key-reports/:token/:file', permission: 'public', readOnly: true, tries: LOOK, input: z.object({ token: TOKEN, file: z.enum(['pdf', 'csv']) }),
  async run(ctx, { token, file }) {
    const r = await reportByToken(ctx, token)
    const [a] = await ctx.query<{ name: string; mediaType: string; content: Buffer }>(
      `select name, media_type as "mediaType", content from attachment where tenant_id = $1 and entity = 'keyReport' and record_id = $2 and encode(sha256, 'hex') = $3 order by at desc limit 1`, [ctx.tenant.id, r.id, file === 'pdf' ? r.pdfHash : r.csvHash])
    return a ? { name: a.name, mediaType: a.mediaType, content: a.content.toString('base64') } : fail('TIER_LINK')
  },
})
