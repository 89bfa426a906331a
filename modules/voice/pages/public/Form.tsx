import { api, dateTimeText, ErrorState, locale, Skeleton } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { byField, Frame, passedOn, sentence, useTenant } from './frame.tsx'
import { tu } from './texts.ts'

type Option = { value: string, zh: string, en: string }
type Offered = { tenant: string, stations: Array<{ code: string, name: string }>, complaint: Option[], feedback: Option[] }
type Sent = { number: string, code: string }
export type Shown = { what: 'complaint' | 'feedback', number: string, stage: string, ended: boolean, words: string, answer: string | null, dueAt: string | null, open: boolean, asked?: boolean, verdict: string | null }
const KINDS = ['complaint', 'request', 'feedback'] as const

/** For customers, without signing in: write to us, and see how far it is by number and code. */
export default function Form() {
  const query = useTenant()
  const read = useQuery({ queryKey: ['voice-form', query], queryFn: ({ signal }) => api.get<Offered>('/public/voice', { query, signal, quiet: true }), retry: false })
  const [sent, setSent] = useState<Sent | null>(null)
  const [looking, setLooking] = useState(false)
  return (
    <Frame title={read.data ? `${read.data.tenant} · ${tu('title')}` : tu('title')}>
      {looking ? <Progress first={sent} query={query} onBack={() => setLooking(false)} /> : sent ? (
        <section className="vp-card"><h1>{tu('thanks')}</h1><p>{tu('keep')}</p><p className="vp-big">{sent.number}</p><p>{tu('code')} <span className="vp-big">{sent.code}</span></p><button type="button" className="qc-button qc-button-primary" onClick={() => setLooking(true)}>{tu('follow')}</button><button type="button" className="qc-button" onClick={() => setSent(null)}>{tu('another')}</button></section>
      ) : read.isPending ? <section className="vp-card"><Skeleton lines={6} /></section> : read.isError ? <section className="vp-card"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></section> : <>
        <Write offered={read.data} query={query} onSent={setSent} /><p className="vp-foot"><button type="button" className="qc-link" onClick={() => setLooking(true)}>{tu('look')}</button></p></>}
    </Frame>
  )
}

const START = { station: '', category: '', words: '', name: '', phone: '', request: '', website: '' }

function Write({ offered, query, onSent }: { offered: Offered, query: { tenant?: string }, onSent: (sent: Sent) => void }) {
  const [kind, setKind] = useState<(typeof KINDS)[number]>('complaint')
  const [values, setValues] = useState(() => ({ ...START, station: offered.stations.find(s => s.code === new URLSearchParams(location.search).get('station'))?.code ?? '' }))
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [kept, setKept] = useState<string | null>(null)
  const set = (name: keyof typeof START, value: string) => { setValues({ ...values, [name]: value }); setErrors(before => { const { [name]: _, ...rest } = before; return rest }); setProblem(null) }
  const stationMatters = kind !== 'feedback' || values.category === 'service'
  const send = async () => {
    const wrong: Record<string, string> = {}
    for (const name of ['category', 'words', 'name', 'phone', ...(stationMatters ? ['station'] : [])] as Array<keyof typeof START>) if (!values[name].trim()) wrong[name] = tu(name === 'category' || name === 'station' ? 'anyStation' : 'required')
    if (!wrong.words && [...values.words.trim()].length < 5) wrong.words = tu('short')
    setErrors(wrong)
    if (Object.keys(wrong).length) { document.getElementById(`vp-${Object.keys(wrong)[0]}`)?.focus(); return }
    setBusy(true)
    try {
      onSent(await api.post<Sent>('/public/voice', { kind, ...Object.fromEntries(Object.entries(values).filter(([, v]) => v.trim())) }, { query, quiet: true }))
    } catch (error) {
      const fields = byField(error)
      if (passedOn(error)) setKept(sentence(error))
      else if (Object.keys(fields).length) setErrors(fields)
      else setProblem(sentence(error))
    } finally { setBusy(false) }
  }
  const word = (o: Option) => (locale() === 'zh' ? o.zh : o.en)
  const field = (name: keyof typeof START, control: ReactNode) => <><label htmlFor={`vp-${name}`}>{name === 'request' ? tu('number') : tu(name as 'name')}</label>{control}{errors[name] && <span className="vp-field" role="alert">{errors[name]}</span>}</>
  const input = (name: keyof typeof START, more: React.InputHTMLAttributes<HTMLInputElement> = {}) => <input id={`vp-${name}`} aria-invalid={errors[name] ? true : undefined} value={values[name]} onChange={event => set(name, event.target.value)} {...more} />
  if (kept) return <section className="vp-card"><h1 role="status">{kept}</h1></section>
  return (
    <form className="vp-card" noValidate onSubmit={event => { event.preventDefault(); void send() }}>
      <h1>{tu('title')}</h1><p className="qc-soft">{tu('lead')}</p>
      <div className="vp-kinds" role="radiogroup" aria-label={tu('title')}>{KINDS.map(k => <button key={k} type="button" role="radio" aria-checked={kind === k} onClick={() => { setKind(k); set('category', '') }}>{tu(k)}</button>)}</div>
      {field('category', <select id="vp-category" aria-invalid={errors.category ? true : undefined} value={values.category} onChange={event => set('category', event.target.value)}><option value="">{tu('anyStation')}</option>{offered[kind === 'feedback' ? 'feedback' : 'complaint'].map(o => <option key={o.value} value={o.value}>{word(o)}</option>)}</select>)}
      {field('station', <select id="vp-station" aria-invalid={errors.station ? true : undefined} value={values.station} onChange={event => set('station', event.target.value)}><option value="">{stationMatters ? tu('anyStation') : tu('notSure')}</option>{offered.stations.map(s => <option key={s.code} value={s.code}>{s.name}</option>)}</select>)}
      {field('words', <textarea id="vp-words" maxLength={2000} placeholder={tu('wordsHint')} aria-invalid={errors.words ? true : undefined} value={values.words} onChange={event => set('words', event.target.value)} />)}
      {field('name', input('name', { maxLength: 100, autoComplete: 'name' }))}
      {field('phone', input('phone', { maxLength: 40, inputMode: 'tel', autoComplete: 'tel' }))}
      {field('request', input('request', { maxLength: 60, placeholder: tu('numberHint') }))}
      <div className="vp-hp" aria-hidden="true"><label htmlFor="vp-website">website</label><input id="vp-website" tabIndex={-1} autoComplete="off" value={values.website} onChange={event => set('website', event.target.value)} /></div>
      {problem && <p className="vp-problem" role="alert">{problem}</p>}
      <button type="submit" className="qc-button qc-button-primary" disabled={busy}>{tu(busy ? 'sending' : 'send')}</button>
    </form>
  )
}

function Progress({ first, query, onBack }: { first: Sent | null, query: { tenant?: string }, onBack: () => void }) {
  const [number, setNumber] = useState(first?.number ?? '')
  const [code, setCode] = useState(first?.code ?? '')
  const [problem, setProblem] = useState<string | null>(null)
  const [found, setFound] = useState<Shown | null>(null)
  const look = async () => {
    if (!number.trim() || !/^\d{4}$/.test(code.trim())) { setProblem(number.trim() ? tu('wrongCode') : tu('required')); return }
    try { setFound(await api.post<Shown>('/public/voice/progress', { number: number.trim().toUpperCase(), code: code.trim() }, { query, quiet: true })); setProblem(null) } catch (error) { setFound(null); setProblem(sentence(error)) }
  }
  return (
    <>
      {found && <State shown={found} />}
      <form className="vp-card" noValidate onSubmit={event => { event.preventDefault(); void look() }}>
        <h1>{tu('lookTitle')}</h1>
        <label htmlFor="vp-no">{tu('no')}</label><input id="vp-no" autoFocus maxLength={60} autoCapitalize="characters" placeholder={tu('noHint')} value={number} onChange={event => setNumber(event.target.value)} />
        <label htmlFor="vp-code">{tu('code')}</label><input id="vp-code" maxLength={4} inputMode="numeric" placeholder={tu('codeHint')} value={code} onChange={event => setCode(event.target.value)} />
        {problem && <p className="vp-problem" role="alert">{problem}</p>}
        <button type="submit" className="qc-button qc-button-primary">{tu('go')}</button>
      </form>
      <p className="vp-foot"><button type="button" className="qc-link" onClick={onBack}>{tu('back')}</button></p>
    </>
  )
}

/** What was said and what we answered; used by both public pages. */
export function State({ shown }: { shown: Shown }) {
  return (
    <section className="vp-card"><span className="qc-soft">{shown.number}</span><p className="vp-big">{shown.stage}</p>
      {shown.dueAt && <p>{tu('due', { d: dateTimeText(shown.dueAt) })}</p>}{shown.asked && <p>{tu('asked')}</p>}
      <label>{tu('you')}</label><p className="vp-quote">{shown.words}</p>{shown.answer && <><label>{tu('we')}</label><p className="vp-quote">{shown.answer}</p></>}</section>
  )
}
