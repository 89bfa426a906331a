import { randomBytes } from 'node:crypto'
import { elevated, storeChange, type Ctx } from '@quancheng/kernel'
import { pageLink, tellInOwnWords } from '@quancheng/notices'
import { REPORT_KINDS, type ReportKind } from '../rules/choices.ts'
import { today } from './run.ts'

/** Somebody who gets an account's reports. `id` null: the account's own address. */
interface Reader { id: string | null; name: string; mail: string | null }

/** Who is named on the standing, as long as they are with the customer; where nobody is, the customer's own address. */
async function readersOf(ctx: Ctx, customerId: string): Promise<Reader[]> {
  const named = await ctx.query<Reader & Record<string, unknown>>(
    `select c.id, c.name, c.mail from customer_standing s join contact c on c.tenant_id = s.tenant_id and c.id = any(s.report_to_ids) and (c.until is null or c.until >= $3)
     where s.tenant_id = $1 and s.customer_id = $2 order by c.name, c.id`, [ctx.tenant.id, customerId, today(ctx)])
  return named.length ? named : ctx.query<Reader & Record<string, unknown>>('select null as id, name, mail from customer where tenant_id = $1 and id = $2', [ctx.tenant.id, customerId])
}

/** Word of a customer's own matter goes to whoever has not refused it. */
async function agrees(ctx: Ctx, customerId: string): Promise<boolean> {
  const [last] = await ctx.query<{ given: string }>("select given from consent where tenant_id = $1 and customer_id = $2 and purpose = 'service' and channel in ('any', 'mail') order by at desc, id desc limit 1", [ctx.tenant.id, customerId])
  return last?.given !== 'no'
}

const WHY_NOT = { off: '客户不要通知', nowhere: '没有可用的邮件渠道', refused: '客户没有同意' } as const

/**
 * Mails one report to the people named, as a link to the page that has its files. The same report goes to the same person once, however often it is made;
 * other figures make another mail. What came of it, also why somebody got none, stands on the report.
 */
export async function mailReport(ctx: Ctx, id: string): Promise<void> {
  const sys = elevated(ctx, '客户报表'), entity = ctx.entities.get('keyReport')
  const [r] = await ctx.query<{ customerId: string; unitId: string; kind: ReportKind; period: string; spend: string; orders: number; pdfHash: string; token: string | null; sentTo: string | null }>(
    'select r.customer_id as "customerId", c.unit_id as "unitId", r.kind, r.period, r.spend::text as spend, r.orders, r.pdf_hash as "pdfHash", r.link_token as token, r.sent_to as "sentTo" from key_report r join customer c on c.tenant_id = r.tenant_id and c.id = r.customer_id where r.tenant_id = $1 and r.id = $2', [ctx.tenant.id, id])
  if (!r) return
  const token = r.token ?? randomBytes(18).toString('base64url'), title = `${r.period} ${REPORT_KINDS[r.kind][0]}`
  const sent: string[] = [], not: string[] = []
  for (const reader of await readersOf(ctx, r.customerId)) {
    if (!reader.mail) { not.push(`${reader.name}没有填邮箱`); continue }
    const told = await tellInOwnWords(sys, {
      event: 'keyReport', occasion: `${id}/${r.pdfHash.slice(0, 16)}/${reader.id ?? 'own'}`, customerId: r.customerId, unitId: r.unitId, by: 'mail', to: reader.mail, subject: `${ctx.tenant.name}：${title}`, wayOut: true, may: () => agrees(ctx, r.customerId),
      text: `${reader.id ? `${reader.name}，您好！\n` : ''}${title}：订单 ${r.orders} 笔，金额合计 ${r.spend} 元。\n查看和下载（PDF、CSV）：${pageLink(`/report/${token}${ctx.tenant.no === 1 ? '' : `?tenant=${ctx.tenant.code}`}`)}`,
    })
    if ('id' in told) sent.push(reader.name); else not.push(WHY_NOT[told.no])
  }
  const sentTo = [sent.join('、'), not.length ? `没有寄：${[...new Set(not)].join('、')}` : ''].filter(Boolean).join('；').slice(0, 200)
  if (sentTo !== r.sentTo || !r.token) await storeChange(sys, entity, id, { sentTo, linkToken: token })
}
