import { known, storeNew, type Ctx } from '@quancheng/kernel'
import { paragraphs } from '../rules/clean.ts'

export interface Words { company: string; website: string | null; voucherTerms: string[]; orderTerms: string[]; slipText: string[] }

interface SettingRow { company: string | null; website: string | null; voucher_terms: string | null; order_terms: string | null; slip_text: string | null }

/** A module that knows the tenant's public address registers it under this name: `(ctx) => Promise<string | null>`. */
export const PUBLIC_ADDRESS_SERVICE = 'public.address'

/** What stands on every paper of the tenant. */
export async function wordsOf(ctx: Ctx): Promise<Words> {
  const row = await known(ctx, 'paper-setting', async () =>
    (await ctx.query<SettingRow>('select company, website, voucher_terms, order_terms, slip_text from paper_setting where tenant_id = $1 order by id limit 1', [ctx.tenant.id]))[0] ?? null)
  const address = ctx.runtime.services.get(PUBLIC_ADDRESS_SERVICE) as ((ctx: Ctx) => Promise<string | null>) | undefined
  return {
    company: row?.company || ctx.tenant.name, website: row?.website || (await address?.(ctx)) || null,
    voucherTerms: paragraphs(row?.voucher_terms ?? ''), orderTerms: paragraphs(row?.order_terms ?? ''), slipText: paragraphs(row?.slip_text ?? ''),
  }
}

const FIRST = {
  name: '全公司', voucherTerms: '请凭本凭证取机，并当面试机。满 30 天未取将列为滞留件。',
  orderTerms: '一、更换下来的配件，客户要求带走的当面交还。\n二、同一故障在本次维修的保修期内再次发生，免费返修。\n三、设备中的资料请自行备份。',
  slipText: '请留意叫号，过号请到前台。',
}

/** The one row of a new tenant; what a person has written stays. */
export async function setupSettings(ctx: Ctx): Promise<void> {
  const [row] = await ctx.query('select 1 from paper_setting where tenant_id = $1 limit 1', [ctx.tenant.id])
  if (!row) await storeNew(ctx, ctx.entities.get('paperSetting'), { ...FIRST })
}
