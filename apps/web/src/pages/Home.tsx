import './tasks.css'
import { api, EmptyState, ErrorState, Icon, keys, PageFrame, queryClient, Skeleton, useLive, useNow, useSession, zoned, pick, type Task } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, Navigate } from 'react-router'
import { menuFor, phoneEntries, quickFor } from '../modules.ts'
import { ts } from '../texts.ts'
import { TaskRows } from './TaskRows.tsx'

export type TaskPage = { items: Task[], next: string | null, counts: { mine: number, pool: number } }

export default function Home() {
  const session = useSession()
  if (!session.outside) return <Desk />
  return <Navigate replace to={phoneEntries(menuFor(session))[0]?.path ?? '/help'} />
}

/** What waits for me, what is late, and what I do most. */
function Desk() {
  const session = useSession()
  const tasks = useQuery({ queryKey: [...keys.tasks, 'mine', 'home'], queryFn: ({ signal }) => api.get<TaskPage>('/tasks', { query: { box: 'mine' }, signal }) })
  useLive(['task', 'alarm'], () => void queryClient.invalidateQueries({ queryKey: keys.tasks }))
  const items = tasks.data?.items ?? []
  const late = items.filter(task => task.lateness === 'late'), warned = items.filter(task => task.lateness === 'warn')
  const hour = Number(zoned(useNow()).hour)
  const greeting = ts(hour < 12 ? 'greetMorning' : hour < 18 ? 'greetNoon' : 'greetEvening', { name: session.user.name })
  const first = [...late, ...warned, ...items.filter(task => task.lateness === 'ok')].slice(0, 15)
  return (
    <PageFrame title={greeting} documentTitle={ts('product')} subtitle={session.user.unitName ?? session.tenant.name}>
      <div className="qh-numbers">
        <Figure label={ts('waiting')} value={tasks.data?.counts.mine} to="/tasks" />
        <Figure label={ts('lateTasks')} value={tasks.data ? late.length : undefined} to="/tasks" tone={late.length > 0 ? 'qc-danger' : undefined} />
        <Figure label={ts('warnTasks')} value={tasks.data ? warned.length : undefined} to="/tasks" />
        <Figure label={ts('poolTasks')} value={tasks.data?.counts.pool} to="/tasks?box=pool" />
      </div>
      <div className="qh">
        <section className="qc-panel">
          <header><h2>{ts('waiting')}</h2><Link to="/tasks">{ts('allTasks')}</Link></header>
          {tasks.isPending ? <Skeleton lines={6} height={20} /> : tasks.isError ? <ErrorState error={tasks.error} onRetry={() => void tasks.refetch()} />
            : first.length === 0 ? <EmptyState icon="check" title={ts('nothingWaiting')} hint={ts('nothingWaitingHint')} action={<Link className="qc-button" to="/tasks?box=pool">{ts('poolTasks')}</Link>} /> : <TaskRows tasks={first} />}
        </section>
        <Quick />
      </div>
    </PageFrame>
  )
}

function Figure({ label, value, to, tone }: { label: string, value: number | undefined, to: string, tone?: string | undefined }) {
  return <Link to={to} className="qh-number"><b className={tone}>{value ?? '–'}</b><span>{label}</span></Link>
}

/** What one begins often, as the modules say, then the first places of the menu: all by permission. */
function Quick() {
  const session = useSession()
  const begin = quickFor(session).slice(0, 6)
  const places = menuFor(session).filter(group => group.module.name !== 'org').flatMap(group => group.entries).filter(entry => !begin.some(action => action.path === entry.path)).slice(0, 10 - begin.length)
  return (
    <section className="qc-panel">
      <header><h2>{ts('quick')}</h2></header>
      <div className="qh-quick" style={{ minHeight: 120 }}>
        {[...begin, ...places].map(entry => <Link key={entry.path} to={entry.path}><Icon name={entry.icon} size={18} />{pick(entry.label)}</Link>)}
      </div>
    </section>
  )
}
