import { api, ApiError, ErrorState, Skeleton, useLocale, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { yuan } from './shared.tsx'
import { tk } from './texts.ts'

interface Shown { company: string, customer: string, title: string, period: string, from: string, until: string, spend: string, orders: number, places: number }
interface File { name: string, mediaType: string, content: string }

/** Gives the browser a file that came as base64. */
function keep(file: File) {
  const url = URL.createObjectURL(new Blob([Uint8Array.from(atob(file.content), c => c.charCodeAt(0))], { type: file.mediaType }))
  const a = Object.assign(document.createElement('a'), { href: url, download: file.name })
  a.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** A report as a customer sees it by the link in the mail: the sums, and its two files (SA-18). */
export default function PublicReport() {
  useLocale()
  const say = useSay(), { token = '' } = useParams(), tenant = useSearchParams()[0].get('tenant'), query = tenant ? { tenant } : {}, path = `/public/key-reports/${encodeURIComponent(token)}`
  const [busy, setBusy] = useState<'pdf' | 'csv' | null>(null)
  const read = useQuery({ queryKey: ['public-report', token], queryFn: ({ signal }) => api.get<Shown>(path, { query, signal, quiet: true }), retry: false })
  const get = async (file: 'pdf' | 'csv') => { setBusy(file); try { keep(await api.get<File>(`${path}/${file}`, { query, quiet: true })) } catch (error) { say.error(error) } finally { setBusy(null) } }
  if (read.isPending) return <main className="ka-public"><Skeleton lines={6} /></main>
  if (read.isError) return <main className="ka-public">{read.error instanceof ApiError && [400, 404].includes(read.error.status) ? <p>{tk('deadLink')}</p> : <ErrorState error={read.error} onRetry={() => void read.refetch()} />}</main>
  const r = read.data
  return (
    <main className="ka-public qc-stack">
      <p className="qc-soft">{r.company}</p>
      <section className="qc-panel qc-panel-pad"><h1>{r.customer}</h1><p>{r.title} {r.period}</p>
        <dl className="ka-facts"><dt>{tk('reportSpan')}</dt><dd>{r.from} – {r.until}</dd><dt>{tk('spend')}</dt><dd>{yuan(r.spend)}</dd><dt>{tk('orderCount')}</dt><dd>{r.orders}</dd><dt>{tk('places')}</dt><dd>{r.places}</dd></dl>
        <div className="qc-row"><button type="button" className="qc-button qc-button-primary" disabled={busy !== null} onClick={() => void get('pdf')}>{tk(busy === 'pdf' ? 'getting' : 'getPdf')}</button><button type="button" className="qc-button" disabled={busy !== null} onClick={() => void get('csv')}>{tk(busy === 'csv' ? 'getting' : 'getCsv')}</button></div></section>
    </main>
  )
}
