import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { api } from '../../core/api.ts'
import { useDebounced } from '../../form/useDebounced.ts'
import { ta } from './texts.ts'

type Colleague = { id: string, name: string, unitName: string | null }
const labelOf = (each: Colleague): string => `${each.name}${each.unitName ? ` · ${each.unitName}` : ''}`

/** A colleague by name, or several. */
export function PersonPicker({ value, onChange, multiple = false, label = ta('who'), autoFocus = false }:
  { value: string[], onChange: (ids: string[]) => void, multiple?: boolean, label?: string, autoFocus?: boolean }) {
  const [typed, setTyped] = useState('')
  const q = useDebounced(typed, 250)
  const found = useQuery({ queryKey: ['colleagues', q], queryFn: ({ signal }) => api.get<{ items: Colleague[] }>('/colleagues', { query: { q }, signal }), select: answer => answer.items, staleTime: 60_000 })
  // whoever was chosen stays named when the next search does not find them
  const [known, setKnown] = useState<Colleague[]>([])
  const options = [...(found.data ?? []), ...known.filter(each => value.includes(each.id) && !found.data?.some(one => one.id === each.id))].map(each => ({ value: each.id, label: labelOf(each) }))
  const take = (ids: string[]) => { setKnown(before => [...before, ...(found.data ?? []).filter(each => ids.includes(each.id))]); onChange(ids) }
  const common = { autoFocus, 'aria-label': label, placeholder: label, style: { width: '100%' }, options, loading: found.isFetching, showSearch: { filterOption: false as const, onSearch: setTyped } }
  return multiple
    ? <Select mode="multiple" {...common} value={value} onChange={ids => take(ids)} />
    : <Select {...common} value={value[0] ?? null} onChange={id => take(id ? [id] : [])} />
}
