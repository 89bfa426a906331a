import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { api } from '../core/api.ts'
import { keys } from '../core/query.ts'
import { useEntity } from '../core/session.ts'
import { t } from '../core/texts.ts'
import type { EntityMeta, Filter, Page, Row } from '../core/types.ts'
import { titleOf } from '../list/FieldValue.tsx'
import { useDebounced } from './useDebounced.ts'

type Props = {
  entity: string
  value?: string | string[] | null
  onChange?: (value: string | string[] | null, rows: Row[]) => void
  multiple?: boolean
  filter?: Filter
  /** shown names of present values, so that they need not be read */
  labels?: Record<string, string>
  disabled?: boolean
  id?: string
  placeholder?: string
  autoFocus?: boolean
  style?: React.CSSProperties
  ariaLabel?: string
  invalid?: boolean | undefined
  describedBy?: string | undefined
}

/** Searches the records of an entity and picks one or several. */
export function RefPicker({ entity: name, value, onChange, multiple = false, filter, labels = {}, disabled, id, placeholder, autoFocus, style, ariaLabel, invalid, describedBy }: Props) {
  const entity = useEntity(name)
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const q = useDebounced(text, 250)
  const found = useQuery({
    queryKey: keys.list(name, { picker: true, q, filter }),
    queryFn: ({ signal }) => api.get<Page<Row>>(`/${entity!.plural}`, { query: { ...searchOf(entity!, q, filter), limit: 20 }, signal }),
    enabled: open && entity !== undefined,
    placeholderData: previous => previous,
  })
  const chosen = Array.isArray(value) ? value : value ? [value] : []
  const names = useNames(entity, chosen, labels, found.data?.items)
  const rows = found.data?.items ?? []
  const options = rows.map(row => ({ value: row.id, label: entity ? titleOf(entity.display, row, entity.fields) : row.id }))
  for (const each of chosen) if (!options.some(option => option.value === each)) options.push({ value: each, label: names[each] ?? '…' })

  return (
    <Select
      id={id} disabled={disabled || !entity} autoFocus={autoFocus} style={{ width: '100%', ...style }} allowClear aria-label={ariaLabel}
      status={invalid ? 'error' : ''} aria-invalid={invalid || undefined} aria-describedby={describedBy}
      mode={multiple ? 'multiple' : undefined}
      showSearch={{ filterOption: false, onSearch: setText }}
      placeholder={placeholder ?? t('search')}
      options={options}
      value={multiple ? chosen : chosen[0] ?? null}
      onOpenChange={setOpen}
      loading={found.isFetching}
      notFoundContent={found.isFetching ? t('loading') : t('notFoundTitle')}
      onChange={(next: string | string[] | null | undefined) => {
        const ids = Array.isArray(next) ? next : next ? [next] : []
        onChange?.(multiple ? ids : ids[0] ?? null, rows.filter(row => ids.includes(row.id)))
      }}
    />
  )
}

/** Entities without full-text search are searched by their first display field. */
function searchOf(entity: EntityMeta, q: string, filter: Filter | undefined) {
  if (!q || entity.search) return { q, filter }
  const by = entity.display.find(name => entity.fields.find(field => field.name === name)?.filter.includes('contains'))
  const own = by ? { [by]: { contains: q } } : {}
  return { filter: filter ? { and: [filter, own] } : own }
}

function useNames(entity: EntityMeta | undefined, ids: string[], labels: Record<string, string>, rows: Row[] | undefined): Record<string, string> {
  const missing = ids.filter(id => !labels[id] && !rows?.some(row => row.id === id))
  const read = useQuery({
    queryKey: keys.list(entity?.name ?? '', { names: missing }),
    queryFn: ({ signal }) => Promise.all(missing.slice(0, 20).map(id => api.get<Row>(`/${entity!.plural}/${id}`, { signal }).catch(() => null))),
    enabled: entity !== undefined && missing.length > 0,
    staleTime: Infinity,
  })
  const names: Record<string, string> = { ...labels }
  for (const row of read.data ?? []) if (row) names[row.id] = titleOf(entity!.display, row, entity!.fields)
  return names
}

/** The name of one record, read when it is not known. */
export function RefLabel({ entity: name, id }: { entity: string, id: string }) {
  const entity = useEntity(name)
  return useNames(entity, [id], {}, undefined)[id] ?? '…'
}
