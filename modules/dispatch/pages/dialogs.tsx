import { ApiError, RefPicker, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Modal, Select } from 'antd'
import { useEffect, useState } from 'react'
import { dispatchApi, type Booked, type Day } from './api.ts'
import { whenText } from './days.ts'
import { td } from './texts.ts'

type Closing = { onClose: (done: boolean) => void }

/** What the server says of a field stands at that field; anything else is said aloud. */
const useProblems = () => {
  const say = useSay()
  const [problems, setProblems] = useState<Record<string, string>>({})
  const [times, setTimes] = useState(0)
  const wrong = (found: Record<string, string>) => { setProblems(found); setTimes(n => n + 1) }
  // each refusal gives the keys to the first wrong field; correcting one does not take them away again
  useEffect(() => { if (times > 0) document.querySelector<HTMLElement>('.di-form label:has([role=alert]) :is(input, textarea)')?.focus() }, [times])
  const refuse = (error: unknown) => {
    if (error instanceof ApiError && error.fields.length > 0) wrong(Object.fromEntries(error.fields.map(f => [f.field, f.message])))
    else say.error(error)
  }
  return { problems, setProblems, wrong, refuse, say }
}

function SlotSelect({ ruleId, value, onChange, problem }: { ruleId: string, value: string | null, onChange: (at: string) => void, problem: string | undefined }) {
  const read = useQuery({ queryKey: ['bookings', 'slots', ruleId], queryFn: ({ signal }) => dispatchApi.slots(ruleId, signal), staleTime: 0 })
  const shown = (read.data?.slots ?? []).filter(s => s.left > 0 || s.why)
  return <Labelled label={td('time')} problem={problem}><Select showSearch optionFilterProp="label" aria-label={td('time')} status={problem ? 'error' : ''} loading={read.isFetching} placeholder={td('chooseTime')} notFoundContent={td('noSlot')} value={value} onChange={onChange} options={shown.map(s => ({ value: s.startsAt, disabled: s.left === 0, label: `${whenText(s.startsAt)} · ${s.why ?? td('left', { n: s.left })}` }))} /></Labelled>
}

const Labelled = ({ label, problem, children }: { label: string, problem: string | undefined, children: React.ReactNode }) => <label><span className="qc-soft">{label}</span>{children}{problem && <span className="qc-danger" role="alert">{problem}</span>}</label>

export function BookDialog({ day, onClose }: Closing & { day: Day }) {
  const { problems, setProblems, wrong, refuse, say } = useProblems()
  const [ruleId, setRuleId] = useState(day.rules[0]!.ruleId)
  const [startsAt, setStartsAt] = useState<string | null>(null)
  const [v, setV] = useState({ name: '', phone: '', productLineId: null as string | null, serialNo: '', faultDescription: '', address: '' })
  const [busy, setBusy] = useState(false)
  const service = day.rules.find(r => r.ruleId === ruleId)!.service
  const set = (name: keyof typeof v, value: string | null) => { setV({ ...v, [name]: value ?? (name === 'productLineId' ? null : '') }); setProblems(({ [name]: _, ...rest }) => rest) }
  const save = async () => {
    const missing = { ...(startsAt ? {} : { startsAt: td('chooseTime') }), ...(v.name.trim() ? {} : { name: td('nameNeeded') }), ...(v.phone.trim() ? {} : { phone: td('phoneNeeded') }), ...(service === 'onSite' && !v.address.trim() ? { address: td('addressNeeded') } : {}) }
    if (Object.keys(missing).length > 0) { wrong(missing); return }
    if (busy) return
    setProblems({})
    setBusy(true)
    try { const { number } = await dispatchApi.book(ruleId, { startsAt, ...v }); say.ok(td('added', { number })); onClose(true) } catch (error) { refuse(error) } finally { setBusy(false) }
  }
  const text = (name: 'name' | 'phone' | 'serialNo' | 'address', max: number, more: object = {}) => <Labelled label={td(name)} problem={problems[name]}><Input {...more} aria-label={td(name)} maxLength={max} status={problems[name] ? 'error' : ''} value={v[name]} onChange={event => set(name, event.target.value)} onPressEnter={() => void save()} /></Labelled>
  return (
    <Modal open title={td('add')} okText={td('add')} okButtonProps={{ loading: busy }} onOk={() => void save()} onCancel={() => onClose(false)}>
      <div className="di-form">
        <Labelled label={td('service')} problem={undefined}><Select aria-label={td('service')} value={ruleId} onChange={value => { setRuleId(value); setStartsAt(null) }} options={day.rules.map(r => ({ value: r.ruleId, label: td(r.service) }))} /></Labelled>
        <SlotSelect ruleId={ruleId} value={startsAt} onChange={at => { setStartsAt(at); setProblems(({ startsAt: _, ...rest }) => rest) }} problem={problems.startsAt} />
        {text('name', 60, { autoFocus: true })}{text('phone', 40, { inputMode: 'tel' })}
        {service === 'onSite' && text('address', 200)}
        {service !== 'pickUp' && <>
          <Labelled label={td('line')} problem={problems.productLineId}><RefPicker entity="productLine" ariaLabel={td('line')} value={v.productLineId} onChange={value => set('productLineId', typeof value === 'string' ? value : null)} /></Labelled>
          {text('serialNo', 40)}
          <Labelled label={td('fault')} problem={problems.faultDescription}><Input.TextArea aria-label={td('fault')} maxLength={1000} autoSize={{ minRows: 2 }} value={v.faultDescription} onChange={event => set('faultDescription', event.target.value)} /></Labelled>
        </>}
      </div>
    </Modal>
  )
}

export function CancelDialog({ booking, onClose }: Closing & { booking: Booked }) {
  const { problems, setProblems, wrong, refuse, say } = useProblems()
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const save = async () => {
    if (!reason.trim()) { wrong({ reason: td('reasonNeeded') }); return }
    setBusy(true)
    try { await dispatchApi.cancel(booking.id, reason.trim()); say.ok(td('done')); onClose(true) } catch (error) { refuse(error) } finally { setBusy(false) }
  }
  return (
    <Modal open title={`${td('cancel')} · ${booking.name} ${whenText(booking.startsAt)}`} okText={td('cancel')} cancelText={td('booked')} okButtonProps={{ loading: busy, danger: true }} cancelButtonProps={{ style: { display: 'none' } }} onOk={() => void save()} onCancel={() => onClose(false)}>
      <div className="di-form"><Labelled label={td('reason')} problem={problems.reason}><Input autoFocus aria-label={td('reason')} maxLength={200} status={problems.reason ? 'error' : ''} value={reason} onChange={event => { setReason(event.target.value); setProblems({}) }} onPressEnter={() => void save()} /></Labelled></div>
    </Modal>
  )
}

export function MoveDialog({ booking, onClose }: Closing & { booking: Booked }) {
  const { problems, setProblems, wrong, refuse, say } = useProblems()
  const [at, setAt] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const save = async () => {
    if (!at) { wrong({ startsAt: td('chooseTime') }); return }
    setBusy(true)
    try { await dispatchApi.rebook(booking.id, at); say.ok(td('done')); onClose(true) } catch (error) { refuse(error) } finally { setBusy(false) }
  }
  return (
    <Modal open title={`${td('move')} · ${booking.name} ${whenText(booking.startsAt)}`} okText={td('move')} okButtonProps={{ loading: busy }} onOk={() => void save()} onCancel={() => onClose(false)}>
      <div className="di-form"><SlotSelect ruleId={booking.ruleId} value={at} onChange={value => { setAt(value); setProblems({}) }} problem={problems.startsAt} /></div>
    </Modal>
  )
}
