import { api, ApiError, Icon, Skeleton } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useLocation, useParams } from 'react-router'
import type { BookingState, ServiceKind, Slot } from '../api.ts'
import { whenText } from '../days.ts'
import { tb } from '../texts.ts'
import { Call } from './Book.tsx'
import { Frame } from './Frame.tsx'
import { passedOn, sentence, tenantOf } from './problem.ts'
import { SlotPicker } from './SlotPicker.tsx'

type View = { number: string, service: ServiceKind, startsAt: string, endsAt: string, state: BookingState, stateText: string, changeable: boolean, cancelMinutes: number, unit: { code: string, name: string, phone: string | null, address: string | null }, slots: Slot[] }

/** A customer's own booking, by its link: when and where, another time, or not at all (CE-05). */
export default function MyBooking() {
  const { token = '' } = useParams()
  const { search } = useLocation()
  const query = tenantOf(search)
  const path = `/public/booking/${encodeURIComponent(token)}`
  const [doing, setDoing] = useState<'move' | 'cancel' | null>(null)
  const [at, setAt] = useState<string | null>(null)
  const [said, setSaid] = useState<{ ok: boolean, text: string } | null>(null)
  const read = useQuery({ queryKey: ['booking', token, query], queryFn: ({ signal }) => api.get<View>(path, { query, signal, quiet: true }), retry: false })
  const act = async (verb: 'cancel' | 'rebook', body: object, done: string | null) => {
    try { await api.post(`${path}/${verb}`, body, { query, quiet: true }); setSaid(done ? { ok: true, text: done } : null); setDoing(null) } catch (error) { setSaid({ ok: passedOn(error), text: sentence(error) }); if (passedOn(error)) setDoing(null) }
    setAt(null)
    void read.refetch()
  }
  const b = read.data
  return (
    <Frame title={tb('mine')}>
      {read.isPending && <section className="bk-card"><Skeleton lines={5} /></section>}
      {read.isError && !b && <section className="bk-card"><p className="bk-problem" role="alert"><Icon name="warn" size={18} />{read.error instanceof ApiError && read.error.status === 404 ? tb('notFound') : sentence(read.error)}</p></section>}
      {b && <>
        <section className={`bk-now bk-${b.state}`}><p>{b.stateText} · {tb(b.service)}</p><h1>{whenText(b.startsAt)}</h1><p>{b.unit.name}</p>{b.unit.address && b.service !== 'onSite' && <p>{b.unit.address}</p>}<p>{tb('number')} <b>{b.number}</b></p></section>
        {said && <p className={said.ok ? 'bk-ok' : 'bk-problem'} role="status">{said.text}</p>}
        {b.state === 'booked' && <section className="bk-card">
          {b.changeable && <p className="qc-soft">{tb('keep')}</p>}
          {!b.changeable && <p>{tb('tooLate', { n: b.cancelMinutes })}</p>}
          {b.changeable && doing === null && <div className="bk-two"><button type="button" className="qc-button" onClick={() => setDoing('cancel')}>{tb('cancel')}</button><button type="button" className="qc-button qc-button-primary" onClick={() => setDoing('move')}>{tb('move')}</button></div>}
          {b.changeable && doing === 'move' && <><SlotPicker slots={b.slots} value={at ?? b.startsAt} onChange={setAt} /><div className="bk-two"><button type="button" className="qc-button" onClick={() => { setDoing(null); setAt(null) }}>{tb('back')}</button><button type="button" className="qc-button qc-button-primary" disabled={!at} onClick={() => void act('rebook', { startsAt: at }, tb('moved'))}>{tb('move')}</button></div></>}
          {b.changeable && doing === 'cancel' && <><p><b>{tb('sureCancel')}</b></p><div className="bk-two"><button type="button" className="qc-button" onClick={() => setDoing(null)}>{tb('no')}</button><button type="button" className="qc-button qc-button-primary" onClick={() => void act('cancel', {}, null)}>{tb('yes')}</button></div></>}
        </section>}
        <Call phone={b.unit.phone} />
        {b.state !== 'booked' && b.service !== 'pickUp' && <p className="bk-again"><Link to={`/book/${b.unit.code}${search}`}>{tb('again')}</Link></p>}
      </>}
    </Frame>
  )
}
