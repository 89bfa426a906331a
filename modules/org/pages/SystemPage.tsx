import './org.css'
import { api, can, ErrorState, Icon, PageFrame, Skeleton, t, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ta } from './adminTexts.ts'

type System = {
  version: string
  database?: { version?: string, bytes?: string | number, since?: string }
  jobs?: { waiting?: number, dead?: number, nextDue?: string | null }
  outbox?: number
  failed?: Array<{ id: string, kind: string, attempts: number, error: string | null, dueAt: string }>
}

/** How the installation is: version, database, background work. */
export default function SystemPage() {
  const read = useQuery({ queryKey: ['system'], queryFn: ({ signal }) => api.get<System>('/system', { signal }), refetchInterval: 30_000 })
  const warnings = useQuery({ queryKey: ['calendar-warnings'], queryFn: ({ signal }) => api.get<{ items: Array<{ calendarId: string, year: number, message: string }> }>('/calendars/warnings', { signal }), enabled: can('calendar:read') })
  const system = read.data
  return (
    <PageFrame title={ta('system')} actions={<button type="button" className="qc-button" onClick={() => void read.refetch()}><Icon name="refresh" />{t('reload')}</button>}>
      {!system ? <div className="qc-panel">{read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : <Skeleton lines={6} />}</div> : <>
        {(warnings.data?.items ?? []).map(each => <p key={each.calendarId + each.year} className="qo-savebar" style={{ marginBottom: 12, borderRadius: 5 }}><Icon name="warn" />{each.message}</p>)}
        <div className="qo-numbers">
          <Fact label={ta('version')} value={system.version} />
          <Fact label={ta('database')} value={/PostgreSQL [\d.]+/.exec(String(system.database?.version ?? ''))?.[0] ?? system.database?.version} />
          <Fact label={ta('databaseSize')} value={system.database?.bytes === undefined ? undefined : `${(Number(system.database.bytes) / 1e6).toFixed(1)} MB`} />
          <Fact label={ta('since')} value={system.database?.since && <When at={system.database.since} form="absolute" />} />
          <Fact label={ta('outbox')} value={system.outbox} />
          <Fact label={ta('jobsWaiting')} value={system.jobs?.waiting} />
          <Fact label={ta('jobsDead')} value={system.jobs?.dead} bad={(system.jobs?.dead ?? 0) > 0} />
        </div>
        <section className="qc-panel"><header><h2>{ta('failed')}</h2></header>
          {(system.failed ?? []).length === 0 ? <p className="qc-panel-pad qc-soft">{ta('nothingFailed')}</p> : (
            <div className="qo-scroll"><table className="qo-plain"><thead><tr><th>{ta('kind')}</th><th>{ta('attempts')}</th><th>{ta('error')}</th><th>{ta('due')}</th></tr></thead>
              <tbody>{system.failed!.map(job => <tr key={job.id}><td>{job.kind}</td><td>{job.attempts}</td><td>{job.error}</td><td><When at={job.dueAt} /></td></tr>)}</tbody></table></div>
          )}
        </section>
      </>}
    </PageFrame>
  )
}

function Fact({ label, value, bad = false }: { label: string, value: ReactNode, bad?: boolean }) {
  return <div className="qc-panel qo-number"><span className="qc-soft">{label}</span><b className={bad ? 'qc-danger' : undefined}>{value ?? '–'}</b></div>
}
