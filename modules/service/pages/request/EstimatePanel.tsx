import { api, can, forget, Icon, moneyText, queryClient, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import type { TrackEstimate } from '../shared/types.ts'
import { tq } from './texts.ts'

type Line = { name: string, quantity: string, price: string }
const EMPTY: Line = { name: '', quantity: '1', price: '' }
const fenOf = (l: Line): number => Math.round(Number(l.price) * 100) * Number(l.quantity) || 0

/** What the repair would cost, for the customer to say yes to (SP-32): written while the request is quoted, shown ever after. */
export function EstimatePanel({ requestId, quoting }: { requestId: string, quoting: boolean }) {
  const say = useSay()
  const key = ['estimate', requestId]
  const read = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<{ estimate: TrackEstimate | null }>(`/service-requests/${requestId}/estimate`, { signal, quiet: true }) })
  const [lines, setLines] = useState<Line[] | null>(null)
  const [validUntil, setValidUntil] = useState('')
  const [busy, setBusy] = useState(false)
  const kept = read.data?.estimate ?? null
  if (!kept && !quoting) return null
  const writing = lines ?? (quoting && !kept && can('serviceRequest:move') ? [EMPTY] : null)
  const set = (i: number, patch: Partial<Line>) => setLines((writing ?? []).map((l, at) => (at === i ? { ...l, ...patch } : l)))
  const send = async () => {
    setBusy(true)
    try {
      await api.post(`/service-requests/${requestId}/estimate`, { lines: (writing ?? []).filter(l => l.name.trim()).map(l => ({ name: l.name, quantity: Number(l.quantity), price: l.price })), ...(validUntil ? { validUntil } : {}) })
      say.ok(tq('estimateSent')); setLines(null)
      await Promise.all([queryClient.invalidateQueries({ queryKey: key }), forget('serviceRequest')])
    } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  return (
    <section className="qc-panel"><header><h2>{tq('estimate')}</h2>{kept && <span className="qc-soft">{tq(`est_${kept.state}`)}</span>}</header>
      <div className="qc-panel-pad qc-stack">
        {kept && !writing && <table className="sr-estimate"><tbody>{kept.lines.map((l, i) => <tr key={i}><td>{l.name}{l.quantity > 1 && ` × ${l.quantity}`}</td><td>{moneyText(l.amount)}</td></tr>)}<tr><td><b>{tq('sum')}</b></td><td><b>{moneyText(kept.total)}</b></td></tr></tbody></table>}
        {kept && !writing && quoting && can('serviceRequest:move') && <div><button type="button" className="qc-button" onClick={() => setLines(kept.lines.map(l => ({ name: l.name, quantity: String(l.quantity), price: l.price })))}>{tq('newEstimate')}</button></div>}
        {writing && <>
          <p className="qc-faint">{tq('estimateHint')}</p>
          {writing.map((l, i) => <div key={i} className="sr-line">
            <Input aria-label={tq('line')} placeholder={tq('line')} maxLength={80} value={l.name} onChange={e => set(i, { name: e.target.value })} /><Input aria-label={tq('quantity')} type="number" min={1} value={l.quantity} onChange={e => set(i, { quantity: e.target.value })} /><Input aria-label={tq('price')} inputMode="decimal" placeholder={tq('price')} value={l.price} onChange={e => set(i, { price: e.target.value })} />
            <button type="button" className="qc-button" aria-label={tq('removeLine')} disabled={writing.length === 1} onClick={() => setLines(writing.filter((_, at) => at !== i))}><Icon name="close" /></button></div>)}
          <div className="qc-row sr-estimate-foot"><button type="button" className="qc-button" onClick={() => setLines([...writing, EMPTY])}><Icon name="plus" />{tq('addLine')}</button><label>{tq('validUntil')} <Input type="date" style={{ width: 150 }} value={validUntil} onChange={e => setValidUntil(e.target.value)} /></label>
            <b className="qc-grow">{tq('sum')} {moneyText((writing.reduce((n, l) => n + fenOf(l), 0) / 100).toFixed(2))}</b><button type="button" className="qc-button qc-button-primary" disabled={busy || !writing.some(l => l.name.trim() && l.price)} onClick={() => void send()}>{tq(kept?.open ? 'sendAgain' : 'sendEstimate')}</button></div>
        </>}
      </div>
    </section>
  )
}
