import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './api.ts'

/** One client for the whole shell. A refusal is not tried again; a lost connection is, twice. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (count, error) => count < 2 && error instanceof ApiError && error.status === 0,
      retryDelay: 800,
      refetchOnWindowFocus: false,
    },
  },
})

/** Keys of the cache; everything of one entity can be thrown away together. */
export const keys = {
  session: ['session'] as const,
  meta: ['meta'] as const,
  entity: (entity: string) => ['entity', entity] as const,
  list: (entity: string, params: object) => ['entity', entity, 'list', params] as const,
  row: (entity: string, id: string) => ['entity', entity, 'row', id] as const,
  part: (entity: string, id: string, part: string) => ['entity', entity, 'row', id, part] as const,
  tasks: ['tasks'] as const,
  task: (id: string) => ['tasks', 'one', id] as const,
}

/** After a write: every list and row of these entities is read again when next seen. */
export function forget(...entities: string[]): Promise<unknown> {
  return Promise.all(entities.map(entity => queryClient.invalidateQueries({ queryKey: keys.entity(entity) })))
}
