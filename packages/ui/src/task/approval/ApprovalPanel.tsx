import '../../styles/form.css'
import '../../styles/approval.css'
import { useEffect } from 'react'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../core/api.ts'
import { useLive } from '../../core/live.ts'
import { keys, queryClient } from '../../core/query.ts'
import type { TaskDetail } from '../../core/types.ts'
import { ErrorState, Skeleton } from '../../frame/States.tsx'
import { Icon } from '../../icons.tsx'
import { ProcessView } from '../../process/ProcessView.tsx'
import { When } from '../../time/Times.tsx'
import { ApprovalActions } from './ApprovalActions.tsx'
import { ApprovalCourse } from './ApprovalCourse.tsx'
import { ApprovalForm } from './ApprovalForm.tsx'
import { ta } from './texts.ts'
import { approvalKeys, type ApprovalView } from './types.ts'

export const useApproval = (caseId: string) => useQuery({ queryKey: approvalKeys.one(caseId), queryFn: ({ signal }) => api.get<ApprovalView>(`/approvals/${caseId}`, { signal }) })

/** One approval whole: what is asked for, who has said what, where it stands, and what the reader may do. `onDone`: it is not theirs any more. */
export function ApprovalPanel({ caseId, onDone }: { caseId: string, onDone?: () => void }) {
  const read = useApproval(caseId)
  useLive(change => change.id === caseId || change.id === read.data?.recordId, () => void queryClient.invalidateQueries({ queryKey: approvalKeys.one(caseId) }))
  const task = read.data?.task
  const vote = useQuery({ queryKey: keys.task(task?.id ?? ''), queryFn: ({ signal }) => api.get<TaskDetail>(`/tasks/${task!.id}`, { signal }), enabled: task?.kind === 'vote' })
  const copied = read.data?.reason === 'copy'
  useEffect(() => { if (copied) void api.post(`/approvals/${caseId}/read`).then(() => queryClient.invalidateQueries({ queryKey: keys.tasks }), () => undefined) }, [copied, caseId])
  if (read.isPending) return <Skeleton lines={10} />
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  const view = read.data
  const nodes = [...view.steps.map(step => ({ nodeId: step.nodeId, name: step.name })), ...view.planned.filter(each => !view.steps.some(step => step.nodeId === each.nodeId))]
  return (
    <article className="qa">
      {view.starter && <p className="qc-task-facts"><span>{ta('applied', { name: `${view.starter.name}${view.starter.unitName ? `（${view.starter.unitName}）` : ''}` })} <When at={view.instance.startedAt} form="absolute" /></span>
        {view.urgedAt && view.instance.state === 'active' && <span className="qc-late qc-late-warn"><Icon name="bell" size={13} />{ta('urgedAt')} <When at={view.urgedAt} form="relative" /></span>}</p>}
      {task?.forName && <div className="qc-notice"><Icon name="swap" />{ta('forName', { name: task.forName })}</div>}
      <section><h3>{ta('form')}</h3><ApprovalForm fields={view.form} /></section>
      <ApprovalActions view={view} vote={task?.kind === 'vote' ? vote.data ?? null : null} onDone={onDone} />
      <section><h3>{ta('course')}</h3><ApprovalCourse view={view} /></section>
      <section><h3>{ta('picture')}</h3><ProcessView xmlUrl={view.xmlUrl} current={view.current} done={view.done} nodes={nodes} height={280} /></section>
    </article>
  )
}
