import '../styles/form.css'
import '../styles/task.css'
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { api, ApiError } from '../core/api.ts'
import { useLive } from '../core/live.ts'
import { forget, keys, queryClient } from '../core/query.ts'
import { t } from '../core/texts.ts'
import type { OpenedTask, TaskDetail, TaskMove } from '../core/types.ts'
import { problemText } from '../form/problemText.ts'
import { clean, problemOf, type Values } from '../form/values.ts'
import { useSay } from '../frame/say.ts'
import { ErrorState, Skeleton } from '../frame/States.tsx'
import { Icon } from '../icons.tsx'
import { EtaText } from '../time/Eta.tsx'
import { Duration, Lateness, When } from '../time/Times.tsx'
import { ApprovalPanel } from './approval/ApprovalPanel.tsx'
import { useHidden } from './conditions.ts'
import { refusalOf, type Refusal } from './refusal.ts'
import { TaskActions } from './TaskActions.tsx'
import { emptyToRead } from './shown.ts'
import { TaskForm } from './TaskForm.tsx'
import { tt } from './texts.ts'

export type TaskPanelProps = {
  taskId: string
  /** called after a completed step with the tasks that follow */
  onDone?: (next: OpenedTask[], stage: string | undefined) => void
  /** true: without the heading (the page around has one) */
  bare?: boolean
}

/** Everything one needs to do one step: guide, script, check list, form, and the ways on. */
export function TaskPanel({ taskId, onDone, bare = false }: TaskPanelProps) {
  const task = useQuery({ queryKey: keys.task(taskId), queryFn: ({ signal }) => api.get<TaskDetail>(`/tasks/${taskId}`, { signal }) })
  // what others do to a task is told of its record: a clock that goes on because the part has come, somebody who gave it away
  const recordId = task.data?.recordId
  useLive(change => (change.entity === 'task' && change.id === taskId) || (recordId !== undefined && change.id === recordId), () => void queryClient.invalidateQueries({ queryKey: keys.task(taskId) }))
  if (task.isPending) return <Skeleton lines={8} />
  if (task.isError) return <ErrorState error={task.error} onRetry={() => void task.refetch()} />
  // one vote is answered on the page of the whole approval
  if (task.data.kind === 'vote') return <ApprovalPanel key={taskId} caseId={task.data.instanceId} onDone={() => onDone?.([], undefined)} />
  return <Panel key={taskId} task={task.data} bare={bare} onDone={onDone} />
}

function Panel({ task, bare, onDone }: { task: TaskDetail, bare: boolean, onDone: TaskPanelProps['onDone'] }) {
  const say = useSay()
  // what the form begins with counts as typed: it is seen, and sent
  const [values, setValues] = useState<Values>(() => Object.fromEntries(task.form.filter(field => field.suggested !== undefined && !field.readOnly).map(field => [field.name, field.suggested])))
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [comment, setComment] = useState('')
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ move: string, refusal: Refusal } | null>(null)
  const working = task.can.complete
  const valueOf = (name: string) => name in values ? values[name] : task.form.find(field => field.name === name)?.value
  const hidden = useHidden(task.form, task.scope, values)
  const given = () => Object.fromEntries(task.form.filter(field => field.name in values && !hidden.has(field.name)).map(field => [field.name, clean(field, values[field.name])]))
  const put = (next: TaskDetail) => queryClient.setQueryData(keys.task(task.id), next)
  const again = () => queryClient.invalidateQueries({ queryKey: keys.tasks })

  const tick = async (item: string, ticked: boolean) => {
    try {
      const next = await api.post<TaskDetail>(`/tasks/${task.id}/tick`, { item, ticked })
      put(next)
      setRefused(null)
    } catch (error) { say.error(error); await again() }
  }
  const save = async () => {
    setBusy(true)
    try {
      await api.post(`/tasks/${task.id}/save`, { fields: given() })
      await again()
      say.ok(tt('formSaved'))
    } catch (error) { fieldErrors(error) } finally { setBusy(false) }
  }
  const refuse = (problems: Record<string, string>) => {
    setErrors(problems)
    const first = task.form.find(field => problems[field.name])
    if (first) requestAnimationFrame(() => document.getElementById(`t-${task.id}-${first.name}`)?.focus())
  }
  const fieldErrors = (error: unknown) => {
    if (error instanceof ApiError && error.fields.length > 0) refuse(Object.fromEntries(error.fields.map(each => [each.field, each.message])))
    say.error(error)
  }
  const complete = async (move: TaskMove) => {
    const problems: Record<string, string> = {}
    for (const field of task.form) {
      const problem = field.readOnly || hidden.has(field.name) ? null : problemOf(field, valueOf(field.name))
      // What is required for this way on, the server says by outcome; here only what is wrong in itself.
      if (problem && problem !== 'required') problems[field.name] = problemText(field, problem)
    }
    refuse(problems)
    if (Object.keys(problems).length > 0) return
    if (move.requiresComment && comment.trim() === '') { say.warn(tt('commentNeeded', { move: move.label })); return }
    if (move.confirm && !await say.ask({ title: typeof move.confirm === 'string' ? move.confirm : tt('confirmMove', { move: move.label }), danger: move.danger ?? false, okText: move.label })) return
    setBusy(true)
    try {
      const answer = await api.post<{ stage?: string, next?: OpenedTask[] }>(`/tasks/${task.id}/complete`, { outcome: move.outcome, fields: given(), ...(comment.trim() ? { comment: comment.trim() } : {}) })
      say.ok(tt('done', { name: task.name }))
      setRefused(null)
      onDone?.(answer.next ?? [], answer.stage)
      await Promise.all([again(), forget(task.entity)])
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal) setRefused({ move: move.label, refusal })
      else fieldErrors(error)
      await again()
    } finally { setBusy(false) }
  }

  return (
    <article className="qc-task">
      {!bare && <header className="qc-task-head">
        <h2>{task.name}</h2><span className="qc-soft">{task.title}</span>
      </header>}
      <p className="qc-task-facts">
        {task.state === 'paused' ? <strong>{tt('paused')}</strong> : task.state !== 'done' && <Lateness lateness={task.lateness} dueAt={task.dueAt ?? null} minutesLeft={task.minutesLeft ?? null} tentative={task.tentative ?? false} />}
        {task.eta && <EtaText eta={task.eta} basis />}
        <span>{tt('assignee')}：{task.assigneeName ?? tt('nobody')}</span><span>{tt('entered')}：<When at={task.enteredAt} /></span><span>{tt('used')}：<Duration minutes={task.minutesUsed} /></span>
      </p>
      <TaskActions task={task} onChanged={again} />
      {task.state === 'done' && <div className="qc-notice qc-notice-ok"><Icon name="check" />{tt('finished')}</div>}
      {task.gated && <div className="qc-notice"><Icon name="clock" />{tt('gated')}</div>}
      {task.forName && <div className="qc-notice"><Icon name="swap" />{tt('forName', { name: task.forName })}</div>}
      {task.state !== 'done' && !working && task.can.claim && <div className="qc-notice">{tt('mustClaim')}</div>}
      {task.guide && <section><h3>{tt('guide')}</h3><p className="qc-multiline">{task.guide}</p></section>}
      <TaskForm content={task} prefix={`t-${task.id}`} hidden={new Set([...hidden, ...emptyToRead(task.form)])} valueOf={valueOf} errors={errors} disabled={!working} onTick={(id, on) => void tick(id, on)}
        onChange={(field, value) => { setValues(before => ({ ...before, [field.name]: value })); setErrors(({ [field.name]: _gone, ...rest }) => rest); setRefused(null) }}
        end={working && Object.keys(values).length > 0 && <div><button type="button" className="qc-button qc-task-save" disabled={busy} onClick={() => void save()}><Icon name="save" />{tt('saveForm')}</button></div>} />
      {working && <section className="qc-task-moves"><h3>{tt('moves')}</h3>
        <Input.TextArea aria-label={t('comment')} placeholder={tt('comment')} maxLength={2000} autoSize={{ minRows: 1, maxRows: 5 }} value={comment} onChange={event => setComment(event.target.value)} />
        {refused && <div className="qc-notice qc-notice-danger" role="alert"><Icon name="warn" /><div>
          <strong>{tt('refused', { move: refused.move })}</strong>
          {refused.refusal.missing.length > 0 && <div>{tt('refusedMissing', { list: refused.refusal.missing.join('、') })}</div>}
          {refused.refusal.allowed.length > 0 && <div>{tt('refusedAllowed', { list: refused.refusal.allowed.join('、') })}</div>}
        </div></div>}
        <div className="qc-moves">{task.moves.map((move, index) => {
          const appeared = task.form.filter(field => field.hidden && !hidden.has(field.name) && (field.outcomes?.includes(move.outcome) ?? true) && problemOf(field, valueOf(field.name)) === 'required').map(field => field.label)
          const missing = [...move.missing.filter(label => !filledNow(task, label, values, hidden)), ...appeared]
          return <div key={move.outcome}>
            <button type="button" className={`qc-button${index === 0 && !move.danger ? ' qc-button-primary' : ''}${move.danger ? ' qc-button-danger' : ''}`} disabled={busy} title={move.target ? tt('leadsTo', { target: move.target.name }) : undefined} onClick={() => void complete(move)}>{move.label}</button>
            {missing.length > 0 && <span className="qc-missing">{tt('missing', { list: missing.join('、') })}</span>}
          </div>
        })}</div>
      </section>}
    </article>
  )
}

/** The missing list comes from the server; a field filled in or gone since is not missing any more. */
function filledNow(task: TaskDetail, label: string, values: Values, hidden: ReadonlySet<string>): boolean {
  const field = task.form.find(each => each.label === label)
  if (field && hidden.has(field.name)) return true
  return field !== undefined && field.name in values && problemOf(field, values[field.name], true) === null
}
