import { api, ErrorState, forget, keys, queryClient, Skeleton, TaskPanel, useLive, type CaseView } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'

type Step = { id: string, state: string, nodeId: string }

/** The open tasks of a case, each with its form; nothing once it has ended. */
export function OpenTasks({ entity, id }: { entity: string, id: string }) {
  const read = useQuery({ queryKey: keys.part(entity, id, 'case'), queryFn: ({ signal }) => api.get<Omit<CaseView, 'steps'> & { steps: Step[] }>(`/cases/${entity}/${id}`, { signal }) })
  useLive(change => change.id === id, () => { void forget(entity); void queryClient.invalidateQueries({ queryKey: keys.tasks }) })
  if (read.isPending) return <section className="qc-panel"><Skeleton lines={4} /></section>
  if (read.isError) return <section className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></section>
  return <>{read.data.steps.filter(s => ['waiting', 'active', 'paused'].includes(s.state)).map(s => <section key={s.id} className="qc-panel qc-panel-pad"><TaskPanel taskId={s.id} onDone={() => void read.refetch()} /></section>)}</>
}
