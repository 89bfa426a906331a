import type { Ctx } from '@quancheng/kernel'

/** The step that is open goes with the deal: whoever has the deal now works on it. */
export async function handTasks(ctx: Ctx, opportunityId: string, ownerId: string | null): Promise<void> {
  await ctx.query(
    `update process_step s set assignee_id = $3 from process_instance i join process_definition d on d.tenant_id = i.tenant_id and d.id = i.definition_id
     where s.tenant_id = $1 and i.tenant_id = s.tenant_id and i.id = s.instance_id and i.entity = 'opportunity' and i.record_id = $2 and i.state = 'active' and d.key = 'opportunity'
       and s.kind = 'user' and s.state in ('waiting', 'active', 'paused') and s.assignee_id is distinct from $3`, [ctx.tenant.id, opportunityId, ownerId])
}
