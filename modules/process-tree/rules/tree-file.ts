import type { Table, TableCell } from '@quancheng/kernel'
import { inTreeOrder, type TreeNode } from './tree.ts'

/** A node as a file has it: the level says where it hangs, codes name others. */
export interface FileNode extends Omit<TreeNode, 'id' | 'parentId' | 'position' | 'nextId'> { line: number; level: number; parent: string | null; position: number; next: string | null }
export interface FileProblem { line: number; message: string }

const KINDS = { phase: '阶段', process: '流程', step: '步骤' } as const
const kindOf = (text: string): TreeNode['kind'] | null => (Object.entries(KINDS).find(([key, label]) => key === text || label === text)?.[0] as TreeNode['kind'] | undefined) ?? null

const TEXTS = [['ownerRole', '责任岗位', 40], ['prepare', '准备', 2000], ['talkTo', '沟通对象', 2000], ['support', '系统支持', 2000], ['feedback', '反馈', 2000], ['mustBefore', '事前必做', 2000], ['mustAfter', '事后必做', 2000], ['processKey', '对应流程', 80], ['nodeId', '对应环节', 120]] as const
export const COLUMNS = ['级', '编码', '名称', '种类', '下一环', ...TEXTS.map(t => t[1])] as const

/** Deep branches are told by 级; beyond this the indentation only makes cells unreadable. */
const INDENT_AT_MOST = 20

/** The tree as rows of a sheet: in its order, the names indented. */
export function toRows(nodes: readonly TreeNode[]): TableCell[][] {
  const codes = new Map(nodes.map(n => [n.id, n.code]))
  return inTreeOrder(nodes).map(n => [n.level, n.code, `${'　'.repeat(Math.min(n.level - 1, INDENT_AT_MOST))}${n.name}`, KINDS[n.kind], n.nextId ? codes.get(n.nextId) ?? null : null, ...TEXTS.map(([name]) => n[name])])
}

export function toJson(nodes: readonly TreeNode[]): object {
  const codes = new Map(nodes.map(n => [n.id, n.code]))
  return { nodes: inTreeOrder(nodes).map(n => ({ level: n.level, code: n.code, name: n.name, kind: n.kind, next: n.nextId ? codes.get(n.nextId) ?? null : null, ...Object.fromEntries(TEXTS.flatMap(([name]) => (n[name] ? [[name, n[name]]] : []))) })) }
}

interface RawNode { line: number; level: unknown; code: unknown; name: unknown; kind: unknown; next: unknown; texts: Record<string, unknown> }

/** Codes compare as the entity stores them. */
const codeOf = (value: unknown): string => text(value).normalize('NFKC').replace(/\s+/g, '').toUpperCase()
const CODE = /^[\p{L}\p{N}][\p{L}\p{N}._/#-]*$/u
/** they are linked in one statement */
const MAX_FIRST = 200

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value)).trim()

/** Levels become parents: a row hangs below the last row above it that is one level up. Everything that is wrong is told, with its line. */
function assemble(raws: readonly RawNode[]): { nodes: FileNode[]; problems: FileProblem[] } {
  const problems: FileProblem[] = [], nodes: FileNode[] = [], path: FileNode[] = []
  const codes = new Map<string, number>(), counts = new Map<string | null, number>()
  for (const raw of raws) {
    const refuse = (message: string): void => { problems.push({ line: raw.line, message }) }
    const code = codeOf(raw.code), name = text(raw.name), kindText = text(raw.kind)
    const level = text(raw.level) === '' ? 0 : Number(raw.level)
    if (!Number.isInteger(level) || level < 1) { refuse(`级“${text(raw.level)}”不是从 1 起的整数`); continue }
    if (level > path.length + 1) { refuse(`第 ${level} 级上面没有第 ${level - 1} 级`); continue }
    if (!code) refuse('没有编码')
    else if (code.length > 40) refuse('编码超过 40 个字')
    else if (!CODE.test(code)) refuse('编码只能由字母、数字和 . _ / # - 组成')
    else if (codes.has(code)) refuse(`编码“${code}”与第 ${codes.get(code)} 行重复`)
    if (!name) refuse('没有名称')
    else if (name.length > 100) refuse('名称超过 100 个字')
    const kind = kindText === '' ? (level === 1 ? 'phase' : 'process') : kindOf(kindText)
    if (!kind) refuse(`种类“${kindText}”不是阶段、流程或步骤`)
    const texts = Object.fromEntries(TEXTS.map(([field, label, max]) => {
      const value = text(raw.texts[field])
      if (value.length > max) refuse(`“${label}”超过 ${max} 个字`)
      return [field, value || null]
    })) as Pick<FileNode, (typeof TEXTS)[number][0]>
    codes.set(code, raw.line)
    const parent = level === 1 ? null : path[level - 2]!.code
    const position = (counts.get(parent) ?? 0) + 1
    counts.set(parent, position)
    const next = codeOf(raw.next) || null
    if (next && level > 1) refuse('只有第一级节点有下一环')
    if (level === 1 && position > MAX_FIRST) refuse(`第一级最多 ${MAX_FIRST} 个节点`)
    const node: FileNode = { line: raw.line, level, code, name, kind: kind ?? 'process', parent, position, next, ...texts }
    path.length = level - 1
    path.push(node)
    nodes.push(node)
  }
  return { nodes, problems }
}

/** The sheet of `toRows`, or any with the columns 级, 编码 and 名称. The names may be indented; 级 tells the level. */
export function fromTable(table: Table): { nodes: FileNode[]; problems: FileProblem[] } {
  const at = (label: string): number => table.header.indexOf(label)
  const problems = ['级', '编码', '名称'].filter(label => at(label) < 0).map(label => ({ line: 1, message: `没有“${label}”列` }))
  if (problems.length) return { nodes: [], problems }
  return assemble(table.rows.map(({ line, cells }) => {
    const cell = (label: string): unknown => (at(label) < 0 ? null : cells[at(label)])
    return { line, level: cell('级'), code: cell('编码'), name: cell('名称'), kind: cell('种类'), next: cell('下一环'), texts: Object.fromEntries(TEXTS.map(([field, label]) => [field, cell(label)])) }
  }))
}

export function fromJson(source: string): { nodes: FileNode[]; problems: FileProblem[] } {
  let parsed: unknown
  try { parsed = JSON.parse(source.replace(/^\uFEFF/, '')) } catch { return { nodes: [], problems: [{ line: 1, message: '不是 JSON 文件' }] } }
  const list = Array.isArray(parsed) ? parsed : (parsed as { nodes?: unknown } | null)?.nodes
  if (!Array.isArray(list)) return { nodes: [], problems: [{ line: 1, message: '没有 nodes 列表' }] }
  return assemble(list.map((each, i) => {
    const n = (each ?? {}) as Record<string, unknown>
    return { line: i + 1, level: n.level ?? 1, code: n.code, name: n.name, kind: n.kind, next: n.next, texts: n }
  }))
}
