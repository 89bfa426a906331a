import { useState, type ReactNode } from 'react'
import { Input, Modal, Radio } from 'antd'
import { PersonPicker } from './PersonPicker.tsx'
import { ta } from './texts.ts'

type Common = { busy: boolean, onClose: () => void }

function Ask({ title, okText, ready, busy, danger = false, onOk, onClose, children }: Common & { title: string, okText: string, ready: boolean, danger?: boolean, onOk: () => void, children: ReactNode }) {
  return <Modal open title={title} okText={okText} confirmLoading={busy} okButtonProps={{ disabled: !ready, danger }} onOk={onOk} onCancel={onClose}><div className="qc-stack">{children}</div></Modal>
}

const Reason = ({ value, onChange, label = ta('reasonNeeded') }: { value: string, onChange: (text: string) => void, label?: string }) =>
  <Input.TextArea aria-label={label} placeholder={label} maxLength={400} autoSize={{ minRows: 2, maxRows: 5 }} value={value} onChange={event => onChange(event.target.value)} />

export function SendBackDialog({ places, busy, onOk, onClose }: Common & { places: Array<{ nodeId: string, name: string }>, onOk: (body: { to: string, comment: string }) => void }) {
  const [to, setTo] = useState(places[0]?.nodeId ?? '')
  const [comment, setComment] = useState('')
  return (
    <Ask title={ta('sendBackTo')} okText={ta('sendBack')} ready={to !== '' && comment.trim() !== ''} busy={busy} onOk={() => onOk({ to, comment: comment.trim() })} onClose={onClose}>
      <Radio.Group vertical value={to} onChange={event => setTo(String(event.target.value))} options={places.map(each => ({ value: each.nodeId, label: each.name }))} />
      <Reason value={comment} onChange={setComment} />
    </Ask>
  )
}

export function HandOverDialog({ busy, onOk, onClose }: Common & { onOk: (body: { assigneeId: string, reason: string }) => void }) {
  const [who, setWho] = useState<string[]>([])
  const [reason, setReason] = useState('')
  return (
    <Ask title={ta('handOverTo')} okText={ta('handOver')} ready={who.length > 0 && reason.trim() !== ''} busy={busy} onOk={() => onOk({ assigneeId: who[0]!, reason: reason.trim() })} onClose={onClose}>
      <PersonPicker autoFocus value={who} onChange={setWho} />
      <Reason value={reason} onChange={setReason} />
    </Ask>
  )
}

export function AddSignerDialog({ busy, onOk, onClose }: Common & { onOk: (body: { userId: string, how: string, reason: string }) => void }) {
  const [who, setWho] = useState<string[]>([])
  const [how, setHow] = useState<'before' | 'after' | 'parallel'>('before')
  const [reason, setReason] = useState('')
  return (
    <Ask title={ta('addSigner')} okText={ta('addSigner')} ready={who.length > 0 && reason.trim() !== ''} busy={busy} onOk={() => onOk({ userId: who[0]!, how, reason: reason.trim() })} onClose={onClose}>
      <PersonPicker autoFocus value={who} onChange={setWho} label={ta('addSignerWho')} />
      <Radio.Group vertical value={how} onChange={event => setHow(event.target.value as typeof how)} options={(['before', 'after', 'parallel'] as const).map(value => ({ value, label: ta(value) }))} />
      <Reason value={reason} onChange={setReason} />
    </Ask>
  )
}

export function CopyDialog({ busy, onOk, onClose }: Common & { onOk: (body: { userIds: string[], note?: string }) => void }) {
  const [who, setWho] = useState<string[]>([])
  const [note, setNote] = useState('')
  return (
    <Ask title={ta('copyTo')} okText={ta('copy')} ready={who.length > 0} busy={busy} onOk={() => onOk({ userIds: who, ...(note.trim() ? { note: note.trim() } : {}) })} onClose={onClose}>
      <PersonPicker autoFocus multiple value={who} onChange={setWho} />
      <Reason value={note} onChange={setNote} label={ta('note')} />
    </Ask>
  )
}

export function WithdrawDialog({ busy, onOk, onClose }: Common & { onOk: (body: { reason: string }) => void }) {
  const [reason, setReason] = useState('')
  return (
    <Ask title={ta('withdraw')} okText={ta('withdraw')} ready busy={busy} onOk={() => onOk({ reason: reason.trim() })} onClose={onClose}>
      <p className="qc-soft">{ta('withdrawHint')}</p>
      <Reason value={reason} onChange={setReason} label={ta('note')} />
    </Ask>
  )
}
