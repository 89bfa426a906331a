import { useCallback, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import type { Filter } from '../core/types.ts'

/** Everything that a link to a list must carry. */
export type ListState = {
  q: string
  filter: Filter
  sort: string
  after: string
  columns: string[]
  view: string
}

export const emptyState: ListState = { q: '', filter: {}, sort: '', after: '', columns: [], view: '' }

export function parseState(search: string): ListState {
  const params = new URLSearchParams(search)
  return {
    q: params.get('q') ?? '',
    filter: parseFilter(params.get('f')),
    sort: params.get('sort') ?? '',
    after: params.get('after') ?? '',
    columns: (params.get('cols') ?? '').split(',').filter(Boolean),
    view: params.get('view') ?? '',
  }
}

/** A broken filter in a hand-made link is no filter; the list still opens. */
function parseFilter(text: string | null): Filter {
  if (!text) return {}
  try {
    const value: unknown = JSON.parse(text)
    return value && typeof value === 'object' && !Array.isArray(value) ? value as Filter : {}
  } catch {
    return {}
  }
}

/** The state as a query string; parameters of others (tabs, lanes) are kept. */
export function formatState(state: ListState, search = ''): string {
  const params = new URLSearchParams(search)
  const set = (name: string, value: string) => value ? params.set(name, value) : params.delete(name)
  set('q', state.q)
  set('f', Object.keys(state.filter).length > 0 ? JSON.stringify(state.filter) : '')
  set('sort', state.sort)
  set('after', state.after)
  set('cols', state.columns.join(','))
  set('view', state.view)
  const text = params.toString()
  return text ? '?' + text : ''
}

/** A link to a list with this filter: what a chart's bar leads to. */
export function listHref(plural: string, filter: Filter = {}, extra: Partial<ListState> = {}): string {
  return `/e/${plural}${formatState({ ...emptyState, ...extra, filter })}`
}

/** Any change of what is listed begins at the first page; a change of columns does not. */
export function changeState(state: ListState, patch: Partial<ListState>): ListState {
  const restarts = 'q' in patch || 'filter' in patch || 'sort' in patch
  return { ...state, ...(restarts ? { after: '' } : {}), ...patch }
}

export type ListStateApi = {
  state: ListState
  set: (patch: Partial<ListState>, options?: { replace?: boolean }) => void
  next: (after: string) => void
  previous: () => void
  /** 1-based; undefined when the list was opened by a link into its middle */
  pageNumber: number | undefined
}

/** List state in the address (pages) or in the component (`local`: lists inside a record). Earlier pages are remembered in the history entry. */
export function useListState(local = false): ListStateApi {
  const location = useLocation()
  const navigate = useNavigate()
  const [own, setOwn] = useState({ state: emptyState, trail: [] as string[] })
  const state = local ? own.state : parseState(location.search)
  const known = (location.state as { trail?: string[] } | null)?.trail
  const trail = local ? own.trail : known ?? []

  const go = useCallback((next: ListState, nextTrail: string[], replace = false) => {
    if (local) { setOwn({ state: next, trail: nextTrail }); return }
    void navigate({ pathname: location.pathname, search: formatState(next, location.search) }, { replace, state: { trail: nextTrail }, preventScrollReset: true })
  }, [local, navigate, location.pathname, location.search])

  return {
    state,
    set: (patch, options) => {
      const next = changeState(state, patch)
      go(next, next.after ? trail : [], options?.replace)
    },
    next: after => go({ ...state, after }, [...trail, state.after]),
    previous: () => go({ ...state, after: trail.at(-1) ?? '' }, trail.slice(0, -1)),
    pageNumber: state.after && trail.length === 0 ? undefined : trail.length + 1,
  }
}
