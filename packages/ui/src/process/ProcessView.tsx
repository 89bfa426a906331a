import '../styles/process.css'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api } from '../core/api.ts'
import { Icon } from '../icons.tsx'
import { ErrorState, Skeleton } from '../frame/States.tsx'
import type { Heat } from './heat.ts'
import type { Diagram } from './bpmnViewer.ts'
import { tr } from './texts.ts'

export type ProcessNode = { nodeId: string, name: string }

export type ProcessViewProps = {
  /** where the BPMN XML is, below /api (xmlUrl of a case), or the XML itself */
  xmlUrl?: string
  xml?: string
  current?: string[]
  done?: string[]
  /** the steps by name, for the list that the keyboard and screen readers use */
  nodes?: ProcessNode[]
  height?: number
  /** figures laid over the picture instead of the marks; what the colours mean is told by `legend` */
  heat?: Heat | null
  legend?: ReactNode
  onSelect?: (nodeId: string) => void
}

/** The process as drawn, with the steps that are done and in progress marked. */
export function ProcessView({ xmlUrl, xml: given, current = [], done = [], nodes = [], height = 360, heat, legend, onSelect }: ProcessViewProps) {
  const place = useRef<HTMLDivElement>(null)
  const [diagram, setDiagram] = useState<Diagram | null>(null)
  const [failed, setFailed] = useState(false)
  const select = useRef(onSelect)
  useEffect(() => { select.current = onSelect })
  const read = useQuery({
    queryKey: ['bpmn', xmlUrl], queryFn: ({ signal }) => readXml(xmlUrl!, signal), enabled: xmlUrl !== undefined && given === undefined, staleTime: Infinity,
  })
  const xml = given ?? read.data

  useEffect(() => {
    if (!xml || !place.current) return
    let gone = false
    let drawn: Diagram | undefined
    setFailed(false)
    void (async () => {
      try {
        const { drawDiagram } = await import('./bpmnViewer.ts')
        if (gone || !place.current) return
        drawn = await drawDiagram(place.current, xml)
        if (gone) { drawn.destroy(); return }
        drawn.onSelect(id => select.current?.(id))
        setDiagram(drawn)
      } catch { if (!gone) setFailed(true) }
    })()
    return () => { gone = true; drawn?.destroy(); setDiagram(null) }
  }, [xml])

  const marks = JSON.stringify([current, done])
  useEffect(() => {
    const [now, before] = JSON.parse(marks) as [string[], string[]]
    diagram?.mark({ current: now, done: before })
  }, [diagram, marks])

  useEffect(() => { diagram?.paint(heat ?? null) }, [diagram, heat])

  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  return (
    <div className="qc-process">
      <div className="qc-process-tools qc-no-print">
        <button type="button" className="qc-icon-button" aria-label={tr('zoomOut')} title={tr('zoomOut')} onClick={() => diagram?.zoom(1 / 1.25)}><Icon name="minus" /></button>
        <button type="button" className="qc-icon-button" aria-label={tr('zoomIn')} title={tr('zoomIn')} onClick={() => diagram?.zoom(1.25)}><Icon name="plus" /></button>
        <button type="button" className="qc-button" onClick={() => diagram?.fit()}>{tr('fit')}</button>
        {legend ?? (heat === undefined && <><span className="qc-legend"><i className="qc-legend-done" />{tr('done')}</span><span className="qc-legend"><i className="qc-legend-current" />{tr('current')}</span></>)}
      </div>
      {failed ? <p className="qc-notice">{tr('badDiagram')}</p> : <div ref={place} className="qc-process-canvas" style={{ height }} aria-hidden>{!diagram && <Skeleton lines={5} />}</div>}
      {nodes.length > 0 && (
        <details className="qc-process-list" open={failed}>
          <summary>{tr('asList')}</summary>
          <ol>{nodes.map((node, i) => {
            const state = current.includes(node.nodeId) ? 'current' : done.includes(node.nodeId) ? 'done' : 'planned'
            return <li key={`${node.nodeId}-${i}`} data-state={state}>
              {onSelect ? <button type="button" className="qc-link" onClick={() => onSelect(node.nodeId)}>{node.name}</button> : node.name} <span className="qc-faint">{tr(state)}</span>
            </li>
          })}</ol>
        </details>
      )}
    </div>
  )
}

/** `xmlUrl` may come with or without the /api in front. */
async function readXml(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url.startsWith('/api') ? url : '/api' + url, { signal, credentials: 'same-origin' })
  if (response.ok) return response.text()
  return api.get<string>(url.replace(/^\/api/, ''), { signal })
}
