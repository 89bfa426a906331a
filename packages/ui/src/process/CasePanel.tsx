import '../styles/process.css'
import '../styles/page.css'
import { useQuery } from '@tanstack/react-query'
import { api } from '../core/api.ts'
import { useLive } from '../core/live.ts'
import type { CaseView } from '../core/types.ts'
import { ErrorState, Skeleton } from '../frame/States.tsx'
import { Duration, When } from '../time/Times.tsx'
import { ProcessView } from './ProcessView.tsx'
import { tr } from './texts.ts'

/** The case of a record: the drawn process with its marks, and every step with its times. A tab for EntityPage. */
export function CasePanel({ entity, recordId }: { entity: string, recordId: string }) {
  const read = useQuery({ queryKey: ['entity', entity, 'row', recordId, 'case'], queryFn: ({ signal }) => api.get<CaseView>(`/cases/${entity}/${recordId}`, { signal }) })
  useLive(change => change.id === recordId, () => void read.refetch())
  if (read.isPending) return <Skeleton lines={8} />
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  const view = read.data
  const nodes = [...view.steps.map(step => ({ nodeId: step.nodeId, name: step.name })), ...view.planned]
  return (
    <div className="qc-panel-pad qc-stack">
      <div className="qc-soft">{view.process.name} · v{view.process.version}</div>
      <ProcessView xmlUrl={view.xmlUrl} current={view.current} done={view.done} nodes={nodes} />
      <ol className="qc-plain">{view.steps.map((step, i) => (
        <li key={`${step.nodeId}-${i}`} className="qc-history">
          <div><strong>{step.name}</strong> {step.actorName ?? step.assigneeName ?? ''} {step.finishedAt ? <span className="qc-faint">{tr('done')}</span> : <span>{tr('current')}</span>}</div>
          <div className="qc-soft"><When at={step.enteredAt} form="absolute" /> → <When at={step.finishedAt} form="absolute" /> · <Duration minutes={step.minutes} /></div>
          {step.comment && <div className="qc-multiline">{step.comment}</div>}
        </li>
      ))}</ol>
    </div>
  )
}
