import { api, EmptyState, Icon, keys, t, useLive, useMetaSoon, useSession, When, type Page, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { ts } from '../texts.ts'
import { Pop } from './Pop.tsx'

/** Open alarms: how many, and the newest. Live. */
export function Bell() {
  const meta = useMetaSoon()
  const alarm = meta?.entities.find(entity => entity.name === 'alarm')
  // Only open ones, if the entity knows a state or a time of closing.
  const open = alarm?.fields.some(field => field.name === 'state') ? { state: { nin: ['closed', 'done', 'resolved'] } } : alarm?.fields.some(field => field.name === 'closedAt') ? { closedAt: { isNull: true } } : {}
  const alarms = useQuery({
    queryKey: keys.list('alarm', { bell: open }),
    queryFn: ({ signal }) => api.get<Page<Row>>(`/${alarm!.plural}`, { query: { filter: open, limit: 8, count: 1 }, signal }),
    enabled: alarm !== undefined,
  })
  useLive('alarm', () => void alarms.refetch())
  const me = useSession().user.id
  const noticed = async (id: string) => { await api.post(`/notices/${id}/close`).catch(() => undefined); await alarms.refetch() }
  const count = alarms.data?.total ?? alarms.data?.items.length ?? 0
  return (
    <Pop wide label={count > 0 ? `${ts('alarms')} ${count}` : ts('alarms')} button={<><Icon name="bell" size={19} />{count > 0 && <span className="qs-badge">{count > 99 ? '99+' : count}</span>}</>}>
      {close => (
        <>
          <div className="qc-row-between qs-panel-head"><strong>{ts('alarms')}</strong>{alarm && <Link to={`/e/${alarm.plural}`} onClick={close}>{ts('allAlarms')}</Link>}</div>
          {(alarms.data?.items ?? []).map(row => {
            const target = meta?.entities.find(entity => entity.name === row.entity)
            const to = target && typeof row.recordId === 'string' ? `/e/${target.plural}/${row.recordId}` : `/e/${alarm!.plural}/${row.id}`
            return <div key={row.id} className="qs-alarm-row"><Link className="qs-item qs-alarm" to={to} onClick={close}><span className="qc-clip">{String(row.title ?? row.text ?? row.name ?? (alarm ? alarm.label : ''))}</span><span className="qc-faint"><When at={String(row.at ?? row.createdAt ?? '')} form="relative" /></span></Link>{(row.kind === 'notice' || row.kind === 'automation') && row.ownerId === me && <button type="button" className="qc-link" onClick={() => void noticed(row.id)}>{ts('noticed')}</button>}</div>
          })}
          {count === 0 && (alarms.isError ? <p className="qs-note qc-danger">{t('failed')}</p> : <EmptyState icon="check" title={ts('noAlarms')} hint={ts('noAlarmsHint')} />)}
        </>
      )}
    </Pop>
  )
}
