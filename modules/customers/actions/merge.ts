import { defineAction, fail, requirePermission } from '@quancheng/kernel'
import { z } from 'zod'
import { doublesOf, knownAs } from '../store/doubles.ts'
import { dismiss, merge, unmerge } from '../store/merge.ts'
import { customerHere } from './timeline.ts'

const reason = z.string().trim().max(200).optional()

/** CU-07: pairs that may be one. */
export const doubles = defineAction({
  name: 'customerDoubles', label: ['查重', 'Doubles'], method: 'GET', path: '/api/customer-doubles', permission: 'customer:read', readOnly: true,
  input: z.object({ customerId: z.uuid().optional() }),
  run: async (ctx, q) => ({ items: await doublesOf(ctx, q.customerId ? await customerHere(ctx, q.customerId) : undefined) }),
})

/** CU-07: 可能已有, while somebody registers a customer. */
export const known = defineAction({
  name: 'customerKnown', label: ['可能已有', 'Known already?'], method: 'GET', path: '/api/customer-doubles/known', permission: 'customer:read', readOnly: true,
  input: z.object({ name: z.string().max(100).optional(), phone: z.string().max(40).optional(), taxNumber: z.string().max(40).optional(), kind: z.string().max(20).optional() }),
  run: async (ctx, q) => ({ items: await knownAs(ctx, { ...(q.name ? { name: q.name } : {}), ...(q.phone ? { phone: q.phone } : {}), ...(q.taxNumber ? { taxNumber: q.taxNumber } : {}), ...(q.kind ? { kind: q.kind } : {}) }) }),
})

export const mergeCustomers = defineAction({
  name: 'mergeCustomers', label: ['合并客户', 'Merge customers'], method: 'POST', path: '/api/customers/:id/merge', permission: 'customer:merge',
  input: z.object({ id: z.uuid(), mergedId: z.uuid(), choices: z.record(z.string().max(60), z.enum(['survivor', 'merged'])).optional(), reason }),
  run: async (ctx, q) => { requirePermission(ctx.access, 'customer:merge', ctx.entities.get('customer')); return merge(ctx, { survivorId: q.id, mergedId: q.mergedId, ...(q.choices ? { choices: q.choices } : {}), ...(q.reason ? { reason: q.reason } : {}) }) },
})

export const unmergeCustomers = defineAction({
  name: 'unmergeCustomers', label: ['撤销合并', 'Undo the merge'], method: 'POST', path: '/api/customer-merges/:id/undo', permission: 'customer:merge',
  input: z.object({ id: z.uuid(), reason }),
  run: (ctx, q) => unmerge(ctx, q.id, q.reason),
})

export const dismissDouble = defineAction({
  name: 'dismissDouble', label: ['不是同一个', 'Not the same'], method: 'POST', path: '/api/customer-doubles/dismiss', permission: 'customer:merge',
  input: z.object({ a: z.uuid(), b: z.uuid(), reason }), status: 204,
  run: async (ctx, q) => (q.a === q.b ? fail('MERGE_SAME') : dismiss(ctx, q.a, q.b, q.reason)),
})
