import './commission.css'
import { api, call, can, forget, Icon, messageOf, RefPicker, useSay, type Page, type PanelProps, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { sharesProblem } from './shares.ts'
import { tp } from './texts.ts'

/** How the commission on a contract is divided; nobody named, it is all its owner's. */
export default function SharesPanel({ row }: PanelProps) {
  const [editing, setEditing] = useState(false)
  const filter = { contractId: row.id }
  const read = useQuery({ queryKey: ['entity', 'commissionShare', 'panel', filter], queryFn: ({ signal }) => api.get<Page<Row>>('/commission-shares', { query: { filter, limit: 20 }, signal, quiet: true }) })
  const shares = read.data?.items
  if (!shares) return null
  return (
    <section className="qc-panel" style={{ marginBottom: 12 }} aria-label={tp('shares')}><header><h2>{tp('shares')}</h2>{can('contract:update') && <button type="button" className="qc-button" onClick={() => setEditing(true)}>{tp('divide')}</button>}</header>
      <p className="qc-panel-pad">{shares.length === 0 ? <span className="qc-soft">{tp('allOwner', { n: row.$labels?.ownerId ?? '—' })}</span> : shares.map(s => `${s.$labels?.userId ?? ''} ${Number(s.percent)}%`).join(' · ')}</p>
      {editing && <SharesDialog contractId={row.id} shares={shares} onClose={() => setEditing(false)} />}
    </section>
  )
}

type Typed = { key: number, userId: string | null, label: string, percent: string }
let count = 0
const blank = (): Typed => ({ key: ++count, userId: null, label: '', percent: '' })

function SharesDialog({ contractId, shares, onClose }: { contractId: string, shares: Row[], onClose: () => void }) {
  const say = useSay()
  const [rows, setRows] = useState<Typed[]>(() => (shares.length ? shares.map(s => ({ ...blank(), userId: String(s.userId), label: s.$labels?.userId ?? '', percent: String(Number(s.percent)) })) : [{ ...blank(), percent: '100' }]))
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const set = (key: number, patch: Partial<Typed>) => { setProblem(null); setRows(rows.map(r => (r.key === key ? { ...r, ...patch } : r))) }
  const save = async () => {
    const wrong = sharesProblem(rows)
    if (wrong) { setProblem(tp(wrong)); return }
    setBusy(true)
    try { await call('PUT', `/contracts/${contractId}/commission-shares`, { shares: rows.map(r => ({ userId: r.userId!, percent: r.percent.trim() })) }, { quiet: true }); await forget('commissionShare'); say.ok(tp('divided')); onClose() } catch (error) { setProblem(messageOf(error)) } finally { setBusy(false) }
  }
  return (
    <Modal open title={tp('divide')} onCancel={onClose} onOk={() => void save()} confirmLoading={busy}>
      <form onSubmit={event => { event.preventDefault(); void save() }}>
        {rows.map((r, i) => (
          <div className="cm-share" key={r.key}>
            <RefPicker entity="user" ariaLabel={`${tp('person')} ${i + 1}`} autoFocus={i === 0} value={r.userId} labels={r.userId ? { [r.userId]: r.label } : {}} onChange={v => set(r.key, { userId: (v as string | null) ?? null })} />
            <Input aria-label={`${tp('percent')} ${i + 1}`} inputMode="decimal" suffix="%" value={r.percent} onChange={event => set(r.key, { percent: event.target.value })} />
            <button type="button" className="qc-icon-button" aria-label={`${tp('removeShare')} ${i + 1}`} onClick={() => { setProblem(null); setRows(rows.filter(x => x.key !== r.key)) }}><Icon name="trash" /></button>
          </div>))}
        <button type="button" className="qc-button" disabled={rows.length >= 10} onClick={() => setRows([...rows, blank()])}>{tp('addShare')}</button>
        {rows.length === 0 && <p className="qc-soft">{tp('noShares')}</p>}
        {problem && <p className="qc-danger" role="alert">{problem}</p>}
        <button type="submit" hidden />
      </form>
    </Modal>
  )
}
