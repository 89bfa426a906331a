import { lazy, Suspense, type ComponentType, type LazyExoticComponent } from 'react'
import { can, useSession } from './core/session.ts'
import type { Row } from './core/types.ts'

export type PanelProps = { row: Row }
type Panel = { permission: string | undefined, order: number, View: LazyExoticComponent<ComponentType<PanelProps>> }

const panels = new Map<string, Panel[]>()

/**
 * What a module shows on another module's page, which does not know it: `registerPanel('serviceRequest.main', { lazy, permission })` in web.ts.
 * Places so far: serviceRequest.main (below the tasks), serviceRequest.side.
 */
export function registerPanel(place: string, panel: { lazy: () => Promise<{ default: ComponentType<PanelProps> }>, permission?: string, order?: number }): void {
  panels.set(place, [...(panels.get(place) ?? []), { permission: panel.permission, order: panel.order ?? 0, View: lazy(panel.lazy) }].toSorted((a, b) => a.order - b.order))
}

/** The panels of a place, for one record, as far as the caller may see them. */
export function Panels({ place, row }: PanelProps & { place: string }) {
  const session = useSession()
  const shown = (panels.get(place) ?? []).filter(panel => !panel.permission || can(panel.permission, session))
  return <>{shown.map((panel, i) => <Suspense key={i} fallback={null}><panel.View row={row} /></Suspense>)}</>
}
