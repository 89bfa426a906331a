import { visible, type Runtime } from '@quancheng/kernel'
import { registerAgenda, type AgendaItem } from '@quancheng/schedule'
import { sql } from 'kysely'

/** Planned actions, and the next step of those that are done, on their person's calendar (CU-15). */
export const registerNextActions = (runtime: Runtime): void => registerAgenda(runtime, {
  name: 'sales.next', label: ['行动', 'Actions'],
  async items(ctx, { personIds, from, to }) {
    const seen = visible(ctx, ctx.entities.get('engagement'), 't', 'read')
    if (!seen || !personIds.length) return []
    const { rows } = await sql<{ id: string; kind: string; owner_id: string; title: string; at: Date; minutes: number | null; done: boolean }>`
      select t.id, 'plan' as kind, t.owner_id, concat_ws(' · ', t.subject, c.name) as title, t.at, t.minutes, t.state = 'done' as done from engagement t left join customer c on c.tenant_id = t.tenant_id and c.id = t.customer_id
        where ${seen} and t.owner_id = any(${personIds}) and t.state <> 'dropped' and t.at >= ${from} and t.at < ${to}
      union all
      select t.id, 'next', t.owner_id, concat_ws(' · ', coalesce(t.next_step, '下一步'), c.name), t.next_at, null, false from engagement t left join customer c on c.tenant_id = t.tenant_id and c.id = t.customer_id
        where ${seen} and t.owner_id = any(${personIds}) and t.state = 'done' and t.next_at >= ${from} and t.next_at < ${to}
      order by 5 limit 1000`.execute(ctx.db)
    return rows.map((r): AgendaItem => ({ id: `${r.kind}-${r.id}`, personId: r.owner_id, title: r.title, from: r.at, ...(r.minutes ? { to: new Date(r.at.getTime() + r.minutes * 60_000) } : {}), href: `/e/engagements/${r.id}`, done: r.done }))
  },
})
