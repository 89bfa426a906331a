import { defineAction } from '@quancheng/kernel'
import { z } from 'zod'
import { personalData } from '../store/personal-export.ts'

/** CU-22: what we keep about a person, for that person. A permission of its own, and an entry in the history. */
export const exportPerson = defineAction({
  name: 'exportPerson', label: ['导出个人信息', 'Export personal data'], method: 'POST', path: '/api/customers/:id/personal-data', permission: 'customer:exportPerson',
  input: z.object({ id: z.uuid(), reason: z.string().trim().min(2).max(200) }),
  run: (ctx, q) => personalData(ctx, q.id, q.reason),
})
