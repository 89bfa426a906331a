import './desk.css'
import { api, can, Icon, Tag, useDebounced, useSay, When } from '@quancheng/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Input } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { tv } from './proofTexts.ts'

type Which = { phone: string, customerId?: string } | { requestId: string }
type State = { proven: boolean, at: string | null, by: string | null, other: boolean, takes: boolean, rule: 'none' | 'remind' | 'must', sms: 'sends' | 'log' | null }
type Sent = { endsAt: string, againAt: string, left: number, sms: 'sends' | 'log' }

const DIGITS = 6

/** 已验证 or 未验证, and the way there: a code to the telephone, told by the customer, typed by the clerk (SP-22). */
export function PhoneProof({ which }: { which: Which }) {
  const client = useQueryClient()
  const key = ['service', 'phone', which]
  const read = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<State>('/service/phone', { query: which, signal, quiet: true }), retry: false })
  if (!read.data) return null
  const { proven, at, by, other, takes, rule, sms } = read.data
  if (proven) return <p className="sd-proof"><Tag color="green">{tv('proven')}</Tag><span className="qc-faint">{by} {at && <When at={at} form="absolute" />}</span></p>
  const may = can('serviceRequest:takeNumber')
  return (
    <div className="sd-proof">
      <Tag color={rule === 'none' ? undefined : 'orange'}>{tv('unproven')}</Tag>
      {!may ? null : other ? <span className="qc-soft">{tv('other')}</span> : !takes ? <span className="qc-soft">{tv('noMessages')}</span> : sms === null ? <span className="qc-soft">{tv('noSms')}</span>
        : <Code which={which} onProven={state => { client.setQueryData(key, state); void client.invalidateQueries({ queryKey: ['entity', 'customer'] }) }} />}
      {may && rule === 'must' && sms !== null && <small className="qc-soft">{tv('must')}</small>}
    </div>
  )
}

function Code({ which, onProven }: { which: Which, onProven: (state: State) => void }) {
  const say = useSay()
  const [sent, setSent] = useState<Sent | null>(null)
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const box = useRef<HTMLSpanElement>(null)
  const wait = useSecondsUntil(sent?.againAt ?? null)
  const run = async (act: () => Promise<void>) => {
    if (busy) return
    setBusy(true)
    setProblem(null)
    try { await act() } catch (error) { setProblem((error as Error).message) } finally { setBusy(false) }
  }
  const focus = () => requestAnimationFrame(() => box.current?.querySelector('input')?.focus())
  const send = () => run(async () => { setSent(await api.post<Sent>('/service/phone/code', which, { quiet: true })); setCode(''); focus() })
  const check = (digits: string) => run(async () => {
    try { onProven(await api.post<State>('/service/phone/check', { ...which, code: digits }, { quiet: true })); say.ok(tv('done')) } catch (error) { setCode(''); focus(); throw error }
  })
  const typed = (text: string) => {
    const digits = text.normalize('NFKC').replace(/\D/g, '').slice(0, DIGITS)
    setCode(digits)
    if (digits.length === DIGITS) void check(digits)
  }
  return (
    <>
      <button type="button" className="qc-button" disabled={busy || wait > 0} onClick={() => void send()}><Icon name="phone" size={14} />{wait > 0 ? tv('again', { n: wait }) : sent ? tv('sendAgain') : tv('send')}</button>
      {sent && <span ref={box}><Input aria-label={tv('code')} inputMode="numeric" autoComplete="off" placeholder={tv('code')} value={code} disabled={busy} status={problem ? 'error' : ''} onChange={event => typed(event.target.value)}
        onKeyDown={event => { if (event.key === 'Enter') { event.preventDefault(); event.stopPropagation(); if (code.length < DIGITS) setProblem(tv('digits')) } }} /></span>}
      {problem ? <small className="qc-danger" role="alert">{problem}</small> : sent && <small className="qc-soft" role="status">{tv(sent.sms === 'log' ? 'sentLog' : 'sent')}</small>}
    </>
  )
}

/** While a number is typed nothing is asked; a whole one is looked up. */
export function PhoneProofTyped({ phone, customerId }: { phone: unknown, customerId: string | null }) {
  const asked = useDebounced(typeof phone === 'string' ? phone.replace(/[\s-]/g, '') : '', 300)
  return /^\+?\d{11,16}$/.test(asked) ? <PhoneProof key={asked} which={{ phone: asked, ...(customerId ? { customerId } : {}) }} /> : null
}

function useSecondsUntil(until: string | null): number {
  const [now, setNow] = useState(() => Date.now())
  const left = until ? Math.max(0, Math.ceil((Date.parse(until) - now) / 1000)) : 0
  useEffect(() => {
    setNow(Date.now())
    if (!until) return
    const timer = setInterval(() => { setNow(Date.now()); if (Date.now() >= Date.parse(until)) clearInterval(timer) }, 1000)
    return () => clearInterval(timer)
  }, [until])
  return Math.min(left, 60)
}
