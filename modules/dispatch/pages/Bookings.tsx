import './dispatch.css'
import { can, EmptyState, ErrorState, groupPhone, Icon, PageFrame, presentTime, Skeleton, Tag, useLive, useSay, useSession, Widget, type FieldMeta } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { dayKey, dispatchApi, type Booked, type Day } from './api.ts'
import { CancelDialog, BookDialog, MoveDialog } from './dialogs.tsx'
import { clockText, dayName, shiftDay } from './days.ts'
import { td } from './texts.ts'

const COLOR = { booked: 'blue', arrived: 'green', missed: 'orange', cancelled: undefined } as const
const KIND = { bringIn: 'blue', pickUp: 'green', onSite: 'purple' } as const
const DAY: FieldMeta = { name: 'day', type: 'date', label: '', required: true, readOnly: false, immutable: false, custom: false, access: 'edit', filter: [], sortable: false }
type Doing = { what: 'add' } | { what: 'cancel' | 'move', booking: Booked }

/** 预约: the day of a station by its slots; who arrives has a number with one click (CE-05). */
export default function Bookings() {
  const session = useSession()
  const [params, setParams] = useSearchParams()
  const [doing, setDoing] = useState<Doing | null>(null)
  const unitId = params.get('unit') ?? session.user.unitId ?? null, day = params.get('day')
  const read = useQuery({ queryKey: dayKey(unitId, day), queryFn: ({ signal }) => dispatchApi.day(unitId, day, signal), placeholderData: previous => previous })
  useLive(['booking', 'slotRule', 'serviceResource'], () => void read.refetch())
  const go = (to: string) => setParams(before => { const next = new URLSearchParams(before); next.set('day', to); return next }, { replace: true })
  const shown = read.data
  return (
    <PageFrame title={shown ? `${td('bookings')} · ${shown.unit.name}` : td('bookings')}
      actions={shown && <>{shown.unit.kind === 'station' && <Link className="qc-button" to={`/book/${shown.unit.code}`} target="_blank"><Icon name="out" />{td('page')}</Link>}{can('booking:create') && shown.rules.length > 0 && <button type="button" className="qc-button qc-button-primary" onClick={() => setDoing({ what: 'add' })}><Icon name="plus" />{td('add')}</button>}</>}
      bar={shown && <div className="di-days"><button type="button" className="qc-button" aria-label={td('before')} onClick={() => go(shiftDay(shown.day, -1))}><Icon name="left" /></button><b>{dayName(shown.day)}</b><button type="button" className="qc-button" aria-label={td('after')} onClick={() => go(shown.next)}><Icon name="right" /></button>
        {shown.day !== shown.today && <button type="button" className="qc-button" onClick={() => go(shown.today)}>{td('today')}</button>}<span className="di-day" role="group" aria-label={td('chooseDay')}><Widget field={DAY} id="di-day" value={shown.day} onChange={value => { if (typeof value === 'string') go(value) }} /></span></div>}>
      <section className="qc-panel">
        {read.isPending ? <Skeleton lines={6} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : read.data.rules.length === 0 && read.data.bookings.length === 0
          ? <EmptyState icon="calendar" title={td('noRules')} hint={td('noRulesHint')} action={can('slotRule:create') ? <Link className="qc-button" to="/e/slot-rules">{td('setUp')}</Link> : undefined} />
          : <DayView day={read.data} onDoing={setDoing} onChanged={() => void read.refetch()} />}
      </section>
      {doing?.what === 'add' && shown && <BookDialog day={shown} onClose={done => { setDoing(null); if (done) void read.refetch() }} />}
      {doing?.what === 'cancel' && <CancelDialog booking={doing.booking} onClose={done => { setDoing(null); if (done) void read.refetch() }} />}
      {doing?.what === 'move' && <MoveDialog booking={doing.booking} onClose={done => { setDoing(null); if (done) void read.refetch() }} />}
    </PageFrame>
  )
}

/** Each moment at which something begins: what is booked then, and what is free. */
function DayView({ day, onDoing, onChanged }: { day: Day, onDoing: (doing: Doing) => void, onChanged: () => void }) {
  const free = day.rules.flatMap(r => r.slots.map(s => ({ ...s, service: r.service })))
  const times = [...new Set([...free.map(s => s.startsAt), ...day.bookings.map(b => b.startsAt)])].toSorted()
  if (times.length === 0) return <EmptyState icon="calendar" title={td('noDay')} hint={td('noDayHint')} />
  return (
    <ol className="di-slots">{times.map(at => (
      <li key={at}>
        <div className="di-time"><b>{clockText(at)}</b>{free.filter(s => s.startsAt === at).map(s => <span key={s.service} className={s.left > 0 ? 'qc-soft' : 'di-full'}>{td(s.service)} {s.left > 0 ? td('left', { n: s.left }) : s.why ?? td('full')}</span>)}</div>
        <ul>{day.bookings.filter(b => b.startsAt === at).map(b => <BookedLine key={b.id} booking={b} onDoing={onDoing} onChanged={onChanged} />)}</ul>
      </li>
    ))}</ol>
  )
}

function BookedLine({ booking: b, onDoing, onChanged }: { booking: Booked, onDoing: (doing: Doing) => void, onChanged: () => void }) {
  const say = useSay()
  const [busy, setBusy] = useState(false)
  const act = async (run: () => Promise<string>) => { setBusy(true); try { say.ok(await run()) } catch (error) { say.error(error) } finally { setBusy(false); onChanged() } }
  const open = b.state === 'booked', past = new Date(b.startsAt) < presentTime()
  return (
    <li data-state={b.state}>
      <div className="di-who"><b>{b.name}</b> {b.phone && <span className="qc-number">{groupPhone(b.phone)}</span>} <Tag color={KIND[b.service]}>{td(b.service)}</Tag>{b.state !== 'booked' && <Tag color={COLOR[b.state]}>{td(b.state)}</Tag>}
        <p className="qc-soft">{b.number}{b.line && ` · ${b.line}`}{b.faultDescription && ` · ${b.faultDescription}`}{b.address && ` · ${b.address}`}{b.resource && ` · ${b.resource}`}{b.reason && ` · ${b.reason}`} {b.requestId && b.requestNumber && <Link to={`/e/service-requests/${b.requestId}`}>{b.requestNumber}</Link>}</p></div>
      {open && <div className="di-acts">
        {can('booking:arrive') && <button type="button" className="qc-button qc-button-primary" disabled={busy} aria-label={`${td('arrive')} ${b.name}`} onClick={() => void act(async () => { const { number } = await dispatchApi.arrive(b.id); return number ? td('took', { number }) : td('here') })}>{td('arrive')}</button>}
        {can('booking:create') && past && <button type="button" className="qc-button" disabled={busy} onClick={() => void act(async () => { await dispatchApi.missed(b.id); return td('done') })}>{td('noShow')}</button>}
        {can('booking:create') && <button type="button" className="qc-button" disabled={busy} onClick={() => onDoing({ what: 'move', booking: b })}>{td('move')}</button>}
        {can('booking:create') && <button type="button" className="qc-button" disabled={busy} onClick={() => onDoing({ what: 'cancel', booking: b })}>{td('cancel')}</button>}
      </div>}
    </li>
  )
}
