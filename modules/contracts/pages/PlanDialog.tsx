import { api, forget, useSay } from '@quancheng/ui'
import { Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { tk } from './texts.ts'

type Term = { label: string, percent: string, after: 'sign' | 'delivery', days: number }
const USUAL: Term[] = [{ label: '预付款', percent: '30', after: 'sign', days: 0 }, { label: '到货款', percent: '60', after: 'delivery', days: 0 }, { label: '质保金', percent: '10', after: 'delivery', days: 90 }]

/** Payment terms → instalments. */
export function PlanDialog({ contractId, onClose }: { contractId: string, onClose: () => void }) {
  const say = useSay()
  const [terms, setTerms] = useState(USUAL)
  const [deliveryOn, setDeliveryOn] = useState('')
  const [busy, setBusy] = useState(false)
  const set = (i: number, patch: Partial<Term>) => setTerms(terms.map((term, at) => at === i ? { ...term, ...patch } : term))
  const sum = terms.reduce((n, term) => n + Math.round(Number(term.percent) * 100), 0) / 100
  const wrong = terms.flatMap((term, i) => (!term.label.trim() ? tk('planLabel', { n: i + 1 }) : !/^\d{1,3}(\.\d{1,2})?$/.test(term.percent) || Number(term.percent) > 100 ? tk('planPercent', { n: i + 1 }) : []))[0]
  const save = async () => {
    if (busy || wrong || sum !== 100) return
    setBusy(true)
    try { await api.post(`/contracts/${contractId}/plan`, { terms, ...(deliveryOn ? { deliveryOn } : {}) }); say.ok(tk('made')); await forget('instalment', 'contract'); onClose() } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  return (
    <Modal open title={tk('plan')} onCancel={onClose} onOk={() => void save()} confirmLoading={busy} okButtonProps={{ disabled: sum !== 100 || wrong !== undefined }}>
      <p className={sum === 100 && !wrong ? 'qc-soft' : 'qc-danger'} role="status">{wrong ?? `${tk('planHint')} · ${sum}%`}</p>
      {terms.map((term, i) => (
        <div className="kc-plan" key={i}>
          <Input aria-label={`${tk('label')} ${i + 1}`} maxLength={60} value={term.label} onChange={event => set(i, { label: event.target.value })} />
          <Input aria-label={`${tk('percent')} ${i + 1}`} inputMode="decimal" value={term.percent} onChange={event => set(i, { percent: event.target.value })} />
          <Select aria-label={`${tk('after')} ${i + 1}`} value={term.after} onChange={after => set(i, { after })} options={[{ value: 'sign', label: tk('afterSign') }, { value: 'delivery', label: tk('afterDelivery') }]} />
          <Input aria-label={`${tk('days')} ${i + 1}`} inputMode="numeric" suffix="天" value={term.days} onChange={event => set(i, { days: Math.min(3650, Number(event.target.value.replace(/\D/g, '').slice(0, 4))) })} />
        </div>
      ))}
      <button type="button" className="qc-button" onClick={() => setTerms([...terms, { label: '', percent: '0', after: 'delivery', days: 0 }])}>{tk('addRow')}</button>
      <label style={{ display: 'block', marginTop: 12 }}>{tk('deliveryOn')}<Input type="date" value={deliveryOn} onChange={event => setDeliveryOn(event.target.value)} /></label>
    </Modal>
  )
}
