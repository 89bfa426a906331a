import { api, ApiError, Icon, Skeleton } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation, useNavigate, useParams } from 'react-router'
import type { ServiceKind, Slot } from '../api.ts'
import { whenText } from '../days.ts'
import { tb } from '../texts.ts'
import { Frame } from './Frame.tsx'
import { passedOn, sentence, tenantOf } from './problem.ts'
import { SlotPicker } from './SlotPicker.tsx'

type Page = { unit: { code: string, name: string, phone: string | null, address: string | null }, tenant: string, productLines: Array<{ id: string, name: string }>, services: Array<{ service: ServiceKind, minutes: number, slots: Slot[] }> }
const EMPTY = { name: '', phone: '', productLineId: '', serialNo: '', faultDescription: '', address: '' }

/** A station's page for appointments: a time, a name, a telephone; nothing to sign in to (CE-05). */
export default function Book() {
  const { unitCode = '' } = useParams()
  const query = tenantOf(useLocation().search)
  const path = `/public/book/${encodeURIComponent(unitCode)}`
  const read = useQuery({ queryKey: ['book', unitCode, query], queryFn: ({ signal }) => api.get<Page>(path, { query, signal, quiet: true }), retry: false })
  return (
    <Frame title={read.data ? `${read.data.unit.name} · ${tb('book')}` : tb('book')}>
      {read.isPending ? <section className="bk-card"><Skeleton lines={6} /></section> : read.isError ? <section className="bk-card"><p className="bk-problem" role="alert"><Icon name="warn" size={18} />{sentence(read.error)}</p></section>
        : read.data.services.length === 0 ? <section className="bk-card"><p>{tb('notOpen')}</p><Call phone={read.data.unit.phone} /></section> : <Form page={read.data} path={path} query={query} onTaken={() => void read.refetch()} />}
    </Frame>
  )
}

export const Call = ({ phone }: { phone: string | null }) => (phone ? <a className="bk-call" href={`tel:${phone}`}><Icon name="phone" />{tb('call', { phone })}</a> : null)

function Form({ page, path, query, onTaken }: { page: Page, path: string, query: { tenant?: string }, onTaken: () => void }) {
  const navigate = useNavigate()
  const [service, setService] = useState(page.services[0]!.service)
  const [startsAt, setStartsAt] = useState<string | null>(null)
  const [v, setV] = useState(EMPTY)
  const [place, setPlace] = useState<{ latitude: number, longitude: number } | null | 'failed'>(null)
  const [problems, setProblems] = useState<Record<string, string>>({})
  const [problem, setProblem] = useState<string | null>(null)
  const [kept, setKept] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const slots = page.services.find(s => s.service === service)?.slots ?? []
  const set = (name: keyof typeof EMPTY, value: string) => { setV({ ...v, [name]: value }); setProblems(({ [name]: _, ...rest }) => rest) }
  const refuse = (found: Record<string, string>) => { setProblems(found); requestAnimationFrame(() => document.getElementById(`bk-${Object.keys(found)[0]}`)?.focus()) }
  const submit = async () => {
    if (busy) return
    setProblem(null)
    const missing = { ...(startsAt ? {} : { startsAt: tb('chooseFirst') }), ...(service === 'onSite' && !v.address.trim() ? { address: tb('addressNeeded') } : {}), ...(v.name.trim() ? {} : { name: tb('nameNeeded') }), ...(v.phone.trim() ? {} : { phone: tb('phoneNeeded') }) }
    if (Object.keys(missing).length > 0) { refuse(missing); return }
    setBusy(true)
    try {
      const { productLineId, ...texts } = v
      const made = await api.post<{ url: string }>(path, { service, startsAt, ...texts, ...(productLineId ? { productLineId } : {}), ...(service === 'onSite' && place && place !== 'failed' ? place : {}) }, { query, quiet: true })
      void navigate(made.url)
    } catch (error) {
      if (passedOn(error)) setKept(sentence(error))
      else if (error instanceof ApiError && error.fields.length > 0) refuse(Object.fromEntries(error.fields.map(f => [f.field, f.message])))
      else { setProblem(sentence(error)); if (error instanceof ApiError && error.status === 409) { setStartsAt(null); onTaken() } }
    } finally { setBusy(false) }
  }
  const input = (name: 'name' | 'phone' | 'serialNo' | 'address', label: string, more: object = {}) => <><label htmlFor={`bk-${name}`}>{label}</label><input id={`bk-${name}`} value={v[name]} maxLength={name === 'address' ? 200 : 60} aria-invalid={problems[name] !== undefined || undefined} {...more} onChange={event => set(name, event.target.value)} />{problems[name] && <p className="bk-wrong" role="alert">{problems[name]}</p>}</>
  if (kept) return <section className="bk-card"><p className="bk-ok" role="status"><Icon name="check" size={18} />{kept}</p><Call phone={page.unit.phone} /></section>
  return (
    <form className="bk-form" noValidate onSubmit={event => { event.preventDefault(); void submit() }}>
      <section className="bk-card">
        {page.services.length > 1 ? <div className="bk-kinds" role="radiogroup" aria-label={tb('book')}>{page.services.map(s => <button key={s.service} type="button" role="radio" aria-checked={s.service === service} onClick={() => { setService(s.service); setStartsAt(null) }}>{tb(s.service)}</button>)}</div> : <h1>{tb(service === 'onSite' ? 'bookOnSite' : 'bookBringIn')}</h1>}
        {page.unit.address && service === 'bringIn' && <p className="qc-soft">{page.unit.address}</p>}
        <h2 id="bk-startsAt" tabIndex={-1}>{tb('chooseTime')}</h2>
        <SlotPicker slots={slots} value={startsAt} onChange={at => { setStartsAt(at); setProblems(({ startsAt: _, ...rest }) => rest) }} />
        {problems.startsAt && <p className="bk-wrong" role="alert">{problems.startsAt}</p>}
      </section>
      <section className="bk-card">
        <h2>{tb('you')}</h2>
        {input('name', tb('name'), { autoComplete: 'name' })}
        {input('phone', tb('phone'), { inputMode: 'tel', autoComplete: 'tel' })}
        {service === 'onSite' && <>{input('address', tb('address'), { autoComplete: 'street-address' })}
          <button type="button" className="qc-link bk-here" onClick={() => navigator.geolocation?.getCurrentPosition(p => setPlace({ latitude: p.coords.latitude, longitude: p.coords.longitude }), () => setPlace('failed'), { timeout: 10_000 })}>{tb('useHere')}</button>{place && <p className="qc-soft">{tb(place === 'failed' ? 'notLocated' : 'located')}</p>}</>}
        <label htmlFor="bk-line">{tb('line')}</label>
        <select id="bk-line" value={v.productLineId} onChange={event => set('productLineId', event.target.value)}><option value="">{tb('lineAny')}</option>{page.productLines.map(l => <option key={l.id} value={l.id}>{l.name}</option>)}</select>
        {input('serialNo', tb('serial'), { maxLength: 40, autoCapitalize: 'characters' })}
        <label htmlFor="bk-faultDescription">{tb('fault')}</label>
        <textarea id="bk-faultDescription" rows={3} maxLength={1000} value={v.faultDescription} onChange={event => set('faultDescription', event.target.value)} />
      </section>
      {problem && <p className="bk-problem" role="alert"><Icon name="warn" size={18} />{problem}</p>}
      <button type="submit" className="qc-button qc-button-primary bk-go" disabled={busy}>{busy ? tb('sending') : startsAt ? `${tb('send')} ${whenText(startsAt)}` : tb('send')}</button>
      <Call phone={page.unit.phone} />
    </form>
  )
}
