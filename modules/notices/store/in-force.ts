import { known, type Ctx, type Wants } from '@quancheng/kernel'
import { EVENT_OF_STAGE, familyOf, type ChannelKind, type Family, type NoticeEvent } from '../entities/kinds.ts'
import { QUIET_FROM, QUIET_TO } from '../entities/notice-setting.ts'

export interface ChannelRow { id: string; kind: ChannelKind; name: string; unitId: string | null; settings: Record<string, unknown> | null }
export interface TemplateRow { event: NoticeEvent; family: Family; urgent: boolean; subject: string | null; text: string; version: number }
export interface InForce { channels: readonly ChannelRow[]; templates: readonly TemplateRow[]; quiet: { from: string; to: string }; baseUrl: string; wants: Wants }

/** What the company has set up and switched on, asked for once in each state of its reference data. */
export const inForce = (ctx: Ctx): Promise<InForce> => known(ctx, 'notices/in-force', async () => {
  const channels = await ctx.query<ChannelRow & Record<string, unknown>>('select id, kind, name, unit_id as "unitId", settings from notice_channel where tenant_id = $1 and not coalesce(off, false) order by created_at, id', [ctx.tenant.id])
  const all = await ctx.query<TemplateRow & Record<string, unknown>>('select event, family, coalesce(urgent, false) as urgent, subject, text, version from notice_template where tenant_id = $1 and not coalesce(off, false)', [ctx.tenant.id])
  const [setting] = await ctx.query<{ quiet_from: string; quiet_to: string; base_url: string | null }>('select quiet_from, quiet_to, base_url from notice_setting where tenant_id = $1 limit 1', [ctx.tenant.id])
  const families = new Set(channels.map(c => familyOf(c.kind)))
  const templates = all.filter(t => families.has(t.family))
  const events = new Set(templates.map(t => t.event))
  // without a channel or a text nobody is told: then nothing of it is heard of either
  const stages = Object.values(EVENT_OF_STAGE).some(e => events.has(e)) || events.has('delayed')
  const wants: Wants = new Map([
    ...(stages ? [['serviceRequest', (e: { how: string; fields: readonly string[] }) => e.how === 'changed' && e.fields.includes('stage')] as const] : []),
    ...(events.has('quote') ? [['estimate', (e: { how: string }) => e.how === 'created'] as const] : []),
  ])
  return { channels, templates, quiet: { from: setting?.quiet_from ?? QUIET_FROM, to: setting?.quiet_to ?? QUIET_TO }, baseUrl: setting?.base_url ?? '', wants }
})
