import { defineAction, fail, lock, newId, requirePermission, storeChange, storeMany, referenceChanged, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'
import { inTreeOrder, reordered, ringOf, type TreeNode } from '../rules/tree.ts'
import type { FileNode, FileProblem } from '../rules/tree-file.ts'

const COLUMNS = `id, code, name, kind, parent_id as "parentId", coalesce(position, 0) as position, next_id as "nextId", owner_role as "ownerRole", prepare, talk_to as "talkTo", support, feedback,
  must_before as "mustBefore", must_after as "mustAfter", process_key as "processKey", node_id as "nodeId"`

/** The whole tree in one question: however deep, levels are counted from it. */
export const loadTree = (ctx: Ctx): Promise<TreeNode[]> => ctx.query<TreeNode>(`select ${COLUMNS} from process_node where tenant_id = $1`, [ctx.tenant.id], 'process_tree')

const READ = { permission: 'processNode:read', readOnly: true } as const

export const tree = defineAction({
  name: 'processTree', label: ['流程树', 'Process tree'], method: 'GET', path: '/api/process-tree', ...READ,
  async run(ctx) {
    const nodes = await loadTree(ctx)
    return { nodes: inTreeOrder(nodes), ring: ringOf(nodes) }
  },
})

export const ring = defineAction({
  name: 'processTreeRing', label: ['第一级闭环检查', 'Check of the level-1 loop'], method: 'GET', path: '/api/process-tree/ring', ...READ,
  run: async ctx => ringOf(await loadTree(ctx)),
})

/** One of the four ways of the keyboard: among its siblings up or down, out to its parent's level, in below the sibling before it; or to any place. */
export const moveNode = defineAction({
  name: 'moveProcessNode', label: ['移动节点', 'Move a node'], method: 'POST', path: '/api/process-tree/:id/move', permission: 'processNode:update', status: 200,
  input: z.object({ id: z.uuid(), parentId: z.uuid().nullable(), before: z.uuid().nullable().optional() }),
  async run(ctx, { id, parentId, before }) {
    const entity = ctx.entities.get('processNode')
    await lock(ctx, entity, id, 'update')
    const nodes = await loadTree(ctx)
    const node = nodes.find(n => n.id === id) ?? fail('NOT_FOUND', { id })
    if (parentId && !nodes.some(n => n.id === parentId)) fail('NOT_FOUND', { id: parentId })
    const siblings = inTreeOrder(nodes).filter(n => n.parentId === parentId && n.id !== id)
    const place = before ? siblings.findIndex(n => n.id === before) : siblings.length
    if (place < 0) fail('NOT_FOUND', { id: before })
    const positions = reordered([...siblings, node], id, place)
    for (const [each, position] of positions) {
      await storeChange(ctx, entity, each, { position, ...(each === id && node.parentId !== parentId ? { parentId, ...(parentId ? { nextId: null } : {}) } : {}) }, each === id ? { act: 'move' } : {})
    }
    return { id, parentId, position: positions.get(id)! }
  },
})

export interface ImportReport { total: number; created: number; changed: number; unchanged: number }

const SAME = ['code', 'name', 'kind', 'ownerRole', 'prepare', 'talkTo', 'support', 'feedback', 'mustBefore', 'mustAfter', 'processKey', 'nodeId', 'position', 'parentId', 'nextId'] as const

/**
 * Brings a file into the tree by codes: known ones are changed, new ones made; what the file does not name stays. All of it or nothing. New nodes go in
 * by batches, so that the number of statements does not grow with depth.
 */
export async function importTree(ctx: Ctx, file: { nodes: FileNode[]; problems: FileProblem[] }): Promise<ImportReport> {
  const entity = ctx.entities.get('processNode')
  requirePermission(ctx.access, 'processNode:import', entity)
  await ctx.query('select pg_advisory_xact_lock(hashtext($1))', [`process-tree/${ctx.tenant.id}`])
  const known = new Map((await loadTree(ctx)).map(n => [n.code, n]))
  const ids = new Map([...known].map(([code, n]) => [code, n.id]))
  for (const n of file.nodes) if (!ids.has(n.code)) ids.set(n.code, newId())
  const problems = [...file.problems, ...file.nodes.flatMap(n => (n.next && !ids.has(n.next) ? [{ line: n.line, message: `下一环“${n.next}”不在树里` }] : []))].toSorted((a, b) => a.line - b.line)
  if (problems.length) fail('TREE_FILE', { count: problems.length, first: `第 ${problems[0]!.line} 行，${problems[0]!.message}`, problems: problems.slice(0, 200) })
  const drafts = file.nodes.toSorted((a, b) => a.level - b.level).map(({ line: _line, level: _level, parent, next, ...n }) => ({ ...n, id: ids.get(n.code)!, parentId: parent === null ? null : ids.get(parent)!, nextId: next ? ids.get(next)! : null }))
  const fresh = drafts.filter(d => !known.has(d.code)), changed = drafts.filter(d => { const was = known.get(d.code); return was && SAME.some(x => (was[x] ?? null) !== (d[x] ?? null)) })
  refuseCycles([...known.values()].map(n => ({ id: n.id, name: n.name, parentId: n.parentId })), drafts)
  // level by level: parents go in before their children, and the nodes of level 1, which name each other, in one statement
  await storeMany(ctx, entity, fresh.map(({ id, ...draft }) => ({ id, draft })))
  for (const { id, ...d } of changed) await storeChange(ctx, entity, id, d, { act: 'import' })
  referenceChanged(ctx, 'meta')
  return { total: drafts.length, created: fresh.length, changed: changed.length, unchanged: drafts.length - fresh.length - changed.length }
}

/** A file that names only some of the tree may hang a node below what was below it. */
function refuseCycles(known: ReadonlyArray<{ id: string; name: string; parentId: string | null }>, drafts: ReadonlyArray<{ id: string; name: string; parentId: string | null }>): void {
  const after = new Map([...known, ...drafts].map(n => [n.id, n]))
  const fine = new Set<string>()
  for (const start of after.values()) {
    const path = new Set<string>()
    for (let at: typeof start | undefined = start; at && !fine.has(at.id); at = at.parentId ? after.get(at.parentId) : undefined) {
      if (path.has(at.id)) fail('TREE_BELOW_ITSELF', { name: at.name })
      path.add(at.id)
    }
    for (const id of path) fine.add(id)
  }
}
