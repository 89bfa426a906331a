import { api, useSession, type Page, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { unitsInScope, type UnitNode } from './scope.ts'

/** The units in which the signed-in person holds a permission, and the one they begin with; null until they are known. */
export function useScope(permission: string): { units: UnitNode[], home: string | null } | null {
  const session = useSession()
  const read = useQuery({ queryKey: ['entity', 'unit', 'list', 'scope'], queryFn: ({ signal }) => api.get<Page<Row>>('/units', { query: { filter: { off: false }, limit: 200 }, signal }), staleTime: 5 * 60_000 })
  if (!read.data && !read.isError) return null
  return unitsInScope(read.data?.items ?? [], session.user.unitId, session.permissions[permission] ?? session.permissions['*'] ?? [])
}
