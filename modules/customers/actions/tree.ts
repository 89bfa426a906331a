import { defineAction, type Filter } from '@quancheng/kernel'
import { z } from 'zod'
import { addUp } from '../rules/tree.ts'
import { treeOf } from '../store/tree.ts'
import { rollUpsOf } from '../timeline/figures.ts'
import { customerHere } from './timeline.ts'

/** CU-05: the tree of companies around a customer in one call, each with its own figures and those of everything below it. */
export const tree = defineAction({
  name: 'customerTree', label: ['企业结构树', 'Tree of companies'], method: 'GET', path: '/api/customers/:id/tree', permission: 'customer:read', readOnly: true,
  input: z.object({ id: z.string() }),
  async run(ctx, q) {
    const id = await customerHere(ctx, q.id), rows = await treeOf(ctx, id)
    const sums = await rollUpsOf(ctx, rows.map(r => r.id))
    const filterFor = (s: (typeof sums)[number], ids: readonly string[]): Filter => ({ ...s.filter, [s.field]: { in: ids.slice(0, 500) } })
    const totals = sums.map(s => addUp(rows, s.values))
    const below = new Map(rows.map(r => [r.id, [r.id]]))
    for (const r of rows.toReversed()) if (r.parentId && below.has(r.parentId)) below.get(r.parentId)!.push(...below.get(r.id)!)
    return {
      id, figures: sums.map(s => ({ key: s.key, label: s.label, unit: s.unit, plural: s.plural })),
      nodes: rows.map(r => ({ ...r, own: Object.fromEntries(sums.map(s => [s.key, s.values.get(r.id) ?? '0'])), total: Object.fromEntries(sums.map((s, i) => [s.key, totals[i]!.get(r.id)!])),
        filters: Object.fromEntries(sums.map(s => [s.key, filterFor(s, below.get(r.id)!)])) })),
    }
  },
})
