import { api, forget, queryClient } from '@quancheng/ui'
import type { Placed, Ring, TreeNode } from '../../rules/tree.ts'

export type Node = Placed<TreeNode>
export type Tree = { nodes: Node[], ring: Ring }
export type ImportReport = { total: number, created: number, changed: number, unchanged: number }

export const treeKey = ['process-tree'] as const
export const readTree = (signal: AbortSignal) => api.get<Tree>('/process-tree', { signal })
export const moveNode = (id: string, to: { parentId: string | null, before?: string | null }) => api.post(`/process-tree/${id}/move`, to)
export const again = () => Promise.all([queryClient.invalidateQueries({ queryKey: treeKey }), forget('processNode')])
