import { defineAction } from '@quancheng/kernel'
import { z } from 'zod'

/** The published processes that a form can be handed in to, each in its newest version; a company may draw its own beside the one that came with the form. */
export const formProcesses = defineAction({
  name: 'formProcesses', label: ['表单可走的流程', 'Processes of a form'], method: 'GET', path: '/api/form-processes', permission: null, readOnly: true, input: z.object({ entity: z.string().max(60) }),
  run: async (ctx, { entity }) => ({
    items: await ctx.query<{ key: string; name: string }>(
      `select key, name from (select distinct on (key) key, name, entity from process_definition where tenant_id = $1 and kind = 'bpmn' order by key, version desc) d where entity = $2 order by name, key`, [ctx.tenant.id, entity]),
  }),
})
