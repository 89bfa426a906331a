import '../styles/form.css'
import '../styles/task.css'
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Checkbox, Input } from 'antd'
import { api, ApiError } from '../core/api.ts'
import { useLive } from '../core/live.ts'
import { forget, keys, queryClient } from '../core/query.ts'
import { t } from '../core/texts.ts'
import type { OpenedTask, TaskDetail, TaskMove } from '../core/types.ts'
import { Field } from '../form/Field.tsx'
import { problemText } from '../form/problemText.ts'
import { clean, problemOf, type Values } from '../form/values.ts'
import { tf } from '../form/texts.ts'
import { useSay } from '../frame/say.ts'
import { ErrorState, Skeleton } from '../frame/States.tsx'
import { Icon } from '../icons.tsx'
import { Duration, Lateness, When } from '../time/Times.tsx'
import { ApprovalPanel } from './approval/ApprovalPanel.tsx'
import { refusalOf, type Refusal } from './refusal.ts'
import { TaskActions } from './TaskActions.tsx'
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
  useLive(change => change.entity === 'task' && change.id === taskId, () => void queryClient.invalidateQueries({ queryKey: keys.task(taskId) }))
  if (task.isPending) return <Skeleton lines={8} />
  if (task.isError) return <ErrorState error={task.error} onRetry={() => void task.refetch()} />
  // one vote is answered on the page of the whole approval
  if (task.data.kind === 'vote') return <ApprovalPanel key={taskId} caseId={task.data.instanceId} onDone={() => onDone?.([], undefined)} />
  return <Panel key={taskId} task={task.data} bare={bare} onDone={onDone} />
}

function Panel({ task, bare, onDone }: { task: TaskDetail, bare: boolean, onDone: TaskPanelProps['onDone'] }) {
  const say = useSay()
  const [values, setValues] = useState<Values>({})
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [comment, setComment] = useState('')
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ move: string, refusal: Refusal } | null>(null)
  const working = task.can.complete
  const valueOf = (name: string) => name in values ? values[name] : task.form.find(field => field.name === name)?.value
  const given = () => Object.fromEntries(task.form.filter(field => field.name in values).map(field => [field.name, clean(field, values[field.name])]))
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
  const fieldErrors = (error: unknown) => {
    if (error instanceof ApiError && error.fields.length > 0) setErrors(Object.fromEntries(error.fields.map(each => [each.field, each.message])))
    say.error(error)
  }
  const complete = async (move: TaskMove) => {
    const problems: Record<string, string> = {}
    for (const field of task.form) {
      const problem = field.readOnly ? null : problemOf(field, valueOf(field.name))
      // What is required for this way on, the server says by outcome; here only what is wrong in itself.
      if (problem && problem !== 'required') problems[field.name] = problemText(field, problem)
    }
    setErrors(problems)
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
        <span>{tt('assignee')}：{task.assigneeName ?? tt('nobody')}</span><span>{tt('entered')}：<When at={task.enteredAt} /></span><span>{tt('used')}：<Duration minutes={task.minutesUsed} /></span>
      </p>
      <TaskActions task={task} onChanged={again} />
      {task.state === 'done' && <div className="qc-notice qc-notice-ok"><Icon name="check" />{tt('finished')}</div>}
      {task.gated && <div className="qc-notice"><Icon name="clock" />{tt('gated')}</div>}
      {task.forName && <div className="qc-notice"><Icon name="swap" />{tt('forName', { name: task.forName })}</div>}
      {task.state !== 'done' && !working && task.can.claim && <div className="qc-notice">{tt('mustClaim')}</div>}
      {task.guide && <section><h3>{tt('guide')}</h3><p className="qc-multiline">{task.guide}</p></section>}
      {task.script.length > 0 && <Ticks title={tt('script')} entries={task.script.map(each => ({ ...each, label: each.text }))} disabled={!working} onTick={tick} />}
      {task.items.length > 0 && <Ticks title={tt('items')} entries={task.items} disabled={!working} onTick={tick} />}
      {task.form.length > 0 && (
        <section><h3>{tt('form')}</h3>
          <div className="qc-fields">
            {task.form.map(field => <Field key={field.name} prefix={`t-${task.id}`} field={field} value={valueOf(field.name)} disabled={field.readOnly || !working} error={errors[field.name]}
              onChange={value => { setValues(before => ({ ...before, [field.name]: value })); setErrors(({ [field.name]: _gone, ...rest }) => rest); setRefused(null) }} />)}
          </div>
          {working && Object.keys(values).length > 0 && <button type="button" className="qc-button qc-task-save" disabled={busy} onClick={() => void save()}><Icon name="save" />{tt('saveForm')}</button>}
        </section>
      )}
      {working && <section className="qc-task-moves"><h3>{tt('moves')}</h3>
        <Input.TextArea aria-label={t('comment')} placeholder={tt('comment')} maxLength={2000} autoSize={{ minRows: 1, maxRows: 5 }} value={comment} onChange={event => setComment(event.target.value)} />
        {refused && <div className="qc-notice qc-notice-danger" role="alert"><Icon name="warn" /><div>
          <strong>{tt('refused', { move: refused.move })}</strong>
          {refused.refusal.missing.length > 0 && <div>{tt('refusedMissing', { list: refused.refusal.missing.join('、') })}</div>}
          {refused.refusal.allowed.length > 0 && <div>{tt('refusedAllowed', { list: refused.refusal.allowed.join('、') })}</div>}
        </div></div>}
        <div className="qc-moves">{task.moves.map((move, index) => {
          const missing = move.missing.filter(label => !filledNow(task, label, values))
          return <div key={move.outcome}>
            <button type="button" className={`qc-button${index === 0 && !move.danger ? ' qc-button-primary' : ''}${move.danger ? ' qc-button-danger' : ''}`} disabled={busy} title={move.target ? tt('leadsTo', { target: move.target.name }) : undefined} onClick={() => void complete(move)}>{move.label}</button>
            {missing.length > 0 && <span className="qc-missing">{tt('missing', { list: missing.join('、') })}</span>}
          </div>
        })}</div>
      </section>}
    </article>
  )
}

/** The missing list comes from the server; a field filled in since is not missing any more. */
function filledNow(task: TaskDetail, label: string, values: Values): boolean {
  const field = task.form.find(each => each.label === label)
  return field !== undefined && field.name in values && problemOf(field, values[field.name], true) === null
}

type Tick = { id: string, label: string, required: boolean, ticked: boolean }

function Ticks({ title, entries, disabled, onTick }: { title: string, entries: Tick[], disabled: boolean, onTick: (id: string, ticked: boolean) => void }) {
  return (
    <section><h3>{title} <span className="qc-faint qc-number">{entries.filter(each => each.ticked).length}/{entries.length}</span></h3>
      <ul className="qc-ticks">{entries.map(each => (
        <li key={each.id}><Checkbox checked={each.ticked} disabled={disabled} onChange={event => onTick(each.id, event.target.checked)}>
          {each.label}{each.required ? <span className="qc-required" title={tf('required', { label: '' })}> *</span> : <span className="qc-faint"> {tt('optional')}</span>}
        </Checkbox></li>
      ))}</ul>
    </section>
  )
}
