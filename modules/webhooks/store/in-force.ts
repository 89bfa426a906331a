import { readyConditions, type ReadyConditions } from '@quancheng/automation'
import { isListed, known, operatorLists, type Ctx, type Reach, type Wants } from '@quancheng/kernel'
import { toldAs, type Happened } from '../rules/events.ts'
import type { Subject } from '../rules/types.ts'

export interface Hook { id: string; name: string; url: string; asUserId: string; off: boolean }
/** One of a webhook's subjects, ready to be asked; `conditions` null: none. */
export interface Asked { hook: Hook; subject: Subject; conditions: ReadyConditions | null }
interface InForce { byEntity: ReadonlyMap<string, readonly Asked[]>; wants: Wants; hosts: readonly string[] }

interface HookRow extends Record<string, unknown> { id: string; name: string; url: string; as_user_id: string; off: boolean; subjects: Subject[] | null }

/** The tenant's webhooks, asked for once in each state of its reference data. */
export const inForce = (ctx: Ctx): Promise<InForce> => known(ctx, 'webhooks/in-force', async () => {
  const rows = await ctx.query<HookRow>('select id, name, url, as_user_id, coalesce(off, false) as off, subjects from webhook where tenant_id = $1 order by created_at, id', [ctx.tenant.id])
  const byEntity = new Map<string, Asked[]>(), entities = new Set<string>()
  for (const r of rows) {
    for (const subject of r.subjects ?? []) {
      entities.add(subject.entity)
      if (r.off) continue
      const entity = ctx.entities.find(subject.entity)
      const hook = { id: r.id, name: r.name, url: r.url, asUserId: r.as_user_id, off: r.off }
      byEntity.set(subject.entity, [...(byEntity.get(subject.entity) ?? []), { hook, subject, conditions: entity && (subject.tests.length || subject.condition) ? readyConditions(entity, subject) : null }])
    }
  }
  // personal data that is erased goes from the messages too, also of a webhook that is off
  const wants: Wants = new Map([...entities].map(name => [name, (e: Happened) => e.event.endsWith('.erase') || (byEntity.get(name) ?? []).some(a => toldAs(a.subject, e) !== null)] as const))
  return { byEntity, wants, hosts: await allowedHosts(ctx) }
})

/** Does this installation serve one company only? Then its administrator is its operator. */
export const alone = async (ctx: Ctx): Promise<boolean> => (await ctx.query('select 1 from tenant limit 2')).length < 2

async function allowedHosts(ctx: Ctx): Promise<string[]> {
  const [row] = await ctx.query<{ hosts: string | null }>('select hosts from webhook_setting where tenant_id = $1 order by created_at limit 1', [ctx.tenant.id])
  return row?.hosts && (await alone(ctx)) ? row.hosts.split(/\s+/).filter(Boolean) : []
}

/** How far a message to this address may reach. */
export async function reachOf(ctx: Ctx, url: URL): Promise<Reach> {
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  if (operatorLists(url.hostname, port)) return 'any'
  return isListed((await inForce(ctx)).hosts, url.hostname, port) ? 'inside' : 'public'
}
