import './marketing.css'
import { api, ApiError, Skeleton } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useLocation, useParams } from 'react-router'
import { tm } from './texts.ts'

type Page = { company: string, campaign: string, offer: string | null, ended: boolean, responded: boolean, off: boolean, phone: string | null }

/** The customer's page of a campaign: a word back, or the way out (MK-04, MK-08). That it was opened is said by the page, not by the address: programs look at links too. */
export default function Answer() {
  const { token = '' } = useParams(), tenant = new URLSearchParams(useLocation().search).get('tenant'), query = useMemo(() => (tenant ? { tenant } : {}), [tenant])
  const path = `/public/campaigns/${encodeURIComponent(token)}`
  const read = useQuery({ queryKey: ['campaign-link', token], queryFn: ({ signal }) => api.get<Page>(path, { query, signal, quiet: true }), retry: false })
  const [words, setWords] = useState(''), [phone, setPhone] = useState(''), [said, setSaid] = useState<'thanks' | 'left' | null>(null), [wrong, setWrong] = useState<string | null>(null), [busy, setBusy] = useState(false)
  useEffect(() => { document.title = tm('pubTitle'); void api.post(`${path}/open`, {}, { query, quiet: true }).catch(() => undefined) }, [path, query])
  const act = async (what: 'answer' | 'leave') => {
    if (busy) return
    setBusy(true); setWrong(null)
    try { await api.post(`${path}/${what}`, what === 'answer' ? { words, ...(phone.trim() ? { phone } : {}) } : {}, { query, quiet: true }); setSaid(what === 'answer' ? 'thanks' : 'left') } catch (error) { setWrong(error instanceof ApiError ? error.fields[0]?.message ?? error.message : String(error)) } finally { setBusy(false) }
  }
  const p = read.data
  return (
    <main className="mk-public">
      {read.isPending ? <section><Skeleton lines={4} /></section> : !p ? <section><p role="alert">{tm('pubWrong')}</p></section> : <>
        <section><p className="qc-soft">{tm('pubHello', { c: p.company })}</p><h1 style={{ fontSize: 20, margin: 0 }}>{p.campaign}</h1>{p.offer && <p>{tm('pubOffer', { o: p.offer })}</p>}
          {said === 'thanks' || (p.responded && said === null) ? <p role="status">{tm('pubThanks')}</p> : p.ended ? <p>{tm('pubEnded')}</p> : said === null && (
            <form className="qc-stack" onSubmit={event => { event.preventDefault(); void act('answer') }}>
              <label>{tm('pubWords')}<textarea rows={3} maxLength={500} value={words} onChange={event => setWords(event.target.value)} /></label>
              <label>{tm('pubPhone')}<input type="tel" inputMode="tel" maxLength={30} value={phone} placeholder={p.phone ? tm('pubPhoneKnown', { p: p.phone }) : ''} aria-invalid={wrong !== null || undefined} onChange={event => { setPhone(event.target.value); setWrong(null) }} /></label>
              {wrong && <p className="mk-wrong" role="alert">{wrong}</p>}
              <button type="submit" className="qc-button qc-button-primary" disabled={busy}>{tm('pubSend')}</button>
            </form>)}
        </section>
        {said === 'left' || p.off ? <p role="status">{tm('pubLeft')}</p> : <button type="button" className="qc-link" disabled={busy} onClick={() => void act('leave')}>{tm('pubLeave')}</button>}
      </>}
    </main>
  )
}
