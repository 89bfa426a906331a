import './voice.css'
import { api, ApiError, dateTimeText, forget, Icon, RefPicker, useDebounced, useEntity, useSay, useSession, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Modal, Segmented, Select } from 'antd'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { labelOf, optionsOf, text } from './shared.tsx'
import { tv } from './texts.ts'

export type Start = { phone?: string | undefined, requestId?: string | undefined, surveyId?: string | undefined, channel?: string | undefined }
type Found = { customers: Row[], requests: Row[], complaints: Row[], request: Row | null, answer: Row | null }
type Made = { id: string, number: string, code: string, dueAt: string | null, department?: string }
type Values = Record<string, string | null>

const EMPTY: Found = { customers: [], requests: [], complaints: [], request: null, answer: null }
const shownPhone = (row: Row): string => (((row.$masked as string[] | undefined) ?? []).includes('phone') ? '' : text(row.phone))

/** 登记: the telephone first, which brings customer and request; then the words. One dialog for complaints and feedback, made for the keyboard. */
export function Register({ what, start, onClose, onDone }: { what: 'complaint' | 'feedback', start: Start, onClose: () => void, onDone: (made: Made) => void }) {
  const say = useSay()
  const meta = useEntity(what)
  const session = useSession()
  const [values, setValues] = useState<Values>({ phone: start.phone ?? '', customerName: null, words: '', category: what === 'feedback' ? 'service' : null, severity: 'normal', kind: 'complaint', channel: start.channel ?? 'desk', source: 'service', unitId: start.channel === 'phone' ? null : session.user.unitId, // on the telephone nobody complains of the hotline by default
     requestId: start.requestId ?? null, customerId: null })
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const brought = useRef(false)
  const set = (patch: Values) => { setValues(before => ({ ...before, ...patch })); setErrors(before => Object.fromEntries(Object.entries(before).filter(([name]) => !(name in patch)))) }
  const phone = useDebounced((values.phone ?? '').trim(), 250)
  const read = useQuery({ queryKey: ['voice-suggest', phone, start.requestId, start.surveyId], queryFn: ({ signal }) => api.get<Found>('/voice/suggest', { query: { phone: phone || undefined, requestId: start.requestId, surveyId: start.surveyId }, signal, quiet: true }), enabled: phone.replace(/\D/g, '').length >= 7 || start.requestId !== undefined || start.surveyId !== undefined, placeholderData: before => before })
  const found = read.data ?? EMPTY
  const { request, answer } = found
  useEffect(() => {
    if (brought.current || (!request && !answer)) return
    brought.current = true
    const about = request
    set({
      ...(about ? { requestId: about.id, customerId: text(about.customerId) || null, unitId: text(about.unitId) || null, customerName: text(about.customerName), ...(shownPhone(about) ? { phone: shownPhone(about) } : {}) } : {}),
      ...(answer && text(answer.words) ? { words: text(answer.words) } : {}),
    })
  }, [request, answer])
  // one customer with this telephone: that is who it is, unless somebody has written another name
  const only = values.customerName === null && found.customers.length === 1 ? found.customers[0]! : null
  const requests = request && !found.requests.some(r => r.id === request.id) ? [request, ...found.requests] : found.requests
  const save = async () => {
    const missing = ['category', 'words', ...(what === 'complaint' ? ['unitId'] : [])].filter(name => !values[name]?.trim())
    if (missing.length) { setErrors(Object.fromEntries(missing.map(name => [name, tv('required')]))); document.getElementById(`vo-${missing[0]}`)?.focus(); return }
    setBusy(true)
    const given = Object.fromEntries(Object.entries({ ...values, ...(only ? { customerId: only.id, customerName: text(only.name) } : {}) }).filter(([, v]) => v !== null && v.trim() !== ''))
    const { unitId, severity, kind, channel, source, ...rest } = given
    try {
      const made = await api.post<Made>(what === 'complaint' ? '/complaints/register' : '/feedback/register', what === 'complaint' ? { ...rest, unitId, severity, kind, channel, ...(start.surveyId ? { surveyId: start.surveyId } : {}) } : { ...rest, source, ...(unitId ? { fromUnitId: unitId } : {}) }, { quiet: true })
      say.ok(what === 'complaint' ? tv('saved', { n: made.number, d: made.dueAt ? dateTimeText(made.dueAt) : '—' }) : tv('savedFeedback', { n: made.number, d: made.department ?? '' }))
      await forget(what, 'task')
      onDone(made)
    } catch (error) {
      const fields = error instanceof ApiError ? (error.details.fields as Array<{ field: string, message: string }> | undefined) : undefined
      if (fields) setErrors(Object.fromEntries(fields.map(each => [each.field, each.message])))
      else say.error(error)
    } finally { setBusy(false) }
  }
  const field = (name: string, label: string, control: ReactNode, wide = false) => <label className={wide ? 'vo-wide' : undefined} htmlFor={`vo-${name}`}><span>{label}</span>{control}{errors[name] && <em className="vo-error" role="alert">{errors[name]}</em>}</label>
  const invalid = (name: string) => (errors[name] ? { status: 'error' as const } : {})
  return (
    <Modal open title={tv(what === 'complaint' ? 'newComplaint' : 'newFeedback')} width={720} okText={tv('save')} confirmLoading={busy} onOk={() => void save()} onCancel={onClose} mask={{ closable: false }}>
      <form className="vo-form" noValidate onSubmit={event => { event.preventDefault(); void save() }} onKeyDown={event => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); void save() } }}>
        {field('phone', tv('phone'), <Input id="vo-phone" autoFocus maxLength={40} inputMode="tel" placeholder={tv('phoneHint')} {...invalid('phone')} value={values.phone ?? ''} onChange={event => set({ phone: event.target.value })} />)}
        {field('customerName', tv('name'), <Input id="vo-customerName" maxLength={100} {...invalid('customerName')} value={values.customerName ?? text(only?.name)} onChange={event => set({ customerName: event.target.value, customerId: null })} />)}
        {found.customers.length > 0 && <div className="vo-wide vo-found" aria-label={tv('knownCustomers')}>{found.customers.map(c => <button key={c.id} type="button" className="qc-button" aria-pressed={values.customerId === c.id || only?.id === c.id} onClick={() => set({ customerId: c.id, customerName: text(c.name) })}><Icon name="user" size={14} />{text(c.name)} <span className="qc-soft">{labelOf(c, 'unitId')}</span></button>)}</div>}
        {requests.length > 0 && <div className="vo-wide"><span className="qc-soft">{tv('request')}</span><div className="vo-found">{requests.map(r => <button key={r.id} type="button" className="qc-button" aria-pressed={values.requestId === r.id} onClick={() => set(values.requestId === r.id ? { requestId: null } : { requestId: r.id, customerId: text(r.customerId) || null, ...(text(r.customerName) ? { customerName: text(r.customerName) } : {}), ...(what === 'complaint' ? { unitId: text(r.unitId) } : {}) })}>{text(r.number)} {text(r.model)}</button>)}</div></div>}
        {what === 'complaint' && found.complaints.length > 0 && <p className="vo-wide qc-soft"><Icon name="warn" size={13} /> {tv('before')}：{found.complaints.map(c => text(c.number)).join('、')}</p>}
        {what === 'complaint' && field('kind', tv('kind'), <Segmented value={values.kind ?? 'complaint'} onChange={v => set({ kind: v })} options={optionsOf(meta, 'kind')} />)}
        {what === 'complaint' && field('severity', tv('severity'), <Segmented value={values.severity ?? 'normal'} onChange={v => set({ severity: v })} options={optionsOf(meta, 'severity')} />)}
        {field('category', tv('category'), <Select id="vo-category" {...invalid('category')} value={values.category} onChange={v => set({ category: v })} options={optionsOf(meta, 'category')} />)}
        {what === 'complaint' ? field('channel', tv('channel'), <Select id="vo-channel" value={values.channel} onChange={v => set({ channel: v })} options={optionsOf(meta, 'channel', ['web'])} />) : field('source', tv('source'), <Select id="vo-source" value={values.source} onChange={v => set({ source: v })} options={optionsOf(meta, 'source', ['web'])} />)}
        {field('words', tv('words'), <Input.TextArea id="vo-words" rows={4} maxLength={2000} placeholder={tv('wordsHint')} {...invalid('words')} value={values.words ?? ''} onChange={event => set({ words: event.target.value })} />, true)}
        {what === 'complaint' && field('unitId', tv('station'), <RefPicker id="vo-unitId" entity="unit" ariaLabel={tv('station')} filter={{ kind: { in: ['station', 'department', 'hq'] } }} value={values.unitId ?? null} onChange={v => set({ unitId: typeof v === 'string' ? v : null })} />, true)}
        <input type="submit" hidden />
      </form>
    </Modal>
  )
}
