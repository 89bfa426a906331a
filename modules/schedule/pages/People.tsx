import { useDebounced } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { scheduleApi, type Named } from './api.ts'

/** Several colleagues by name. Those chosen before are named by who calls: the search need not find them. */
export function People({ value, onChange, label, known }: { value: string[], onChange: (ids: string[]) => void, label: string, known: readonly Named[] }) {
  const [typed, setTyped] = useState(''), [met, setMet] = useState<Named[]>([])
  const q = useDebounced(typed, 250)
  const found = useQuery({ queryKey: ['colleagues', q], queryFn: ({ signal }) => scheduleApi.colleagues(q, signal), staleTime: 60_000 })
  const all = found.data?.items ?? [], named = [...known, ...met].filter((p, i, list) => value.includes(p.id) && !all.some(a => a.id === p.id) && list.findIndex(x => x.id === p.id) === i)
  const options = [...all.map(p => ({ value: p.id, label: p.unitName ? `${p.name} · ${p.unitName}` : p.name })), ...named.map(p => ({ value: p.id, label: p.name }))]
  return <Select mode="multiple" aria-label={label} style={{ width: '100%' }} value={value} options={options} loading={found.isFetching} showSearch={{ filterOption: false, onSearch: setTyped }} onChange={ids => { setMet(before => [...before, ...all.filter(p => ids.includes(p.id))]); setTyped(''); onChange(ids) }} />
}
