import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { api } from './api.ts'
import { keys, queryClient } from './query.ts'
import type { EntityMeta, FieldMeta, Meta, Session } from './types.ts'

const sessionQuery = {
  queryKey: keys.session,
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Session>('/session', { signal }),
  staleTime: Infinity,
}

/** While a page stays open its metadata are not read again by themselves: a form must not change under somebody's hands. */
const META_STALE_MS = 5 * 60_000
/** What an administrator changes is seen in every other browser on the next page that is opened after this (KB-07, BH-7.3). */
const FRESH_MS = 4_000

/** Who is signed in. Suspends while loading; inside the shell it is always there. */
export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data
}

/** The session if it is known already, without asking the server. */
export function knownSession(): Session | undefined {
  return queryClient.getQueryData<Session>(keys.session)
}

/** May the signed-in person do this anywhere? `code` is `<entity>:<verb>`; the server decides each record again. */
export function can(code: string, session: Session | undefined = knownSession()): boolean {
  const scopes = session?.permissions[code] ?? session?.permissions['*']
  return scopes !== undefined
}

export function useMeta(): Meta {
  return useSuspenseQuery({
    queryKey: keys.meta,
    queryFn: ({ signal }) => api.get<Meta>('/meta', { signal }),
    staleTime: META_STALE_MS,
  }).data
}

/** Reads fields and rights again, unless that was a moment ago, without waiting for them. */
export function freshen(): void {
  void queryClient.prefetchQuery({ queryKey: keys.meta, queryFn: ({ signal }) => api.get<Meta>('/meta', { signal }), staleTime: FRESH_MS })
  void queryClient.prefetchQuery({ ...sessionQuery, staleTime: FRESH_MS })
}

/** The metadata when it has come; undefined before. For places that must not wait. */
export function useMetaSoon(): Meta | undefined {
  return useQuery({ queryKey: keys.meta, queryFn: ({ signal }) => api.get<Meta>('/meta', { signal }), staleTime: META_STALE_MS }).data
}

/** One entity by name or by its plural path; undefined when the caller may not see it. */
export function useEntity(nameOrPlural: string): EntityMeta | undefined {
  return findEntity(useMeta(), nameOrPlural)
}

export function findEntity(meta: Meta, nameOrPlural: string): EntityMeta | undefined {
  return meta.entities.find(entity => entity.name === nameOrPlural || entity.plural === nameOrPlural)
}

export function fieldOf(entity: EntityMeta, name: string): FieldMeta | undefined {
  return entity.fields.find(field => field.name === name)
}
