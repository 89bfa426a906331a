import './track.css'
import { api, ApiError, Icon, locale, PublicPanels, setLocale, Skeleton, useLocale } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useLocation, useNavigate, useParams } from 'react-router'
import { tenantOf } from '../shared/tenant.ts'
import type { TrackView } from '../shared/types.ts'
import { Estimate } from './Estimate.tsx'
import { Progress } from './Progress.tsx'
import { Survey } from './Survey.tsx'
import { tc } from './texts.ts'

const POLL_MS = 30_000

/** For the customer, without signing in: by the link of the QR code (`/p/:token`), or by number and code (`/track`). */
export default function Track() {
  const { token } = useParams()
  const { search } = useLocation()
  const navigate = useNavigate()
  useLocale()
  const query = tenantOf(search)
  const params = new URLSearchParams(search)
  const number = params.get('n') ?? '', code = params.get('c') ?? ''
  const asked = token !== undefined || (number !== '' && code !== '')
  useEffect(() => { document.title = tc('title') }, [])
  const found = useQuery({
    queryKey: ['track', token ?? `${number}/${code}`, query],
    queryFn: ({ signal }) => token === undefined
      ? api.post<TrackView>('/public/track', { number, code }, { query, signal, quiet: true })
      : api.get<TrackView>(`/public/track/${encodeURIComponent(token)}`, { query, signal, quiet: true }),
    enabled: asked, retry: false,
    refetchInterval: read => read.state.data && !read.state.data.ended && !read.state.error ? POLL_MS : false,
  })
  const link = token === undefined ? null : `/public/track/${encodeURIComponent(token)}`
  // the link, or number and code of the voucher: either says who it is
  const proof = link ? { path: link } : { path: '/public/track', who: { number, code } }
  // what was answered just now stays where the customer looks; on a later visit it is history
  const [answered, setAnswered] = useState<string | null>(null)
  const onTop = found.data?.estimate && (found.data.estimate.open || found.data.estimate.id === answered)
  const ask = (n: string, c: string) => {
    if (n === number && c === code && token === undefined) { void found.refetch(); return }
    void navigate(`/track?${new URLSearchParams({ n, c, ...query }).toString()}`, { replace: token === undefined && asked && found.isError })
  }
  const home = `/track${query.tenant ? `?${new URLSearchParams(query).toString()}` : ''}`
  return (
    <div className="sc">
      <header className="sc-head"><img src="/icon.svg" alt="" width={26} height={26} /><span>{tc('title')}</span>
        <button type="button" className="qc-link" onClick={() => setLocale(locale() === 'zh' ? 'en' : 'zh')}>{locale() === 'zh' ? 'English' : '中文'}</button></header>
      <main>
        {asked && found.isPending && <section className="sc-card"><Skeleton lines={6} /></section>}
        {found.data && <>
          {onTop && <Estimate key={found.data.estimate!.id} estimate={found.data.estimate!} {...proof} query={query} onAnswered={() => { setAnswered(found.data.estimate!.id); void found.refetch() }} />}
          {link && found.data.ended && <Survey path={link} query={query} />}
          {token !== undefined && !found.data.ended && <PublicPanels place="track.main" row={{ id: token, version: 0, ...query }} />}
          <Progress view={found.data} at={found.dataUpdatedAt} />
          {found.data.estimate && !onTop && <Estimate estimate={found.data.estimate} {...proof} query={query} onAnswered={() => void found.refetch()} />}
          {found.isError && <p className="sc-problem" role="alert">{tc('down')}</p>}
          <p className="sc-other"><a href={home} onClick={event => { event.preventDefault(); void navigate(home) }}>{tc('other')}</a></p></>}
        {!found.data && (!asked || found.isError) && <Ask key={`${number}/${code}`} number={number} code={code} problem={found.isError ? sentence(found.error, token !== undefined) : null} busy={found.isFetching} onAsk={ask} />}
      </main>
    </div>
  )
}

function sentence(error: unknown, byLink: boolean): string {
  if (!(error instanceof ApiError)) return tc('down')
  if (error.status === 429) return typeof error.details.minutes === 'number' && error.details.minutes > 60 ? tc('tooManyToday') : tc('tooMany', { n: typeof error.details.minutes === 'number' ? error.details.minutes : 5 })
  return error.status === 404 || error.status === 400 ? tc(byLink ? 'notFoundLink' : 'notFound') : tc('down')
}

type AskProps = { number: string, code: string, problem: string | null, busy: boolean, onAsk: (number: string, code: string) => void }

function Ask({ number: firstNumber, code: firstCode, problem, busy, onAsk }: AskProps) {
  const [number, setNumber] = useState(firstNumber)
  const [code, setCode] = useState(firstCode)
  const [missing, setMissing] = useState(false)
  const shown = missing ? tc('needBoth') : problem
  const submit = () => {
    const n = number.replace(/\s+/g, '').toUpperCase(), c = code.replace(/\D/g, '')
    setMissing(n === '' || c.length !== 4)
    if (n !== '' && c.length === 4) onAsk(n, c)
  }
  return (
    <form className="sc-card sc-ask" noValidate onSubmit={event => { event.preventDefault(); submit() }}>
      <h1>{tc('query')}</h1><p className="qc-soft">{tc('queryHint')}</p>
      <label htmlFor="sc-n">{tc('number')}</label>
      <input id="sc-n" value={number} autoFocus autoCapitalize="characters" autoComplete="off" spellCheck={false} placeholder={tc('numberHint')} aria-invalid={shown !== null || undefined} onChange={event => { setNumber(event.target.value); setMissing(false) }} />
      <label htmlFor="sc-c">{tc('code')}</label>
      <input id="sc-c" value={code} inputMode="numeric" maxLength={4} autoComplete="off" placeholder={tc('codeHint')} aria-invalid={shown !== null || undefined} onChange={event => { setCode(event.target.value); setMissing(false) }} />
      <div className="sc-ask-note" aria-live="assertive">{shown && <p className="sc-problem"><Icon name="warn" size={18} />{shown}</p>}</div>
      <button type="submit" className="qc-button qc-button-primary" disabled={busy}>{tc(busy ? 'going' : 'go')}</button>
    </form>
  )
}
