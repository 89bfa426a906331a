import './approvals.css'
import { api, EmptyState, ErrorState, forget, keys, PageFrame, PersonPicker, pick, Skeleton, Tag, useSay, zoned, useNow, type Page, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { FORM_CARDS } from './forms.ts'
import { tv } from './texts.ts'

/** 我的委托: who acts for me on which days. */
export default function Delegations() {
  const say = useSay()
  const now = zoned(useNow())
  const today = `${now.year}-${String(now.month).padStart(2, '0')}-${String(now.day).padStart(2, '0')}`
  const [who, setWho] = useState<string[]>([])
  const [from, setFrom] = useState(today)
  const [to, setTo] = useState('')
  const [keysOf, setKeys] = useState<string[]>([])
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const read = useQuery({ queryKey: keys.list('delegation', {}), queryFn: ({ signal }) => api.get<Page<Row>>('/delegations', { query: { limit: 50 }, signal }), select: page => page.items })
  const delegate = async () => {
    if (who.length === 0 || from === '' || to === '') { say.warn(tv('chooseDays')); return }
    setBusy(true)
    try {
      await api.post('/delegations/start', { toId: who[0], startsOn: from, endsOn: to, ...(reason.trim() ? { reason: reason.trim() } : {}), ...(keysOf.length > 0 ? { processKeys: keysOf } : {}) })
      say.ok(tv('delegated'))
      setWho([]); setTo(''); setReason(''); setKeys([])
    } catch (error) { say.error(error) } finally { await forget('delegation'); setBusy(false) }
  }
  const end = async (row: Row) => {
    if (!await say.ask({ title: tv('endAsk', { name: String(row.$labels?.toId ?? '') }), okText: tv('end') })) return
    try { await api.post(`/delegations/${row.id}/end`) } catch (error) { say.error(error) } finally { await forget('delegation') }
  }
  const stateOf = (row: Row) => row.endedAt || String(row.endsOn) < today ? 'past' : String(row.startsOn) > today ? 'upcoming' : 'inForce'
  return (
    <PageFrame title={tv('delegations')} subtitle={tv('delegationsHint')}>
      <section className="qc-panel qc-panel-pad ap-narrow" style={{ marginBottom: 16 }}>
        <div className="ap-new">
          <label>{tv('deputy')}<PersonPicker value={who} onChange={setWho} label={tv('deputy')} /></label>
          <label>{tv('days')}<span className="qc-row"><Input type="date" aria-label={`${tv('days')} 1`} value={from} min={today} onChange={event => setFrom(event.target.value)} style={{ flex: 1 }} /><Input type="date" aria-label={`${tv('days')} 2`} value={to} min={from} onChange={event => setTo(event.target.value)} style={{ flex: 1 }} /></span></label>
          <label>{tv('what')}<Select mode="multiple" aria-label={tv('what')} placeholder={tv('everything')} value={keysOf} onChange={setKeys} options={FORM_CARDS.map(form => ({ value: form.key, label: pick(form.label) }))} /></label>
          <label>{tv('reason')}<Input aria-label={tv('reason')} maxLength={200} value={reason} onChange={event => setReason(event.target.value)} /></label>
        </div>
        <p style={{ marginTop: 12 }}><button type="button" className="qc-button qc-button-primary" disabled={busy} onClick={() => void delegate()}>{tv('delegate')}</button></p>
      </section>
      <section className="qc-panel ap-narrow">
        {read.isPending ? <Skeleton lines={4} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
          : read.data.length === 0 ? <EmptyState icon="swap" title={tv('none')} /> : read.data.map(row => {
            const state = stateOf(row)
            return (
              <div key={row.id} className="ap-delegation">
                <span><Tag color={state === 'inForce' ? 'green' : state === 'upcoming' ? 'blue' : 'default'}>{tv(state)}</Tag></span>
                <strong>{String(row.$labels?.toId ?? '')}</strong><span className="qc-number">{String(row.startsOn)} – {String(row.endsOn)}</span>
                <span className="qc-soft">{Array.isArray(row.processKeys) ? (row.processKeys as string[]).map(key => { const form = FORM_CARDS.find(each => each.key === key); return form ? pick(form.label) : key }).join('、') : tv('everything')}{row.reason ? ` · ${String(row.reason)}` : ''}</span>
                {state !== 'past' && <button type="button" className="qc-button" onClick={() => void end(row)}>{tv('end')}</button>}
              </div>
            )
          })}
      </section>
    </PageFrame>
  )
}
