import './quotes.css'
import { api, ApiError, moneyText, Skeleton } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useLocation, useParams } from 'react-router'
import { tq } from './texts.ts'

type View = { company: string, number: string, revision: number, title: string, customer: string, seller: { name: string | null, phone: string | null, unit: string }, terms: string | null, validUntil: string | null, lines: Array<{ item: string, unit: string, quantity: string, unitPrice: string, discount: string, amount: string }>, discount: string, amount: string, state: string, open: boolean }
const SAID = new Set(['accepted', 'declined', 'expired', 'replaced'])

/** For the customer, by the link that only they have: the quote, yes or no, once more to be sure. */
export default function PublicQuote() {
  const { token } = useParams(), path = `/public/quote/${encodeURIComponent(token ?? '')}`
  const tenant = new URLSearchParams(useLocation().search).get('tenant'), query = tenant ? { tenant } : {}
  const read = useQuery({ queryKey: ['public-quote', token], queryFn: ({ signal }) => api.get<View>(path, { query, signal, quiet: true }), retry: false })
  const [sure, setSure] = useState<'accept' | 'decline' | null>(null), [reason, setReason] = useState(''), [problem, setProblem] = useState<string | null>(null), [busy, setBusy] = useState(false)
  useEffect(() => { document.title = tq('title') }, [])
  const answer = async () => {
    if (sure === 'decline' && !reason.trim()) { setProblem(tq('reasonNeeded')); return }
    setBusy(true)
    setProblem(null)
    try { await api.post(path, { answer: sure, ...(reason.trim() ? { reason: reason.trim() } : {}) }, { query, quiet: true }) }
    catch (error) { setProblem(error instanceof ApiError && error.status > 0 && error.status < 500 ? error.message : tq('down')) }
    finally { setBusy(false); setSure(null); void read.refetch() }
  }
  const q = read.data
  return (
    <div className="qp"><main>
      {read.isPending && <section className="qp-card"><Skeleton lines={8} /></section>}
      {read.isError && <section className="qp-card"><p role="alert">{read.error instanceof ApiError && read.error.status > 0 ? read.error.message : tq('down')}</p></section>}
      {q && <section className="qp-card" aria-label={tq('title')}>
        <header><span className="qc-soft">{q.company}</span><h1>{tq('title')}</h1><p>{q.title}</p><p className="qc-soft">{q.number} · {tq('version', { n: q.revision })} · {tq('forWhom', { name: q.customer })}</p></header>
        <ul className="qc-plain qt-read">{q.lines.map((l, i) => <li key={i}><span><b>{l.item}</b> <span className="qc-soft">{l.quantity} {l.unit} × ¥{moneyText(l.unitPrice)}{Number(l.discount) > 0 && ` − ${l.discount}%`}</span></span><span className="qc-number">¥{moneyText(l.amount)}</span></li>)}
          {Number(q.discount) > 0 && <li className="qc-soft"><span>{tq('wholeOff', { n: q.discount })}</span></li>}
          <li className="qp-total"><b>{tq('total')}</b><b className="qc-number">¥{moneyText(q.amount)}</b></li></ul>
        {q.terms && <p className="qc-multiline qc-soft">{q.terms}</p>}
        {q.validUntil && <p className="qc-soft">{tq('until', { d: q.validUntil })}</p>}
        <p className="qc-soft">{tq('contact', { who: [q.seller.unit, q.seller.name, q.seller.phone].filter(Boolean).join(' ') })}</p>
        {!q.open && <p className={`qp-said qp-${q.state}`} role="status">{SAID.has(q.state) ? tq(`said_${q.state as 'accepted'}`) : tq('said_other')}</p>}
        {problem && <p className="qc-danger" role="alert">{problem}</p>}
        {q.open && sure === null && <div className="qp-two"><button type="button" className="qc-button" onClick={() => setSure('decline')}>{tq('no')}</button><button type="button" className="qc-button qc-button-primary" onClick={() => setSure('accept')}>{tq('yes')}</button></div>}
        {q.open && sure !== null && <div>
          <p><b>{sure === 'accept' ? tq('sureYes', { sum: `¥${moneyText(q.amount)}` }) : tq('sureNo')}</b></p>
          {sure === 'decline' && <textarea aria-label={tq('reason')} rows={3} maxLength={500} autoFocus value={reason} onChange={event => { setReason(event.target.value); setProblem(null) }} />}
          <div className="qp-two"><button type="button" className="qc-button" disabled={busy} onClick={() => setSure(null)}>{tq('back')}</button><button type="button" className="qc-button qc-button-primary" disabled={busy} onClick={() => void answer()}>{tq('confirm')}</button></div>
        </div>}
        <p><a href={`/api${path}/quote.pdf?${new URLSearchParams({ origin: location.origin, ...(tenant ? { tenant } : {}) }).toString()}`} target="_blank" rel="noreferrer">{tq('download')}</a></p>
      </section>}
    </main></div>
  )
}
