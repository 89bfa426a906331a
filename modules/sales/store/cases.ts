import type { Ctx } from '@quancheng/kernel'

export interface OpenStep { taskId: string; name: string; pending: boolean }

/** The step of the deal that is open, and whether it waits for an approval. */
export async function openStep(ctx: Ctx, opportunityId: string): Promise<OpenStep | null> {
  const [s] = await ctx.query<{ id: string; name: string; pending: boolean }>(
    `select s.id, s.name, s.data ? 'gate' as pending from process_instance i join process_definition d on d.tenant_id = i.tenant_id and d.id = i.definition_id
       join process_step s on s.tenant_id = i.tenant_id and s.instance_id = i.id and s.kind = 'user' and s.state in ('waiting', 'active', 'paused')
     where i.tenant_id = $1 and i.entity = 'opportunity' and i.record_id = $2 and i.state = 'active' and d.key = 'opportunity' limit 1`, [ctx.tenant.id, opportunityId])
  return s ? { taskId: s.id, name: s.name, pending: s.pending } : null
}
