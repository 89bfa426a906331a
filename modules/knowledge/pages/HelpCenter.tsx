import './knowledge.css'
import { api, ApiError, EmptyState, Markdown, parseMarkdown, Skeleton, useLocale } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Link, useLocation, useNavigate, useParams } from 'react-router'
import type { Piece } from './api.ts'
import { Marked } from './parts.tsx'
import { tk } from './texts.ts'

type PublicHit = { id: string, title: Piece[], excerpt: Piece[], lines: string[] }
type List = { company: string, lines: Array<{ id: string, name: string }>, items: PublicHit[] }
type One = { id: string, title: string, body: string, company: string }

/** A company that is not the installation's first is named in the address; every call hands it on. */
const tenantOf = (search: string): { tenant?: string } => { const tenant = new URLSearchParams(search).get('tenant'); return tenant ? { tenant } : {} }

function sentence(error: unknown): string {
  if (!(error instanceof ApiError)) return tk('down')
  if (error.status === 429) return tk('tooMany', { n: typeof error.details.minutes === 'number' ? error.details.minutes : 5 })
  return error.status === 404 ? tk('gone') : tk('down')
}

/** 帮助中心: what a customer may read, without signing in (KB-01). */
export default function HelpCenter() {
  useLocale()
  const { id } = useParams()
  const { search } = useLocation()
  const tenant = tenantOf(search)
  const suffix = tenant.tenant ? `?${new URLSearchParams(tenant).toString()}` : ''
  useEffect(() => { document.title = tk('center') }, [])
  return <div className="kb-center">{id ? <Page id={id} tenant={tenant} suffix={suffix} /> : <Search tenant={tenant} suffix={suffix} />}</div>
}

const Head = ({ company }: { company: string | undefined }) => <header><img src="/icon.svg" alt="" width={26} height={26} /><span>{company ? `${company} · ` : ''}{tk('center')}</span></header>

function Search({ tenant, suffix }: { tenant: { tenant?: string }, suffix: string }) {
  const { search } = useLocation()
  const navigate = useNavigate()
  const params = new URLSearchParams(search)
  const q = params.get('q') ?? '', line = params.get('line') ?? ''
  const [text, setText] = useState(q)
  const read = useQuery<List>({ queryKey: ['help-center', tenant, q, line], retry: false, placeholderData: previous => previous, queryFn: async ({ signal }) => {
    const found = await api.get<List>('/public/help-center', { query: { ...tenant, ...(q ? { q } : { sort: 'used' }), ...(line ? { productLineId: line } : {}) }, signal, quiet: true })
    if (q && !line && found.items.length === 0) void api.post('/public/help-center/misses', { q }, { query: tenant, quiet: true }).catch(() => undefined)
    return found
  } })
  const go = (next: { q: string, line: string }) => void navigate(`/help-center?${new URLSearchParams({ ...tenant, ...(next.q ? { q: next.q } : {}), ...(next.line ? { line: next.line } : {}) }).toString()}`)
  return (
    <>
      <Head company={read.data?.company} />
      <main>
        <h1>{tk('centerAsk')}</h1>
        <form role="search" onSubmit={event => { event.preventDefault(); go({ q: text.trim(), line }) }}><input autoFocus type="search" aria-label={tk('centerAsk')} placeholder={tk('centerSearch')} maxLength={100} value={text} onChange={event => setText(event.target.value)} /><button type="submit" className="qc-button qc-button-primary">{tk('find')}</button></form>
        {(read.data?.lines.length ?? 0) > 1 && <div className="kb-lines">{[{ id: '', name: tk('allLines') }, ...read.data!.lines].map(each => <button key={each.id} type="button" aria-pressed={line === each.id} onClick={() => go({ q, line: each.id })}>{each.name}</button>)}</div>}
        {read.isError ? <p className="kb-card qc-danger" role="alert">{sentence(read.error)}</p> : read.isPending ? <div className="kb-card"><Skeleton lines={6} /></div>
          : read.data.items.length === 0 ? <div className="kb-card"><EmptyState icon="help" title={tk(q || line ? 'centerNone' : 'centerEmpty')} /></div>
            : <ul className="kb-list kb-card">{read.data.items.map(item => <li key={item.id} className="kb-hit"><Link to={`/help-center/${item.id}${suffix}`}><Marked pieces={item.title} /></Link><p><Marked pieces={item.excerpt} /></p>{item.lines.length > 0 && <div className="kb-facts">{item.lines.join('、')}</div>}</li>)}</ul>}
      </main>
    </>
  )
}

function Page({ id, tenant, suffix }: { id: string, tenant: { tenant?: string }, suffix: string }) {
  const read = useQuery({ queryKey: ['help-center', tenant, 'page', id], retry: false, queryFn: ({ signal }) => api.get<One>(`/public/help-center/${encodeURIComponent(id)}`, { query: tenant, signal, quiet: true }) })
  return (
    <>
      <Head company={read.data?.company} />
      <main>
        <p><Link to={`/help-center${suffix}`}>← {tk('backToList')}</Link></p>
        {read.isError ? <p className="kb-card qc-danger" role="alert">{sentence(read.error)}</p> : read.isPending ? <div className="kb-card"><Skeleton lines={8} /></div>
          : <article className="kb-card qc-md"><h1>{read.data.title}</h1><Markdown blocks={parseMarkdown(read.data.body)} image={file => `/api/public/help-center/${id}/images/${file}${suffix}`} link={href => href.startsWith('/') && !href.startsWith('/help-center') ? `/help-center${suffix}` : null} /></article>}
      </main>
    </>
  )
}
