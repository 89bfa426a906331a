import { checkConditions } from '@quancheng/automation'
import { can, fail, operatorLists, refusedBySpelling, type CompiledEntity, type Ctx } from '@quancheng/kernel'
import { CASE_SUBJECT } from '@quancheng/process'
import { ALARM, ALARM_KINDS, CASE_KINDS, RECORD_KINDS } from '../rules/events.ts'
import type { Subject, WebhookInput } from '../rules/types.ts'
import { asOwner } from './owner.ts'
import { reachOf } from './in-force.ts'

/** Not told of: what the program keeps for itself, and the webhooks. */
const OWN = new Set(['webhook', 'webhookSetting'])
export const tellable = (e: CompiledEntity): boolean => !e.internal && !OWN.has(e.name)

/** Whose rights may the caller lend to a webhook? Their own; those of others only where they may change all users anyway. */
export const mayActAs = (ctx: Ctx, userId: string): boolean => ctx.access.system || ctx.user?.id === userId || (ctx.access.grants.get('user:update')?.has('all') ?? false)

/** Refuses an address that is none, or that this program must not reach. */
export async function checkUrl(ctx: Ctx, text: string): Promise<string> {
  const url = URL.canParse(text) ? new URL(text) : fail('WEBHOOK_URL')
  if (!/^https?:$/.test(url.protocol) || url.username || url.password || url.hash || !url.hostname) fail('WEBHOOK_URL')
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  if (!operatorLists(url.hostname, port) && refusedBySpelling(url.hostname, await reachOf(ctx, url))) fail('WEBHOOK_HOST', { host: url.port ? `${url.hostname}:${url.port}` : url.hostname })
  return url.href
}

export async function checkWebhook(ctx: Ctx, w: WebhookInput, asUserId: string): Promise<void> {
  if (!mayActAs(ctx, asUserId)) fail('WEBHOOK_OWNER')
  const as = await asOwner(ctx, asUserId)
  const [person] = await ctx.query<{ name: string }>('select name from "user" where tenant_id = $1 and id = $2', [ctx.tenant.id, asUserId])
  if (!as) return fail('WEBHOOK_OWNER_OFF', { name: person?.name ?? '' })
  if (!w.subjects.length || w.subjects.some(s => !s.events.length)) fail('WEBHOOK_SUBJECTS')
  const seen = new Set<string>()
  for (const s of w.subjects) {
    const entity = ctx.entities.find(s.entity), label = s.entity === CASE_SUBJECT ? '流程进展' : entity?.label[0] ?? s.entity
    if (seen.has(s.entity)) fail('WEBHOOK_TWICE', { entity: label })
    seen.add(s.entity)
    checkEvents(s, label)
    if (s.entity === CASE_SUBJECT) continue
    if (!entity || !tellable(entity)) return fail('WEBHOOK_ENTITY', { entity: label })
    if (!can(as.access, `${entity.name}:read`, entity)) fail('WEBHOOK_BLIND', { name: person?.name ?? '', entity: label })
    // whoever can tell from what arrives whether a condition held could read the field by it
    checkConditions(as, entity, s)
    for (const name of s.fields) if (!entity.fields.has(name)) fail('WEBHOOK_EVENT', { entity: label, event: name })
  }
}

function checkEvents(s: Subject, label: string): void {
  const known = s.entity === CASE_SUBJECT ? CASE_KINDS : s.entity === ALARM ? ALARM_KINDS : RECORD_KINDS
  for (const event of s.events) if (!(event in known) && !(event.startsWith('act:') && known === RECORD_KINDS)) fail('WEBHOOK_EVENT', { entity: label, event })
}
