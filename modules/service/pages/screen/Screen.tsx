import './screen.css'
import { api, ApiError, locale, messageOf, withQuery } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useLocation, useParams } from 'react-router'
import { shortNumber, tenantOf } from '../shared/tenant.ts'
import { makeVoice, spokenDigits, type Voice } from './speech.ts'
import { ts } from './texts.ts'

type Called = { number: string, counter: string, times: number, calledAt: string, served: boolean }
type View = { unit: { code: string, name: string }, tenant: string, called: Called[], waiting: string[], waitingCount: number, skipped: string[], at: string }

/** Read again now and then even when the line is quiet: it may be dead without anybody having noticed. */
const POLL_MS = 15_000
const callOf = (c: Called): string => `${c.number}/${c.counter}/${c.times}`

/** The screen on the wall: who goes where, read from across the hall, and called out (SP-26). */
export default function Screen() {
  const unitCode = useParams().unitCode!
  const query = tenantOf(useLocation().search)
  const path = `/public/screen/${encodeURIComponent(unitCode)}`
  const read = useQuery({ queryKey: ['screen', unitCode, query], queryFn: ({ signal }) => api.get<View>(path, { query, signal, quiet: true, timeoutMs: 8000 }), refetchInterval: POLL_MS, retry: false, networkMode: 'always' })
  const [voice, setVoice] = useState<Voice | null>(null)
  const said = useRef<Set<string> | null>(null)
  const { refetch } = read
  const address = withQuery(`/api${path}/events`, query)
  useEffect(() => {
    const line = new EventSource(address)
    const again = () => void refetch()
    line.addEventListener('change', again)
    line.addEventListener('hello', again)
    return () => line.close()
  }, [address, refetch])
  useEffect(() => { document.title = `${ts('title')}${read.data ? ` · ${read.data.unit.name}` : ''}` }, [read.data])
  useEffect(() => {
    if (!read.data) return
    const calls = read.data.called.filter(c => !c.served)
    // what was called before this screen came up is shown, not shouted
    const before = said.current ?? new Set(calls.map(callOf))
    for (const c of calls.toReversed()) if (!before.has(callOf(c))) voice?.say(ts('say', { number: locale() === 'zh' ? spokenDigits(shortNumber(c.number)) : shortNumber(c.number), counter: c.counter }), locale() === 'zh' ? 'zh-CN' : 'en-US')
    said.current = new Set([...before, ...calls.map(callOf)])
  }, [read.data, voice])
  if (!read.data) return <main className="sw sw-out"><p role="status">{read.error instanceof ApiError && read.error.status === 404 ? messageOf(read.error) : read.isError ? ts('down') : ''}</p></main>
  const { unit, called, waiting, waitingCount, skipped, tenant } = read.data
  const first = called.find(c => !c.served), rest = called.filter(c => c !== first).slice(0, 5)
  return (
    <main className="sw">
      <header><div><p>{tenant}</p><h1>{unit.name}</h1></div><p className="sw-count">{waitingCount > 0 ? ts('waitingN', { n: waitingCount }) : ts('waitingNone')}</p></header>
      {read.isError && <p className="sw-down" role="alert">{ts('down')}</p>}
      <div className="sw-body">
        <section className="sw-now" aria-live="assertive">{first ? <><p>{ts('please')}</p><b key={callOf(first)}>{shortNumber(first.number)}</b><strong>{ts('counter', { n: first.counter })}</strong></> : <p className="sw-none">{ts('none')}</p>}</section>
        <ul className="sw-rest">{rest.map(c => <li key={callOf(c)} data-served={c.served || undefined}><b>{shortNumber(c.number)}</b><span>{ts('counter', { n: c.counter })}</span></li>)}</ul>
      </div>
      <footer>{waiting.length > 0 && <p><span>{ts('waiting')}</span>{waiting.slice(0, 18).map(n => <b key={n}>{shortNumber(n)}</b>)}</p>}{skipped.length > 0 && <p className="sw-skipped"><span>{ts('skipped')}</span>{skipped.map(n => <b key={n}>{shortNumber(n)}</b>)}</p>}</footer>
      {!voice && <button type="button" className="sw-sound" title={ts('soundHint')} onClick={() => setVoice(makeVoice())}>{ts('sound')}</button>}
    </main>
  )
}
