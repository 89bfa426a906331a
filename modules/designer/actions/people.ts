import { defineAction } from '@quancheng/kernel'
import { z } from 'zod'

const MOST = 20

/** People by name or sign-in, for a model that names one: it names the sign-in, which does not change. */
export const peopleToName = defineAction({
  name: 'processPeople', label: ['查看流程', 'Processes'], method: 'GET', path: '/api/process-people', permission: 'process:read', scoped: false, readOnly: true,
  input: z.object({ q: z.string().trim().max(60).default(''), names: z.string().max(2000).default('') }),
  async run(ctx, { q, names }) {
    const asked = names.split(',').filter(Boolean)
    const items = await ctx.query<{ username: string; name: string }>(
      `select username, name from "user" where tenant_id = $1 and case when cardinality($3::text[]) > 0 then username = any($3) else not off and (name ilike $2 or username ilike $2) end order by name limit ${MOST}`,
      [ctx.tenant.id, `%${q.replace(/[\\%_]/g, '\\$&')}%`, asked])
    return { items }
  },
})
