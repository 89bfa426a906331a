import './hotline.css'
import { api, can, CopyText, dateTimeText, durationText, EmptyState, ErrorState, fieldOf, Icon, PageFrame, PhoneText, Skeleton, Tag, useDebounced, useEntity, useLive, useSay, shortText, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { th } from './texts.ts'

type Far = { id: string, stage: string, paused: string | null, minutes: number | null, total: number, next: string | null, expected: string | null }
type Popup = { call: Row, customers: Row[], preferences: { id: string, topic: string, value: string }[], requests: Row[], progress: Far[], lastCalls: Row[] }
type Current = { extension: string | null, calls: Popup[] }

const labelOf = (row: Row, name: string): string => { const label = (row.$labels as Record<string, unknown> | undefined)?.[name]; return typeof label === 'string' ? label : '' }
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** 来电: who rings at my extension, what is open for them, what was said last; and any request, whoever's it is (CE-06, SP-11). */
export default function Agent() {
  const read = useQuery({ queryKey: ['hotline', 'current'], queryFn: ({ signal }) => api.get<Current>('/hotline/current', { signal }), staleTime: 0 })
  // the telephone rings: nobody should have to wait until several changes come together
  useLive(['phoneCall'], () => void read.refetch(), 50)
  return (
    <PageFrame title={th('title')} actions={<Link className="qc-button" to="/e/hotline-tickets/new"><Icon name="plus" />{th('newTicket')}</Link>}>
      {read.isPending ? <Skeleton lines={6} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : <>
        <Seat extension={read.data.extension} onDone={() => void read.refetch()} />
        <div aria-live="assertive">{read.data.calls.map(popup => <Caller key={popup.call.id} popup={popup} />)}</div>
        {read.data.calls.length === 0 && <section className="qc-panel"><EmptyState icon="phone" title={th('quiet')} hint={read.data.extension ? th('quietHint') : th('noSeat')} /></section>}
      </>}
      <Find />
    </PageFrame>
  )
}

function Seat({ extension, onDone }: { extension: string | null, onDone: () => void }) {
  const say = useSay()
  const [value, setValue] = useState(extension ?? '')
  const sit = async (next: string | null) => {
    try { await api.post('/hotline/extension', { extension: next }); say.ok(next ? th('sitting', { n: next }) : th('left')); onDone() } catch (error) { say.error(error) }
  }
  return (
    <section className="qc-panel qc-panel-pad qc-row ho-seat"><label htmlFor="ho-ext">{th('extension')}</label><Input id="ho-ext" maxLength={20} value={value} onChange={event => setValue(event.target.value)} onPressEnter={() => { if (value.trim()) void sit(value.trim()) }} />
      <button type="button" className="qc-button" disabled={!value.trim() || value.trim() === extension} onClick={() => void sit(value.trim())}>{th('sit')}</button>{extension && <button type="button" className="qc-button" onClick={() => { setValue(''); void sit(null) }}>{th('leave')}</button>}</section>
  )
}

function Caller({ popup: { call, customers, preferences, requests, progress, lastCalls } }: { popup: Popup }) {
  const say = useSay()
  const [note, setNote] = useState(text(call.note))
  const [requestId, setRequest] = useState<string | null>(text(call.requestId) || requests[0]?.id || null)
  const save = async () => { try { await api.post(`/phone-calls/${call.id}/note`, { note: note.trim() || null, requestId }); say.ok(th('saved')) } catch (error) { say.error(error) } }
  return (
    <section className={`qc-panel ho-call ho-${text(call.state)}`}>
      <header><h2><Icon name="phone" size={20} /> {customers.map(c => text(c.name)).join('、') || th('unknown')} <span className="ho-number">{typeof call.phone === 'string' ? <PhoneText value={call.phone} /> : ''}</span></h2><span className="qc-row">{can('complaint:create') && <Link className="qc-button" to={`/complaints?new=1&channel=phone&phone=${encodeURIComponent(text(call.phone))}${requestId ? `&request=${requestId}` : ''}`}><Icon name="warn" size={15} />{th('complaint')}</Link>}<Tag color={call.state === 'talking' ? 'green' : 'orange'}>{th(call.state === 'talking' ? 'talking' : 'ringing')}</Tag></span></header>
      {preferences.length > 0 && <p className="ho-known">{preferences.map(p => <Tag key={p.id} color="gold">{p.topic}：{p.value}</Tag>)}</p>}
      <div className="ho-cols">
        <div><h3>{th('openRequests')}</h3>{requests.length === 0 ? <p className="qc-soft">{th('noRequests')}</p> : <ul className="ho-list">{requests.map(r => <li key={r.id}><Link to={`/e/service-requests/${r.id}`}><b>{text(r.number)}</b></Link> {text(r.model)} <Stage value={text(r.stage)} /><br /><span className="qc-soft">{text(r.faultDescription)}</span><HowFar far={progress.find(p => p.id === r.id)} /></li>)}</ul>}</div>
        <div><h3>{th('lastCalls')}</h3>{lastCalls.length === 0 ? <p className="qc-soft">{th('noCalls')}</p> : <ul className="ho-list">{lastCalls.map(c => <li key={c.id}>{dateTimeText(text(c.ringAt))} {labelOf(c, 'userId')} {typeof c.seconds === 'number' ? th('seconds', { n: c.seconds }) : ''}<br /><span className="qc-soft">{text(c.note)}</span></li>)}</ul>}</div>
        <div className="ho-note"><h3>{th('note')}</h3><Input.TextArea rows={3} maxLength={500} aria-label={th('note')} value={note} onChange={event => setNote(event.target.value)} />
          {requests.length > 0 && <Select allowClear aria-label={th('about')} placeholder={th('about')} value={requestId} onChange={value => setRequest(value ?? null)} options={requests.map(r => ({ value: r.id, label: `${text(r.number)} ${text(r.model)}` }))} />}
          <button type="button" className="qc-button qc-button-primary" onClick={() => void save()}>{th('save')}</button></div>
      </div>
    </section>
  )
}

/** The answer to what customers ask on the telephone. */
function HowFar({ far }: { far: Far | undefined }) {
  if (!far) return null
  return <p className="ho-far">{far.minutes !== null && <span>{th('soFar', { s: far.stage, d: durationText(far.minutes), t: durationText(far.total) })}</span>}{far.paused ? <span>{th('paused', { why: far.paused })}</span> : far.expected && <span>{th('expected', { d: shortText(far.expected) })}</span>}{far.next && <span className="qc-soft">{th('next', { s: far.next })}</span>}</p>
}

function Stage({ value }: { value: string }) {
  const entity = useEntity('serviceRequest')
  const option = entity && fieldOf(entity, 'stage')?.options?.find(each => each.value === value)
  return <Tag color={option?.color === 'default' ? undefined : option?.color}>{option?.label ?? value}</Tag>
}

/** Any agent answers for any request: one box, the counter's own search. */
function Find() {
  const [q, setQ] = useState('')
  const asked = useDebounced(q.trim(), 200)
  const read = useQuery({ queryKey: ['desk', 'search', asked], queryFn: ({ signal }) => api.get<{ requests: Row[] }>('/service/desk', { query: { q: asked }, signal }), enabled: asked.length >= 2 })
  return (
    <section className="qc-panel qc-panel-pad"><Input prefix={<Icon name="search" />} allowClear aria-label={th('search')} placeholder={th('search')} value={q} onChange={event => setQ(event.target.value)} />
      {asked.length >= 2 && read.isError && <ErrorState error={read.error} onRetry={() => void read.refetch()} />}{asked.length >= 2 && read.data?.requests.length === 0 && <p className="qc-soft" role="status">{th('nothingFound')}</p>}
      {asked.length >= 2 && read.data && <ul className="ho-list">{read.data.requests.map(r => <li key={r.id}><Link to={`/e/service-requests/${r.id}`}><b>{text(r.number)}</b></Link> {text(r.customerName)} {text(r.model)} <CopyText value={text(r.serialNo)} /> <span className="qc-soft">{labelOf(r, 'unitId')}</span></li>)}</ul>}</section>
  )
}
