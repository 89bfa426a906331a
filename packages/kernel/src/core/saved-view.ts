import { defineEntity } from '../entity/define.ts'
import { f } from '../entity/field.ts'

/** A list as somebody likes to see it: filter, columns, order. One's own, or shared with everyone in the tenant. */
export const SavedView = defineEntity('savedView', {
  label: ['常用视图', 'Saved view'],
  fields: {
    entity: f.text(['对象', 'Entity'], { required: true, max: 60, index: true }),
    name: f.text(['名称', 'Name'], { required: true, max: 40 }),
    query: f.json<Record<string, unknown>>(['条件', 'Query'], { required: true }),
    shared: f.boolean(['共享', 'Shared'], { default: false }),
    ownerId: f.ref(['所有者', 'Owner'], () => 'user', { readOnly: true, onDelete: 'cascade' }),
  },
  scope: { owner: 'ownerId', shared: 'shared' },
  travels: 'both',
  display: ['name'],
  list: ['entity', 'name', 'shared'],
  everyone: ['read', 'create', 'update', 'remove'],
  hooks: { before(ctx, c) { if (c.act === 'create') c.draft.ownerId = ctx.user?.id ?? null } },
})
