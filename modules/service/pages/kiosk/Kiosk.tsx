import './kiosk.css'
import { api, ApiError, groupPhone, Icon, locale, messageOf, setLocale, useLocale } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState, type CSSProperties } from 'react'
import { useLocation, useParams } from 'react-router'
import { shortNumber, tenantOf } from '../shared/tenant.ts'
import type { KioskView, Taken } from '../shared/types.ts'
import { PhonePad } from './PhonePad.tsx'
import { TakenView } from './TakenView.tsx'
import { tk } from './texts.ts'

/** How often the queue on the screen is read again. */
const POLL_MS = 5000
/** A message is for who stands there now, not for the next one. */
const PROBLEM_MS = 15_000

/** The screen at the door: one tap on a product and the number is there (SP-01). */
export default function Kiosk() {
  const unitCode = useParams().unitCode!
  const query = tenantOf(useLocation().search)
  useLocale()
  const [phone, setPhone] = useState('')
  const [padOpen, setPadOpen] = useState(false)
  const [taken, setTaken] = useState<Taken | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const once = useRef(false)
  const path = `/public/kiosk/${encodeURIComponent(unitCode)}`
  const view = useQuery({ queryKey: ['kiosk', unitCode, query], queryFn: ({ signal }) => api.get<KioskView>(path, { query, signal, quiet: true, timeoutMs: 8000 }), refetchInterval: POLL_MS, retry: false, networkMode: 'always' })
  const name = view.data?.unit.name
  useEffect(() => { document.title = `${tk('title')}${name ? ` · ${name}` : ''}` }, [name])
  const restart = useCallback(() => { setTaken(null); setPhone(''); setProblem(null) }, [setTaken, setPhone, setProblem])

  useEffect(() => {
    if (!problem) return
    const timer = setTimeout(() => setProblem(null), PROBLEM_MS)
    return () => clearTimeout(timer)
  }, [problem])

  const take = async (productLineId: string) => {
    // A second tap before the answer must not take a second number.
    if (once.current) return
    once.current = true
    setBusy(true)
    setProblem(null)
    try {
      setTaken(await api.post<Taken>(`${path}/take`, { productLineId, ...(phone ? { phone } : {}) }, { query, quiet: true, timeoutMs: 15_000 }))
      void view.refetch()
    } catch (error) {
      setProblem(error instanceof ApiError && error.status === 429 ? tk('busy') : error instanceof ApiError && (error.status === 0 || error.status >= 500) ? `${tk('down')}。${tk('downHint')}` : tk('failed', { why: messageOf(error) }))
    } finally { once.current = false; setBusy(false) }
  }

  if (taken) return <main className="sk"><TakenView taken={taken} onEnd={restart} /></main>
  if (!view.data) return <main className="sk"><Out error={view.error} /></main>
  const { unit, productLines, waiting, called, tenant } = view.data
  return (
    <main className="sk">
      <header className="sk-head">
        <div><p className="sk-tenant">{tenant}</p><h1>{unit.name}</h1></div>
        <p className="sk-waiting">{waiting > 0 ? tk('waiting', { n: waiting }) : tk('noneWaiting')}</p>
        <button type="button" className="sk-quiet" onClick={() => setLocale(locale() === 'zh' ? 'en' : 'zh')}>{locale() === 'zh' ? 'English' : '中文'}</button>
      </header>
      {view.isError && <p className="sk-problem" role="alert"><Icon name="warn" size={22} />{tk('down')}。{tk('downHint')}</p>}
      {problem && !view.isError && <p className="sk-problem" role="alert"><Icon name="warn" size={22} />{problem}</p>}
      <h2 className="sk-ask">{busy ? tk('taking') : productLines.length > 0 ? tk('choose') : tk('noLines')}</h2>
      <div className="sk-lines" aria-busy={busy} style={{ '--sk-columns': columns(productLines.length) } as CSSProperties}>
        {productLines.map(line => <button key={line.id} type="button" disabled={busy || view.isError} onClick={() => void take(line.id)}>{line.name}</button>)}
      </div>
      <button type="button" className="sk-phone" onClick={() => setPadOpen(true)}>
        <Icon name="phone" size={26} />{phone ? <><span>{tk('phoneOk')}</span><b>{groupPhone(phone)}</b><span className="sk-quiet-text">{tk('phoneChange')}</span></> : <span>{tk('phone')}</span>}
      </button>
      {called.length > 0 && <footer className="sk-called"><span>{tk('called')}</span>{called.map(each => <b key={each.number} title={each.number}>{shortNumber(each.number)}</b>)}</footer>}
      {padOpen && <PhonePad value={phone} onDone={digits => { setPhone(digits); setPadOpen(false) }} />}
    </main>
  )
}

/** Rows of like length: one row up to three, two columns for four, else three. */
function columns(lines: number): number {
  return lines <= 3 ? Math.max(1, lines) : lines === 4 ? 2 : 3
}

function Out({ error }: { error: unknown }) {
  if (!error) return <p className="sk-out" role="status">{tk('welcome')}</p>
  const unknown = error instanceof ApiError && (error.code === 'STATION_UNKNOWN' || error.code === 'NOT_A_STATION')
  return (
    <div className="sk-out" role="alert">
      <Icon name="warn" size={48} />
      <h1>{unknown ? tk('noStation') : tk('down')}</h1>
      <p>{unknown ? messageOf(error) + '。' + tk('noStationHint') : tk('downHint')}</p>
    </div>
  )
}
