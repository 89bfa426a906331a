import { api, ApiError, ErrorState, Skeleton, useLocale } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useParams, useSearchParams } from 'react-router'
import { yuan } from './shared.tsx'
import { tk } from './texts.ts'

interface Shown { company: string, customer: string, level: number, name: string | null, services: string[], total: string, ours: string, share: string, toNext: string | null, next: { level: number, name: string, more: string[] } | null }

/** What a customer sees of itself by its link: its level, what it gets, what is missing to the next (SA-13). */
export default function PublicStanding() {
  useLocale()
  const { token = '' } = useParams(), tenant = useSearchParams()[0].get('tenant')
  const read = useQuery({ queryKey: ['public-standing', token], queryFn: ({ signal }) => api.get<Shown>(`/public/standing/${encodeURIComponent(token)}`, { query: tenant ? { tenant } : {}, signal, quiet: true }), retry: false })
  if (read.isPending) return <main className="ka-public"><Skeleton lines={6} /></main>
  if (read.isError) return <main className="ka-public">{read.error instanceof ApiError && [400, 404].includes(read.error.status) ? <p>{tk('deadLink')}</p> : <ErrorState error={read.error} onRetry={() => void read.refetch()} />}</main>
  const s = read.data
  return (
    <main className="ka-public qc-stack">
      <p className="qc-soft">{s.company}</p>
      <section className="qc-panel qc-panel-pad"><h1>{s.customer}</h1><p><span className="qc-soft">{tk('yourLevel')}</span> <span className="ka-level">{tk('levelN', { n: s.level })}</span> {s.name}</p>
        <dl className="ka-facts"><dt>{tk('total')}</dt><dd>{yuan(s.total)}</dd><dt>{tk('ours')}</dt><dd>{yuan(s.ours)}</dd><dt>{tk('share')}</dt><dd>{s.share} %</dd></dl><p><b>{s.toNext ?? tk('top')}</b></p></section>
      <section className="qc-panel qc-panel-pad"><h2>{tk('services')}</h2><ul>{s.services.map(x => <li key={x}>{x}</li>)}</ul>{s.next && s.next.more.length > 0 && <><h2>{tk('nextLevel', { n: s.next.level })}</h2><ul>{s.next.more.map(x => <li key={x}>{x}</li>)}</ul></>}</section>
    </main>
  )
}
