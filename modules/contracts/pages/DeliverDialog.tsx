import { api, forget, messageOf, presentTime, Skeleton, useSay, type Page, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { restOf } from '../rules/rest.ts'
import { tk } from './texts.ts'

const QUANTITY = /^\d{1,12}(\.\d{1,3})?$/

/** What goes to the customer this time: begins with everything that is still to go. */
export function DeliverDialog({ orderId, onClose }: { orderId: string, onClose: () => void }) {
  const say = useSay()
  const [typed, setTyped] = useState<Record<string, string>>({})
  const [on, setOn] = useState(() => new Date(presentTime().getTime() + 8 * 3_600_000).toISOString().slice(0, 10))
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const read = useQuery({ queryKey: ['contracts', 'to-deliver', orderId], queryFn: ({ signal }) => api.get<Page<Row>>('/order-lines', { query: { filter: { orderId }, sort: 'position', limit: 200 }, signal }), gcTime: 0 })
  const lines = (read.data?.items ?? []).map(l => ({ id: l.id, item: String(l.item), unit: String(l.unit ?? ''), rest: restOf(String(l.quantity), String(l.delivered)) })).filter(l => l.rest !== '0')
  const of = (l: { id: string, rest: string }) => (typed[l.id] ?? l.rest).trim()
  const save = async () => {
    const bad = lines.find(l => of(l) !== '' && !QUANTITY.test(of(l))), much = lines.find(l => of(l) !== '' && QUANTITY.test(of(l)) && restOf(l.rest, of(l)).startsWith('-'))
    if (bad) { setProblem(`${bad.item}：${tk('badNumber')}`); return }
    if (much) { setProblem(tk('tooMuch', { item: much.item, n: much.rest })); return }
    const some = lines.filter(l => Number(of(l)) > 0)
    if (!some.length) { setProblem(tk('nothingToGo')); return }
    setBusy(true)
    try {
      await api.post(`/sales-orders/${orderId}/deliver`, { lines: some.map(l => ({ orderLineId: l.id, quantity: of(l) })), ...(on ? { deliveredOn: on } : {}), ...(note.trim() ? { note: note.trim() } : {}) }, { quiet: true })
      await forget('salesOrder', 'orderLine', 'delivery', 'contract')
      say.ok(tk('done')); onClose()
    } catch (error) { setProblem(messageOf(error)) } finally { setBusy(false) }
  }
  return (
    <Modal open title={tk('deliverPart')} okText={tk('deliverSome')} confirmLoading={busy} onOk={() => void save()} onCancel={onClose}>
      <form onSubmit={event => { event.preventDefault(); void save() }}>
        {!read.data && <Skeleton lines={3} />}
        {lines.map((l, i) => <label className="kc-part" key={l.id}><span>{l.item}</span><span className="qc-soft">{tk('rest')} {l.rest} {l.unit}</span><Input autoFocus={i === 0} inputMode="decimal" aria-label={`${tk('deliverNow')} ${l.item}`} value={typed[l.id] ?? l.rest} onChange={event => { setProblem(null); setTyped({ ...typed, [l.id]: event.target.value }) }} /></label>)}
        <label>{tk('deliveredOn')}<Input type="date" value={on} onChange={event => setOn(event.target.value)} /></label>
        <label>{tk('note')}<Input maxLength={200} value={note} onChange={event => setNote(event.target.value)} /></label>
        {problem && <p className="qc-danger" role="alert">{problem}</p>}
        <button type="submit" hidden />
      </form>
    </Modal>
  )
}
