import type { Ctx } from '../context.ts'
import { defineEntity } from '../entity/define.ts'
import { f } from '../entity/field.ts'
import { fail } from '../errors.ts'

/** A node of the organisation: group, region, station, department. */
export const Unit = defineEntity('unit', {
  label: ['单位', 'Unit'],
  icon: 'apartment',
  fields: {
    code: f.code(['编码', 'Code'], { required: true, unique: true, search: 'code', max: 20 }),
    name: f.text(['名称', 'Name'], { required: true, search: 'name', max: 60 }),
    kind: f.choice(['类型', 'Kind'], { group: ['集团', 'Group'], hq: ['本部', 'Head office'], region: ['大区', 'Region'], station: ['站', 'Station'], department: ['部门', 'Department'], block: ['板块', 'Block'], partner: ['合作伙伴', 'Partner'] }, { required: true }),
    parentId: f.ref(['上级单位', 'Parent'], () => 'unit'),
    phone: f.phone(['电话', 'Phone']),
    address: f.text(['地址', 'Address']),
    position: f.integer(['顺序', 'Position'], { default: 0 }),
    off: f.boolean(['停用', 'Closed'], { default: false }),
  },
  scope: { unit: 'id' },
  display: ['code', 'name'],
  list: ['code', 'name', 'kind', 'parentId', 'phone'],
  sort: 'code',
  everyone: ['read'],
  affectsAccess: true,
  tenantFields: true,
  hooks: {
    async before(ctx, c) {
      const parent = c.draft.parentId as string | null | undefined
      if (c.act !== 'update' || !parent || parent === c.before?.parentId) return
      const rows = await ctx.query('select 1 from unit_closure where tenant_id = $1 and ancestor_id = $2 and descendant_id = $3', [ctx.tenant.id, c.id, parent])
      if (rows.length) fail('TREE_CYCLE')
    },
    async after(ctx, c) {
      if (c.act === 'create') await attach(ctx, c.id, (c.row?.parentId as string | null) ?? null)
      if (c.act === 'update' && c.row?.parentId !== c.before?.parentId) await move(ctx, c.id, (c.row?.parentId as string | null) ?? null)
      if (c.act === 'remove') await ctx.query('delete from unit_closure where tenant_id = $1 and descendant_id = $2', [ctx.tenant.id, c.id])
    },
  },
})

async function attach(ctx: Ctx, id: string, parentId: string | null): Promise<void> {
  await ctx.query(
    `insert into unit_closure (tenant_id, ancestor_id, descendant_id, depth)
     select $1::uuid, $2::uuid, $2::uuid, 0 union all
     select $1::uuid, ancestor_id, $2::uuid, depth + 1 from unit_closure where tenant_id = $1 and descendant_id = $3`, [ctx.tenant.id, id, parentId])
}

/** Cuts the subtree from its old ancestors and hangs it below the new ones. */
async function move(ctx: Ctx, id: string, parentId: string | null): Promise<void> {
  await ctx.query(
    `delete from unit_closure where tenant_id = $1
       and descendant_id in (select descendant_id from unit_closure where tenant_id = $1 and ancestor_id = $2)
       and ancestor_id not in (select descendant_id from unit_closure where tenant_id = $1 and ancestor_id = $2)`, [ctx.tenant.id, id])
  if (!parentId) return
  await ctx.query(
    `insert into unit_closure (tenant_id, ancestor_id, descendant_id, depth)
     select $1::uuid, up.ancestor_id, down.descendant_id, up.depth + down.depth + 1
     from unit_closure up, unit_closure down
     where up.tenant_id = $1 and up.descendant_id = $3 and down.tenant_id = $1 and down.ancestor_id = $2`, [ctx.tenant.id, id, parentId])
}
