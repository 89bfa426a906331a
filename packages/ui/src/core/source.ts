import { useQuery } from '@tanstack/react-query'
import { api } from './api.ts'
import type { FieldMeta } from './types.ts'

type SourceOption = { value: string, label: string, of?: string }
const STALE_MS = 5 * 60_000

/** The values that a field with a `source` may take, with their words; of the value that the source depends on when that is known. Empty while they load. */
export function useSource(field: FieldMeta, values?: Readonly<Record<string, unknown>>): SourceOption[] {
  const { data } = useQuery({
    queryKey: ['options', field.source?.name], enabled: field.source !== undefined, staleTime: STALE_MS,
    queryFn: ({ signal }) => api.get<{ items: SourceOption[] }>(`/options/${field.source!.name}`, { signal }),
  })
  const owner = field.source?.of === undefined ? undefined : values?.[field.source.of]
  const all = data?.items ?? []
  const fitting = typeof owner === 'string' && owner !== '' ? all.filter(option => option.of === undefined || option.of === owner) : all
  return fitting.filter((option, i) => fitting.findIndex(other => other.value === option.value) === i)
}
