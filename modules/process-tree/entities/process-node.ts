import { defineEntity, f, fail, type Ctx } from '@quancheng/kernel'
import { linesOf, MAX_ITEM } from '../rules/lines.ts'
import '../rules/errors.ts'

/** 流程节点: one node of the tree that a company takes its work apart into. Its level is how deep it lies; the roots are level 1. */
export const ProcessNode = defineEntity('processNode', {
  label: ['流程节点', 'Process node'],
  icon: 'flow',
  fields: {
    code: f.code(['编码', 'Code'], { required: true, unique: true, search: 'code', max: 40 }),
    name: f.text(['名称', 'Name'], { required: true, search: 'text', max: 100 }),
    kind: f.choice(['种类', 'Kind'], { phase: ['阶段', 'Phase'], process: ['流程', 'Process'], step: ['步骤', 'Step'] }, { default: 'process' }),
    parentId: f.ref(['上级节点', 'Parent'], () => 'processNode', { onDelete: 'restrict' }),
    position: f.integer(['顺序', 'Position'], { default: 0 }),
    nextId: f.ref(['下一环（第一级）', 'Next (level 1)'], () => 'processNode', { onDelete: 'setNull' }),
    ownerRole: f.text(['责任岗位', 'Owner'], { max: 40 }),
    prepare: f.text(['准备', 'Prepare'], { multiline: true, max: 2000 }),
    talkTo: f.text(['沟通对象', 'Talk to'], { multiline: true, max: 2000 }),
    support: f.text(['系统支持', 'System support'], { multiline: true, max: 2000 }),
    feedback: f.text(['反馈', 'Feedback'], { multiline: true, max: 2000 }),
    mustBefore: f.text(['事前必做（一行一项）', 'Must do before, one a line'], { multiline: true, max: 2000 }),
    mustAfter: f.text(['事后必做（一行一项）', 'Must do after, one a line'], { multiline: true, max: 2000 }),
    processKey: f.text(['对应流程', 'Process'], { max: 80, index: true }),
    nodeId: f.text(['对应环节', 'Step'], { max: 120 }),
  },
  display: ['code', 'name'],
  list: ['code', 'name', 'kind', 'parentId', 'ownerRole', 'processKey'],
  sort: 'code',
  affectsMeta: true,
  hooks: {
    async before(ctx, c) {
      if (c.act === 'remove') return noChildren(ctx, c.id)
      for (const name of ['mustBefore', 'mustAfter'] as const) for (const item of linesOf(c.draft[name] as string | null)) if (item.length > MAX_ITEM) fail('TREE_ITEM_LONG', { max: MAX_ITEM })
      const parent = c.draft.parentId as string | null | undefined
      if (c.act === 'update' && parent && parent !== c.before?.parentId) await noCycle(ctx, c.id, parent)
    },
  },
})

async function noChildren(ctx: Ctx, id: string): Promise<void> {
  const [row] = await ctx.query<{ n: number }>('select count(*)::int as n from process_node where tenant_id = $1 and parent_id = $2', [ctx.tenant.id, id])
  if (row!.n) fail('TREE_HAS_CHILDREN', { count: row!.n })
}

/** A node never comes below itself. Two who move at once are kept apart, or each could hang a branch below the other's. */
async function noCycle(ctx: Ctx, id: string, parent: string): Promise<void> {
  await ctx.query('select pg_advisory_xact_lock(hashtext($1))', [`process-tree/${ctx.tenant.id}`])
  const rows = await ctx.query(
    `with recursive up as (select id, parent_id from process_node where tenant_id = $1 and id = $2
       union select n.id, n.parent_id from process_node n join up on n.id = up.parent_id where n.tenant_id = $1)
     select 1 from up where id = $3`, [ctx.tenant.id, parent, id])
  if (rows.length) fail('TREE_BELOW_ITSELF')
}
