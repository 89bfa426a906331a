import { elevated, type Ctx } from '@quancheng/kernel'
import { clean, wordsOf, type Words } from '@quancheng/paper'
import { trackUrl } from '../actions/open-request.ts'
import { progressOf } from '../actions/track.ts'

/** A request as papers show it: everything in words, the phone number with its middle hidden (paper is lost, thrown away, photographed). */
export interface RequestFacts {
  id: string; unitId: string; number: string; code: string; customer: string; phone: string; model: string; serialNo: string; fault: string; appearance: string; accessories: string
  inspection: string; repair: string; takenAt: string; endedAt: string; expected: string; ahead: number
  site: { name: string; address: string; phone: string }; words: Words
  /** the customer's page; null where nobody has said under which address this program is reached */
  link: string | null
}

interface Row { id: string; unit_id: string; number: string; customer_name: string | null; phone: string | null; model: string | null; serial_no: string | null; fault_description: string | null; appearance: string | null; accessories: string | null; inspection_result: string | null; repair_action: string | null; started_at: Date; ended_at: Date | null; track_token: string; track_code: string; unit: string; unit_address: string | null; unit_phone: string | null; customer_phone: string | null; color: string | null }

/** `2026-11-23 09:02` on the tenant's wall clock. */
export const wallText = (ctx: Ctx, at: Date | null): string => (at ? new Intl.DateTimeFormat('sv-SE', { timeZone: ctx.tenant.timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).format(at) : '')

const masked = (ctx: Ctx, phone: string | null): string => (phone ? String(ctx.entities.get('serviceRequest').fields.get('phone')!.kind.mask!(phone)) : '')

/** For who has been authorised for the request. `origin`: the address under which the one who asked sees this program. */
export async function requestFacts(ctx: Ctx, id: string, origin: string | null): Promise<RequestFacts> {
  const [r] = await ctx.query<Row>(
    `select t.*, u.name as unit, u.address as unit_address, u.phone as unit_phone from service_request t join unit u on u.tenant_id = t.tenant_id and u.id = t.unit_id where t.tenant_id = $1 and t.id = $2`, [ctx.tenant.id, id])
  const row = r!, words = await wordsOf(ctx)
  const [queue] = await ctx.query<{ n: number }>(
    "select count(*)::int as n from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id where s.tenant_id = $1 and s.unit_id = $2 and s.node_id = 'waiting' and s.state = 'waiting' and s.entered_at < $3 and i.record_id <> $4", [ctx.tenant.id, row.unit_id, row.started_at, id])
  const base = words.website ?? origin
  return {
    id, unitId: row.unit_id, number: row.number, code: row.track_code, customer: clean(row.customer_name ?? ''), phone: masked(ctx, row.phone), model: clean(row.model ?? ''), serialNo: clean(row.serial_no ?? ''),
    fault: clean(row.fault_description ?? ''), appearance: clean(row.appearance ?? ''), accessories: clean(row.accessories ?? ''), inspection: clean(row.inspection_result ?? ''), repair: clean(row.repair_action ?? ''),
    takenAt: wallText(ctx, row.started_at), endedAt: wallText(ctx, row.ended_at), expected: wallText(ctx, (await progressOf(elevated(ctx, '打印'), id))?.expected ?? null), ahead: queue?.n ?? 0,
    site: { name: row.unit, address: row.unit_address ?? '', phone: row.unit_phone ?? '' }, words, link: base ? `${base}${trackUrl(ctx, row.track_token)}` : null,
  }
}

/** 张三 → 张*, 欧阳小明 → 欧***: enough to ask “are you Mr Zhang”, not to know who it is. */
export const maskedName = (name: string): string => { const [first = '', ...rest] = [...name]; return first + '*'.repeat(Math.min(3, rest.length)) }

/** What a voucher says of the device and its owner, in the order in which it is read; empty ones are left out. */
export const voucherFacts = (f: RequestFacts): Array<[label: string, value: string]> => ([
  ['客户', f.customer], ['电话', f.phone], ['设备', f.model], ['序列号', f.serialNo], ['故障', f.fault], ['外观', f.appearance], ['随机配件', f.accessories], ['送修时间', f.takenAt], ['预计完成', f.expected],
] as Array<[string, string]>).filter(([, value]) => value !== '')
