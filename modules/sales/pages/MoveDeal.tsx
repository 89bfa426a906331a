import { findEntity, messageOf, refusalOf, useMeta, Widget } from '@quancheng/ui'
import { Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Card, Lane } from './lanes.ts'
import { ts } from './texts.ts'

type Extra = { comment?: string, fields?: Record<string, unknown> }

/** Where a card may go, for the keyboard and for fingers; going back asks why, giving up asks what it was lost to. */
export function MoveDialog({ card, lanes, to, onMove, onClose }: { card: Card, lanes: readonly Lane[], to: string | null, onMove: (to: string, extra: Extra) => Promise<void>, onClose: () => void }) {
  const fields = findEntity(useMeta(), 'opportunity')?.fields ?? [], stages = fields.find(f => f.name === 'stage')?.options ?? []
  const toField = fields.find(f => f.name === 'lostTo'), at = lanes.findIndex(l => l.stage === card.stage)
  const ways = [lanes[at + 1]?.stage ?? 'won', ...(at > 0 ? [lanes[at - 1]!.stage] : []), 'lost']
  const [chosen, setChosen] = useState(to ?? ways[0]!)
  const [comment, setComment] = useState('')
  const [lostReason, setLostReason] = useState<string | null>(null)
  const [lostTo, setLostTo] = useState('')
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const back = lanes.findIndex(l => l.stage === chosen) >= 0 && lanes.findIndex(l => l.stage === chosen) < at, lost = chosen === 'lost'
  const wrong = (back && comment.trim() === '') || (lost && lostReason === null)
  const submit = async () => {
    setAsked(true)
    if (wrong) return
    setBusy(true)
    try { await onMove(chosen, { ...(comment.trim() ? { comment: comment.trim() } : {}), ...(lost ? { fields: { lostReason, ...(lostTo.trim() ? { lostTo: lostTo.trim() } : {}) } } : {}) }) } finally { setBusy(false) }
  }
  return (
    <Modal open title={ts('moveTo', { n: card.name })} onCancel={onClose} onOk={() => void submit()} okText={ts('move')} okButtonProps={{ danger: lost }} confirmLoading={busy}>
      <form className="sa-form" onSubmit={event => { event.preventDefault(); void submit() }}>
        <label htmlFor="deal-to">{ts('moveWhere')}<Select id="deal-to" autoFocus value={chosen} onChange={setChosen} options={(to && !ways.includes(to) ? [to, ...ways] : ways).map(w => ({ value: w, label: stages.find(s => s.value === w)?.label ?? w }))} /></label>
        {lost && <><label htmlFor="deal-why">{ts('lostReason')} *<Select id="deal-why" value={lostReason} onChange={setLostReason} status={asked && lostReason === null ? 'error' : ''} placeholder={ts('choose')} options={(fields.find(f => f.name === 'lostReason')?.options ?? []).map(o => ({ value: o.value, label: o.label }))} /></label>
          {asked && lostReason === null && <p className="sa-wrong" role="alert">{ts('choose')}</p>}
          {toField && <label htmlFor="deal-lost-to">{ts('lostTo')}<Widget id="deal-lost-to" field={toField} value={lostTo} onChange={value => setLostTo(String(value ?? ''))} /></label>}</>}
        <label htmlFor="deal-note">{ts('reason')}{back && ' *'}<Input.TextArea id="deal-note" autoSize={{ minRows: 2 }} maxLength={2000} status={asked && back && comment.trim() === '' ? 'error' : ''} value={comment} onChange={event => setComment(event.target.value)} onKeyDown={event => { if (event.key === 'Enter' && event.ctrlKey) void submit() }} /></label>
        {asked && back && comment.trim() === '' && <p className="sa-wrong" role="alert">{ts('reasonNeeded')}</p>}
      </form>
    </Modal>
  )
}

export type Refused = { card: Card, stage: string, error: unknown }

/** Why the card went back to where it was: what is missing, where it could go. */
export function RefusedDialog({ refused, onClose }: { refused: Refused, onClose: () => void }) {
  const refusal = refusalOf(refused.error)
  return (
    <Modal open title={ts('refused', { n: refused.card.name, s: refused.stage })} onCancel={onClose} footer={<div className="sa-bar" style={{ justifyContent: 'flex-end' }}><Link className="qc-button" to={`/e/opportunities/${refused.card.id}`}>{ts('open')}</Link><button type="button" className="qc-button qc-button-primary" autoFocus onClick={onClose}>{ts('close')}</button></div>}>
      {refusal ? <div role="alert" className="qc-stack">{refusal.missing.length > 0 && <p><b>{ts('missing')}</b>：{refusal.missing.join('、')}</p>}{refusal.allowed.length > 0 && <p><b>{ts('allowed')}</b>：{refusal.allowed.join('、')}</p>}</div> : <p role="alert">{messageOf(refused.error)}</p>}
    </Modal>
  )
}
