import { api, ApiError, durationText, EmptyState, ErrorState, Icon, keys, queryClient, Skeleton, useLive, useNow, useSay, useSession, type Task } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { shortNumber } from '../shared/tenant.ts'
import type { TaskItem, TaskList } from '../shared/types.ts'
import { td } from './texts.ts'
import { CallNumber, counterOf, CounterField, useCalls, type CallRow } from './CallNumber.tsx'

/** `idle`: nothing is half typed, so Alt+N may put the next customer on the counter. */
type Props = { active: string | null, idle: boolean, onCalled: (task: Task, number: string) => void, onOpen: (task: TaskItem) => void }

/** Node ids of the standard processes before and during reception. */
const WAITING = 'waiting', RECEPTION = 'reception'

/** Who waits at my station, longest first, and whom I have at the counter. */
export function Queue({ active, idle, onCalled, onOpen }: Props) {
  const say = useSay()
  const session = useSession()
  const [busy, setBusy] = useState<string | null>(null)
  const unitId = session.user.unitId ?? undefined
  const pool = useQuery({ queryKey: [...keys.tasks, 'desk', 'pool'], queryFn: ({ signal }) => api.get<TaskList>('/tasks', { query: { box: 'pool', unitId, limit: 200 }, signal }) })
  const mine = useQuery({ queryKey: [...keys.tasks, 'desk', 'mine'], queryFn: ({ signal }) => api.get<TaskList>('/tasks', { query: { box: 'mine', limit: 200 }, signal }) })
  useLive(['serviceRequest', 'task'], () => void queryClient.invalidateQueries({ queryKey: keys.tasks }))
  const calls = useCalls(unitId)
  const [counter, setCounter] = useState(counterOf)
  const waiting = (pool.data?.items ?? []).filter(task => task.nodeId === WAITING).sort((a, b) => a.enteredAt.localeCompare(b.enteredAt) || a.title.localeCompare(b.title))
  const held = (mine.data?.items ?? []).filter(task => task.nodeId === RECEPTION)

  const call = async (task: TaskItem) => {
    setBusy(task.id)
    try {
      // the screen on the wall says it too, unless the number was called from here before
      if (!calls.some(c => c.requestId === task.recordId && c.state === 'calling' && c.counter === counter)) await api.post(`/service-requests/${task.recordId}/call`, { counter: counter || '1' }, { quiet: true }).catch(() => null)
      const answer = await api.post<{ next: Task[] }>(`/tasks/${task.id}/complete`, { outcome: 'begin' })
      say.ok(td('called', { number: task.title }))
      const next = answer.next[0]
      if (next) onCalled({ ...task, ...next, recordId: task.recordId }, task.title)
    } catch (error) {
      if (error instanceof ApiError && (error.code === 'TASK_DONE' || error.code === 'TASK_TAKEN')) say.warn(td('calledBy', { number: task.title }))
      else say.error(error)
    } finally { setBusy(null); await queryClient.invalidateQueries({ queryKey: keys.tasks }) }
  }
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!event.altKey || event.code !== 'KeyN') return
      event.preventDefault()
      const [first] = waiting
      if (idle && busy === null && first) void call(first)
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  })

  return (
    <aside className="sd-queue">
      {held.length > 0 && <section className="qc-panel">
        <header><h2>{td('mine')}</h2></header>
        <ul className="sv-plain">{held.map(task => (
          <li key={task.id}><button type="button" className={`sd-held sv-late-${task.lateness}`} aria-current={task.id === active || undefined} onClick={() => onOpen(task)}><b className="sd-no">{shortNumber(task.title.split(' ')[0] ?? '')}</b><span className="qc-clip">{task.title.split(' ').slice(1).join(' ')}</span><Icon name="right" /></button></li>
        ))}</ul>
      </section>}
      <section className="qc-panel">
        <header><h2>{td('queue')}{waiting.length > 0 && <span className="sd-count">{waiting.length}</span>}</h2><CounterField value={counter} onChange={setCounter} /></header>
        {pool.isPending ? <Skeleton lines={4} height={26} /> : pool.isError ? <ErrorState error={pool.error} onRetry={() => void pool.refetch()} />
          : waiting.length === 0 ? <EmptyState icon="ticket" title={td('queueEmpty')} hint={td('queueEmptyHint')} />
            : <ol className="sv-plain">{waiting.map((task, i) => <Waiting key={task.id} task={task} first={i === 0} busy={busy !== null} onCall={() => void call(task)} counter={counter} called={calls.find(c => c.requestId === task.recordId) ?? null} />)}</ol>}
      </section>
    </aside>
  )
}

function Waiting({ task, first, busy, onCall, counter, called }: { task: TaskItem, first: boolean, busy: boolean, onCall: () => void, counter: string, called: CallRow | null }) {
  const now = useNow()
  const minutes = Math.max(0, Math.floor((now.getTime() - new Date(task.enteredAt).getTime()) / 60_000))
  return (
    <li className={`sd-wait sv-late-${task.lateness}`}>
      <b className="sd-no" title={task.title}>{shortNumber(task.title.split(' ')[0] ?? '')}</b>
      <span className={`sd-waited qc-late qc-late-${task.lateness}`}>{task.lateness === 'late' && <Icon name="warn" size={13} />}{td('waited', { d: durationText(minutes) })}</span>
      <CallNumber requestId={task.recordId ?? ''} number={task.title} counter={counter} called={called} />
      <button type="button" className={`qc-button${(called?.state === 'calling' ? called.counter === counter : first) ? ' qc-button-primary' : ''}`} disabled={busy} onClick={onCall} aria-label={`${td('call')} ${task.title}`} {...(first ? { title: td('callKeys'), 'aria-keyshortcuts': 'Alt+N' } : {})}>{td('call')}</button>
    </li>
  )
}
