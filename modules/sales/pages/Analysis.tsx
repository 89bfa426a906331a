import { api, EmptyState, ErrorState, findEntity, listHref, Skeleton, useMeta, useNow } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Segmented } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { ts } from './texts.ts'

type Line = { key: string | null, label: string | null, leads: number, converted: number, discarded: number, medianHours: number | null }
const day = (at: Date): string => new Intl.DateTimeFormat('en-CA').format(at)

/** How many leads came by which source or rule, and what became of them. */
export function Analysis() {
  const now = useNow()
  const [by, setBy] = useState<'source' | 'rule'>('source')
  const [from, setFrom] = useState(() => day(new Date(now.getTime() - 29 * 86_400_000)))
  const [to, setTo] = useState(() => day(now))
  const sources = findEntity(useMeta(), 'lead')?.fields.find(f => f.name === 'source')?.options ?? []
  const read = useQuery({ queryKey: ['entity', 'lead', 'analysis', by, from, to], enabled: Boolean(from && to), queryFn: ({ signal }) => api.get<{ lines: Line[] }>('/leads/analysis', { query: { by, from, to }, signal }) })
  const nameOf = (l: Line): string => (by === 'source' ? sources.find(s => s.value === l.key)?.label ?? l.key ?? '' : l.label ?? ts('noRule'))
  const rows = (l: Line, more: Record<string, unknown> = {}): string | null => (by === 'source' ? listHref('leads', { source: l.key, createdAt: { gte: `${from}T00:00:00+08:00`, lte: `${to}T23:59:59+08:00` }, ...more } as never) : null)
  return (
    <div className="qc-stack">
      <div className="sa-bar"><Segmented value={by} onChange={value => setBy(value as 'source' | 'rule')} options={[{ value: 'source', label: ts('bySource') }, { value: 'rule', label: ts('byRule') }]} />
        <label>{ts('from')} <Input type="date" style={{ width: 150 }} value={from} max={to} onChange={event => setFrom(event.target.value)} /></label><label>{ts('to')} <Input type="date" style={{ width: 150 }} value={to} min={from} onChange={event => setTo(event.target.value)} /></label></div>
      <section className="qc-panel" style={{ overflowX: 'auto' }}>{read.isPending ? <Skeleton lines={4} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : read.data.lines.length === 0 ? <EmptyState icon="chart" title={ts('nothing')} /> : (
        <table className="sa-table"><thead><tr><th>{ts(by === 'source' ? 'bySource' : 'byRule')}</th><th>{ts('count')}</th><th>{ts('converted')}</th><th>{ts('rate')}</th><th>{ts('discarded')}</th><th>{ts('median')}</th></tr></thead>
          <tbody>{read.data.lines.map(l => { const all = rows(l), won = rows(l, { state: 'converted' }), gone = rows(l, { state: 'discarded' }); return (
            <tr key={l.key ?? ''}><td>{nameOf(l)}</td><td>{all ? <Link to={all}>{l.leads}</Link> : l.leads}</td><td>{won ? <Link to={won}>{l.converted}</Link> : l.converted}</td><td>{Math.round(l.converted / l.leads * 1000) / 10}%</td><td>{gone ? <Link to={gone}>{l.discarded}</Link> : l.discarded}</td><td>{l.medianHours ?? '—'}</td></tr>) })}</tbody></table>)}</section>
    </div>
  )
}
