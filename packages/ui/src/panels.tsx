import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, type ComponentType, type LazyExoticComponent } from 'react'
import { api } from './core/api.ts'
import { keys } from './core/query.ts'
import { can, useMeta, useSession } from './core/session.ts'
import type { Row } from './core/types.ts'

export type PanelProps = { row: Row }
type Panel = { permission: string | undefined, order: number, View: LazyExoticComponent<ComponentType<PanelProps>> }

const panels = new Map<string, Panel[]>()

/**
 * What a module shows on another module's page, which does not know it: `registerPanel('serviceRequest.main', { lazy, permission })` in web.ts.
 * Places so far: serviceRequest.main (below the tasks), serviceRequest.side; <entity>.form (in the form of a new record; `row` is what is typed so far, without an id); serviceRequest.task (below a task of it, wherever that is done); record.files (beside the upload of any record's files; `row` has only `id` and `$entity`).
 */
export function registerPanel(place: string, panel: { lazy: () => Promise<{ default: ComponentType<PanelProps> }>, permission?: string, order?: number }): void {
  panels.set(place, [...(panels.get(place) ?? []), { permission: panel.permission, order: panel.order ?? 0, View: lazy(panel.lazy) }].toSorted((a, b) => a.order - b.order))
}

/** The panels of a place, for one record, as far as the caller may see them. */
export function Panels({ place, row }: PanelProps & { place: string }) {
  const session = useSession()
  const shown = (panels.get(place) ?? []).filter(panel => !session.outside && (!panel.permission || can(panel.permission, session)))
  return <>{shown.map((panel, i) => <Suspense key={i} fallback={null}><panel.View row={row} /></Suspense>)}</>
}

/** The panels of the record that a task belongs to. Nothing is read where no module has any, or where the caller may not see the record. */
export function TaskPanels({ entity, recordId }: { entity: string | null | undefined, recordId: string | null | undefined }) {
  const place = `${entity ?? ''}.task`
  const plural = useMeta().entities.find(each => each.name === entity)?.plural
  const read = useQuery({ queryKey: keys.part(entity ?? '', recordId ?? '', 'task-panels'), queryFn: ({ signal }) => api.get<Row>(`/${plural!}/${recordId!}`, { signal, quiet: true }), enabled: Boolean(plural && recordId && panels.has(place)) })
  return read.data ? <div className="qc-task-panels"><Panels place={place} row={read.data} /></div> : null
}

/** The same on a page that nobody signs in to: `row.id` is the link's token. Places so far: track.main. */
export function PublicPanels({ place, row }: PanelProps & { place: string }) {
  return <>{(panels.get(place) ?? []).filter(panel => !panel.permission).map((panel, i) => <Suspense key={i} fallback={null}><panel.View row={row} /></Suspense>)}</>
}
