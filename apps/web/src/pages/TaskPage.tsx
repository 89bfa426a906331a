import { api, keys, PageFrame, TaskPanel, TaskPanels, useMeta, useSession, type OpenedTask, type TaskDetail } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { ts } from '../texts.ts'

/** One task on a page of its own; after it is done, what follows. */
export default function TaskPage() {
  const id = useParams().id!
  const meta = useMeta()
  const me = useSession().user.id
  const [next, setNext] = useState<OpenedTask[]>([])
  const task = useQuery({ queryKey: keys.task(id), queryFn: ({ signal }) => api.get<TaskDetail>(`/tasks/${id}`, { signal }) }).data
  const plural = meta.entities.find(entity => entity.name === task?.entity)?.plural
  return (
    <PageFrame title={task ? `${task.name} · ${task.title}` : ts('task')} subtitle={task?.subtitle ?? task?.unitName} back="/tasks"
      actions={task?.kind === 'vote' ? <Link className="qc-button" to={`/approvals/${task.instanceId}`}>{ts('openRecord')}</Link> : plural && task ? <Link className="qc-button" to={`/e/${plural}/${task.recordId}`}>{ts('openRecord')}</Link> : undefined}>
      <section className="qc-panel qc-panel-pad"><TaskPanel bare taskId={id} onDone={setNext} /></section>
      {task && next.length === 0 && <TaskPanels entity={task.entity} recordId={task.recordId} />}
      {next.length > 0 && <section className="qc-panel" style={{ marginTop: 16 }}><header><h2>{ts('nextTasks')}</h2></header>
        <p className="qc-panel-pad qc-row">{next.map(each => each.assigneeId === me ? <Link key={each.id} to={`/tasks/${each.id}`}>{each.name}</Link> : <span key={each.id}>{each.name}</span>)}</p></section>}
    </PageFrame>
  )
}
