import { createHash } from 'node:crypto'
import { attach, CSV_BOM, csvLine, elevated, schedule, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { reportPdf } from '../pdf/make.ts'
import { KEY_LEVEL, REPORT_KINDS, SOLD, type ReportKind } from '../rules/choices.ts'
import { endedSpan, type Span } from '../rules/period.ts'
import { reportOf, type Figures, type Group } from '../rules/report.ts'
import { planFirst } from './decline.ts'
import { mailReport } from './mail.ts'
import { today } from './run.ts'
import { subtreeIds } from './tree.ts'

export const JOB_REPORTS = 'keyaccounts.reports', JOB_REPORT = 'keyaccounts.report'
const AT_MS = 6 * 3_600_000

const BY = (what: string): string => `select ${what} as name, count(*)::int as count, trim_scale(sum(l.quantity))::text as quantity, sum(l.amount)::text as amount from order_line l join sales_order o on o.tenant_id = l.tenant_id and o.id = l.order_id
  where l.tenant_id = $1 and o.customer_id = any($2) and o.state = any($3) and o.ordered_on >= $4 and o.ordered_on <= $5 and ${what} is not null group by 1 order by sum(l.amount) desc, 1 limit 100`

/** What an account and all below it bought in a span: the sum is that of the orders. */
async function figuresOf(ctx: Ctx, customerId: string, s: Span): Promise<Figures> {
  const values = [ctx.tenant.id, await subtreeIds(ctx, customerId), [...SOLD], s.from, s.until]
  const [sum] = await ctx.query<{ spend: string; orders: number }>('select coalesce(sum(o.amount), 0)::numeric(16,2)::text as spend, count(*)::int as orders from sales_order o where o.tenant_id = $1 and o.customer_id = any($2) and o.state = any($3) and o.ordered_on >= $4 and o.ordered_on <= $5', values)
  const months = await ctx.query<Group & Record<string, unknown>>("select to_char(o.ordered_on, 'YYYY-MM') as name, count(*)::int as count, '' as quantity, sum(o.amount)::text as amount from sales_order o where o.tenant_id = $1 and o.customer_id = any($2) and o.state = any($3) and o.ordered_on >= $4 and o.ordered_on <= $5 group by 1 order by 1", values)
  return { ...sum!, months, items: await ctx.query<Group & Record<string, unknown>>(BY('l.item'), values), places: await ctx.query<Group & Record<string, unknown>>(BY('l.place'), values) }
}

const hash = (b: Buffer): string => createHash('sha256').update(b).digest('hex')

/** Makes one report: its row, its PDF and its CSV. Made before: nothing is added while the figures are the same; other figures make new files beside the old. */
export async function makeReport(ctx: Ctx, customerId: string, kind: ReportKind, s: Span): Promise<{ id: string; pdfHash: string; csvHash: string; again: boolean }> {
  const sys = elevated(ctx, '客户报表'), entity = ctx.entities.get('keyReport')
  const [c] = await ctx.query<{ name: string; level: number }>('select name, coalesce(level, 10) as level from customer where tenant_id = $1 and id = $2', [ctx.tenant.id, customerId])
  const figures = await figuresOf(sys, customerId, s), title = REPORT_KINDS[kind][0]
  const document = reportOf({ company: ctx.tenant.name, customer: c!.name, title, period: s.name, from: s.from, until: s.until, level: c!.level }, figures)
  const pdf = await reportPdf(document)
  const csv = Buffer.from(CSV_BOM + [...document.facts.map(f => csvLine([...f])), ...document.tables.flatMap(t => [csvLine([t.title]), csvLine([...t.columns]), ...t.rows.map(r => csvLine([...r]))])].join(''), 'utf8')
  const values = { spend: figures.spend, orders: figures.orders, places: figures.places.length, pdfHash: hash(pdf), csvHash: hash(csv), madeAt: ctx.now() }
  const [there] = await ctx.query<{ id: string; pdf: string; csv: string }>('select id, pdf_hash as pdf, csv_hash as csv from key_report where tenant_id = $1 and customer_id = $2 and kind = $3 and period = $4', [ctx.tenant.id, customerId, kind, s.name])
  if (there?.pdf === values.pdfHash && there.csv === values.csvHash) return { id: there.id, pdfHash: there.pdf, csvHash: there.csv, again: true }
  const row = there ? await storeChange(sys, entity, there.id, values) : await storeNew(sys, entity, { customerId, kind, period: s.name, from: s.from, until: s.until, ...values })
  const name = `${c!.name}-${title}-${s.name}`
  await attach(sys, 'keyReport', row.id as string, { name: `${name}.pdf`, mediaType: 'application/pdf', content: pdf })
  await attach(sys, 'keyReport', row.id as string, { name: `${name}.csv`, mediaType: 'text/csv', content: csv })
  return { id: row.id as string, pdfHash: values.pdfHash, csvHash: values.csvHash, again: false }
}

/** On the 1st at six: one job an account and kind, so that one that fails holds up no other. */
export async function reportsJob(ctx: Ctx): Promise<void> {
  await planReports(ctx)
  await askReports(ctx, today(ctx))
}

/** Puts the reports that are due on a day on the list; answers how many. */
export async function askReports(ctx: Ctx, day: string): Promise<number> {
  const accounts = await ctx.query<{ id: string }>('select id from customer where tenant_id = $1 and level <= $2 and merged_into_id is null order by id', [ctx.tenant.id, KEY_LEVEL])
  let n = 0
  for (const kind of Object.keys(REPORT_KINDS) as ReportKind[]) {
    const span = endedSpan(kind, day)
    if (span) for (const { id } of accounts) { await schedule(ctx, { kind: JOB_REPORT, key: `${id}/${kind}/${span.name}`, dueAt: ctx.now(), payload: { id, kind, span } }); n++ }
  }
  return n
}
export async function reportJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const p = payload as { id: string; kind: ReportKind; span: Span }
  const { id } = await makeReport(ctx, p.id, p.kind, p.span)
  await mailReport(ctx, id)
}
export const planReports = (ctx: Ctx): Promise<void> => planFirst(ctx, JOB_REPORTS, AT_MS)
