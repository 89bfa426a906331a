import './request.css'
import { api, ApiError, can, dateTimeText, forget, Icon, moneyText, queryClient, useLive, useSay, type PanelProps } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import type { TrackEstimate } from '../shared/types.ts'
import { EMPTY, isEmpty, problemOfLines, proposed, type Line, type LineProblem, type QuoteLine } from './proposal.ts'
import { tq } from './texts.ts'

type Kept = TrackEstimate & { answeredBy: string | null, answeredHow: 'customer' | 'counter' | null }
const fenOf = (l: Line): number => Math.round(Number(l.price) * 100) * Number(l.quantity) || 0

/** What the repair would cost, for the customer to say yes to (SP-32): written while the request is quoted, shown ever after. */
export default function EstimatePanel({ row }: PanelProps) {
  const say = useSay()
  const key = ['estimate', row.id]
  const read = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<{ quoting: boolean, estimate: Kept | null }>(`/service-requests/${row.id}/estimate`, { signal, quiet: true }) })
  const kept = read.data?.estimate ?? null, quoting = read.data?.quoting ?? false, write = quoting && can('serviceRequest:move')
  const onRequest = useQuery({ queryKey: [...key, 'lines'], queryFn: ({ signal }) => api.get<{ lines: QuoteLine[] }>(`/service-requests/${row.id}/lines`, { signal, quiet: true }), enabled: write && can('partLine:read') })
  useLive(change => change.entity === 'partLine' || change.entity === 'estimate' || change.id === row.id, () => void queryClient.invalidateQueries({ queryKey: key }))
  const [lines, setLines] = useState<Line[] | null>(null)
  const [validUntil, setValidUntil] = useState('')
  const [problem, setProblem] = useState<(LineProblem | { at: null, field: 'date' | 'all' }) & { text: string } | null>(null)
  const [busy, setBusy] = useState(false)
  if (!kept && !write) return null
  const proposal = proposed(onRequest.data?.lines ?? [], { repeat: typeof row.repeatDays === 'number', labour: tq('labour') })
  const writing = lines ?? (write && !kept ? proposal : null)
  const begin = (with_: Line[]) => { setLines(with_); setProblem(null) }
  const set = (i: number, patch: Partial<Line>) => begin((writing ?? []).map((l, at) => (at === i ? { ...l, ...patch } : l)))
  const send = async () => {
    const filled = (writing ?? []).filter(l => !isEmpty(l)), wrong = problemOfLines(writing ?? [])
    if (wrong) { setProblem({ ...wrong, text: tq(`wrong_${wrong.field}`) }); document.getElementById(`sr-${wrong.field}-${wrong.at}`)?.focus(); return }
    if (!filled.length) { setProblem({ at: 0, field: 'name', text: tq('wrong_name') }); return }
    setBusy(true)
    try {
      await api.post(`/service-requests/${row.id}/estimate`, { lines: filled.map(l => ({ name: l.name.trim(), quantity: Number(l.quantity), price: l.price.trim() })), ...(validUntil ? { validUntil } : {}) })
      say.ok(tq('estimateSent')); setLines(null); setProblem(null)
      await Promise.all([queryClient.invalidateQueries({ queryKey: key }), forget('serviceRequest')])
    } catch (error) {
      if (error instanceof ApiError && error.status > 0 && error.status < 500) setProblem({ at: null, field: error.code === 'ESTIMATE_DATE' ? 'date' : 'all', text: error.fields[0]?.message ?? error.message }); else say.error(error)
    } finally { setBusy(false) }
  }
  const input = (i: number, field: LineProblem['field']) => ({ id: `sr-${field}-${i}`, 'aria-label': tq(field === 'name' ? 'line' : field), status: problem?.at === i && problem.field === field ? 'error' as const : '' as const, onPressEnter: () => void send() })
  return (
    <section className="qc-panel"><header><h2>{tq('estimate')}</h2>{kept && <span className="qc-soft">{tq(`est_${kept.state}`)}</span>}</header>
      <div className="qc-panel-pad qc-stack">
        {kept && !writing && <table className="sr-estimate"><tbody>{kept.lines.map((l, i) => <tr key={i}><td>{l.name}{l.quantity > 1 && ` × ${l.quantity}`}</td><td>{moneyText(l.amount)}</td></tr>)}<tr><td><b>{tq('sum')}</b></td><td><b>{moneyText(kept.total)}</b></td></tr></tbody></table>}
        {kept?.answeredAt && !writing && <p className="qc-soft">{tq(kept.answeredHow === 'counter' ? 'answeredCounter' : 'answeredCustomer', { who: kept.answeredBy ?? '', at: dateTimeText(kept.answeredAt) })}</p>}
        {kept && !writing && write && <div><button type="button" className="qc-button" onClick={() => begin(kept.lines.map(l => ({ name: l.name, quantity: String(l.quantity), price: l.price })))}>{tq('newEstimate')}</button></div>}
        {writing && <>
          <p className="qc-faint">{tq('estimateHint')}{onRequest.data?.lines.length ? ` ${tq('fromLines')}` : ''}</p>
          {writing.map((l, i) => <div key={i}><div className="sr-line">
            <Input {...input(i, 'name')} placeholder={tq('line')} maxLength={80} value={l.name} onChange={e => set(i, { name: e.target.value })} /><Input {...input(i, 'quantity')} inputMode="numeric" value={l.quantity} onChange={e => set(i, { quantity: e.target.value })} /><Input {...input(i, 'price')} inputMode="decimal" placeholder={tq('price')} value={l.price} onChange={e => set(i, { price: e.target.value })} />
            <button type="button" className="qc-button" aria-label={tq('removeLine')} disabled={writing.length === 1} onClick={() => begin(writing.filter((_, at) => at !== i))}><Icon name="close" /></button></div>
            {problem?.at === i && <p className="qc-danger" role="alert">{problem.text}</p>}</div>)}
          <div className="qc-row sr-estimate-foot"><button type="button" className="qc-button" onClick={() => begin([...writing, EMPTY])}><Icon name="plus" />{tq('addLine')}</button>
            {lines && onRequest.data?.lines.length ? <button type="button" className="qc-button" onClick={() => begin(proposal)}>{tq('linesAgain')}</button> : null}
            <label>{tq('validUntil')} <Input type="date" style={{ width: 150 }} status={problem?.field === 'date' ? 'error' : ''} value={validUntil} onChange={e => { setValidUntil(e.target.value); setProblem(null) }} /></label>
            <b className="qc-grow">{tq('sum')} {moneyText((writing.reduce((n, l) => n + fenOf(l), 0) / 100).toFixed(2))}</b><button type="button" className="qc-button qc-button-primary" disabled={busy} onClick={() => void send()}>{tq(kept?.open ? 'sendAgain' : 'sendEstimate')}</button></div>
          {problem?.at === null && <p className="qc-danger" role="alert">{problem.text}</p>}
        </>}
      </div>
    </section>
  )
}
