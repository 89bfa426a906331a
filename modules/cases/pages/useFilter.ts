import { useMemo } from 'react'
import { useSearchParams } from 'react-router'

const NAMES = ['version', 'unitId', 'node', 'person', 'age', 'flag', 'state', 'q', 'sort'] as const
export type FilterName = (typeof NAMES)[number]
export type Filter = Partial<Record<FilterName, string>>

/** What is looked at, in the address: it can be sent, kept as a bookmark, and gone back to. */
export function useFilter() {
  const [params, setParams] = useSearchParams()
  const filter = useMemo(() => Object.fromEntries(NAMES.flatMap(name => { const value = params.get(name); return value ? [[name, value]] : [] })) as Filter, [params])
  const put = (change: Partial<Record<FilterName | 'process' | 'view', string | null>>) => setParams(before => {
    const next = new URLSearchParams(before)
    for (const [name, value] of Object.entries(change)) if (value) next.set(name, value); else next.delete(name)
    return next
  }, { replace: true, preventScrollReset: true })
  return { process: params.get('process'), view: params.get('view') === 'picture' ? 'picture' as const : 'table' as const, filter, put, clear: () => put(Object.fromEntries(NAMES.map(name => [name, null]))) }
}
