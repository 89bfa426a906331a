import { pick, type Ctx, type Runtime } from '@quancheng/kernel'
import { copyText, registerPaper, type Ticket, type TicketBlock, type TicketRequest } from '@quancheng/paper'
import { requireProven } from '../actions/phone.ts'
import { maskedName, requestFacts, voucherFacts, wallText, type RequestFacts } from './facts.ts'

/** Without them there is no voucher: nobody could be called, and whoever brings it could not be known (SP-12). */
const VOUCHER_NEEDS = ['customerName', 'phone'] as const

const center = (text: string, o: { big?: boolean; bold?: boolean } = {}): TicketBlock => ({ kind: 'text', text, align: 'center', ...o })
const facts = (list: ReadonlyArray<readonly [string, string]>): TicketBlock[] => list.filter(([, value]) => value !== '').map(([label, value]) => ({ kind: 'fact', label, value }))
const RULE: TicketBlock = { kind: 'rule' }

/** 取机凭证: what the customer brings back to collect the device. */
const voucher = (f: RequestFacts, o: { copy: number; by: string; at: string }): Ticket => [
  center(f.words.company), center(f.site.name), center('取机凭证', { big: true, bold: true }), ...(o.copy > 0 ? [center(copyText(o.copy), { bold: true })] : []), RULE,
  center(f.number, { bold: true }), center(`查询码 ${f.code}`, { big: true }), RULE, ...facts(voucherFacts(f)), RULE,
  { kind: 'qr', text: f.link ?? f.number }, center(f.link ? '扫码查看维修进度' : '到店出示此码'), { kind: 'barcode', text: f.number }, RULE,
  ...f.words.voucherTerms.map((text): TicketBlock => ({ kind: 'text', text })), ...facts([['经办', o.by], ['打印', o.at], ['电话', f.site.phone], ['地址', f.site.address]]),
]

/** 标签: goes on the device, where everybody sees it: no full name, no telephone. */
const label = (f: RequestFacts, o: { copy: number }): Ticket => [
  center(f.number, { bold: true }), { kind: 'barcode', text: f.number }, ...facts([['设备', f.model], ['序列号', f.serialNo], ['客户', maskedName(f.customer)], ['送修', f.takenAt], ['', copyText(o.copy)]]), { kind: 'qr', text: f.number },
]

/** 取号单: from the printer at the door. */
const slip = (f: RequestFacts): Ticket => [
  center(f.words.company), center(f.site.name), RULE, center('您的号码'), center(f.number.split('-').at(-1) ?? f.number, { big: true, bold: true }), center(f.number), center(f.ahead > 0 ? `前面还有 ${f.ahead} 位` : '您是下一位'), RULE,
  ...(f.link ? [{ kind: 'qr', text: f.link } satisfies TicketBlock, center('扫码查看进度')] : []), center(`查询码 ${f.code}`, { bold: true }), ...f.words.slipText.map(text => center(text)), center(f.takenAt),
]

/** Tells the printers' module what stands on the papers of a request. */
export function registerPapers(runtime: Runtime): void {
  const entity = 'serviceRequest'
  const names = (ctx: Ctx, row: Readonly<Record<string, unknown>>, fields: readonly string[]): string[] => fields.filter(name => !row[name]).map(name => pick(ctx.entities.get(entity).fields.get(name)!.label, ctx.locale))
  const made = async (ctx: Ctx, r: TicketRequest) => ({ f: await requestFacts(ctx, r.recordId, r.origin), o: { copy: r.copy, by: r.by, at: wallText(ctx, ctx.now()) } })
  registerPaper(runtime, { paper: 'voucher', entity, missing: (ctx, row) => names(ctx, row, VOUCHER_NEEDS), refuse: (ctx, row) => requireProven(ctx, String(row.id)), ticket: async (ctx, r) => { const { f, o } = await made(ctx, r); return voucher(f, o) } })
  registerPaper(runtime, { paper: 'label', entity, missing: (ctx, row) => names(ctx, row, ['model']), ticket: async (ctx, r) => { const { f, o } = await made(ctx, r); return label(f, o) } })
  registerPaper(runtime, { paper: 'slip', entity, missing: () => [], ticket: async (ctx, r) => slip((await made(ctx, r)).f) })
}
