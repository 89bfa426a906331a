import '../dispatch.css'
import { api, Icon, type PanelProps } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Slot } from '../api.ts'
import { whenText } from '../days.ts'
import { tb } from '../texts.ts'
import { passedOn, sentence } from './problem.ts'
import { SlotPicker } from './SlotPicker.tsx'

type View = { open: boolean, slots: Slot[], booking: { number: string, startsAt: string, changeable: boolean, cancelMinutes: number } | null }

/** On the customer's tracking page, once the device is ready: when to come for it (CE-05). */
export default function PickUp({ row }: PanelProps) {
  const query = typeof row.tenant === 'string' ? { tenant: row.tenant } : {}
  const path = `/public/track/${encodeURIComponent(row.id)}`
  const [at, setAt] = useState<string | null>(null)
  const [changing, setChanging] = useState<'move' | 'cancel' | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [kept, setKept] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const read = useQuery({ queryKey: ['pick-up', row.id, query], queryFn: ({ signal }) => api.get<View>(`${path}/slots`, { query, signal, quiet: true }), retry: false, refetchInterval: 60_000 })
  if (!read.data || (!read.data.open && !read.data.booking)) return null
  const { booking, slots } = read.data
  const act = async (end: string, body: object) => {
    setBusy(true)
    setProblem(null)
    setKept(null)
    try { await api.post(`${path}/${end}`, body, { query, quiet: true }); setChanging(null) } catch (error) { if (passedOn(error)) { setKept(sentence(error)); setChanging(null) } else setProblem(sentence(error)) } finally { setBusy(false); setAt(null); void read.refetch() }
  }
  const choose = <><SlotPicker slots={slots} value={at ?? booking?.startsAt ?? null} onChange={setAt} />
    <div className="bk-two">{booking && <button type="button" className="qc-button" onClick={() => { setChanging(null); setAt(null) }}>{tb('back')}</button>}<button type="button" className="qc-button qc-button-primary" disabled={!at || busy} onClick={() => void act('booking', { startsAt: at })}>{booking ? tb('move') : tb('send')}{at && ` ${whenText(at)}`}</button></div></>
  return (
    <section className="bk-card bk-inline" aria-label={tb('bookPickUp')}>
      <h2>{tb('bookPickUp')}</h2>
      {problem && <p className="bk-problem" role="alert"><Icon name="warn" size={18} />{problem}</p>}
      {kept && <p className="bk-ok" role="status"><Icon name="check" size={18} />{kept}</p>}
      {!booking && !kept && <><p className="qc-soft">{tb('pickHint')}</p>{choose}</>}
      {booking && <><p className="bk-ok"><Icon name="check" size={18} />{tb('booked', { t: whenText(booking.startsAt) })} · {booking.number}</p>
        {!booking.changeable ? <p className="qc-soft">{tb('tooLate', { n: booking.cancelMinutes })}</p> : changing === 'move' ? choose
          : changing === 'cancel' ? <><p><b>{tb('sureCancel')}</b></p><div className="bk-two"><button type="button" className="qc-button" onClick={() => setChanging(null)}>{tb('no')}</button><button type="button" className="qc-button qc-button-primary" disabled={busy} onClick={() => void act('booking/cancel', {})}>{tb('yes')}</button></div></>
            : <div className="bk-two"><button type="button" className="qc-button" onClick={() => setChanging('cancel')}>{tb('cancel')}</button><button type="button" className="qc-button" onClick={() => setChanging('move')}>{tb('move')}</button></div>}</>}
    </section>
  )
}
