import { instantOf, useSay } from '@quancheng/ui'
import { Input, InputNumber, Modal, Segmented, Select } from 'antd'
import { useState, type ReactNode } from 'react'
import { tp } from '../texts.ts'
import { again, publish, type Kind, type Process, type RuleLine } from './api.ts'

const KINDS: Kind[] = ['photo', 'item', 'field', 'limit']

/** A rule, or the next version of one: what it asks, of which step, from when. */
export function PublishDialog({ processes, last, onClose }: { processes: Process[], last?: RuleLine, onClose: () => void }) {
  const say = useSay()
  const [code, setCode] = useState(last?.code ?? '')
  const [text, setText] = useState(last?.text ?? '')
  const [key, setKey] = useState(last?.processKey ?? processes.find(p => p.key === 'repair')?.key ?? processes[0]?.key ?? '')
  const [nodeId, setNode] = useState<string | null>(last?.nodeId ?? null)
  const [kind, setKind] = useState<Kind>(last?.kind ?? 'photo')
  const [field, setField] = useState<string | null>(last?.fieldName ?? null)
  const [least, setLeast] = useState<number | null>(last?.least ? Number(last.least) : null)
  const [most, setMost] = useState<number | null>(last?.most ? Number(last.most) : null)
  const [photos, setPhotos] = useState(last?.photos ?? 1)
  const [note, setNote] = useState('')
  const [from, setFrom] = useState('')
  const [busy, setBusy] = useState(false)
  const process = processes.find(p => p.key === key)
  const fields = (process?.fields ?? []).filter(f => kind === 'limit' ? f.number : f.fillable)
  const ready = code.trim() !== '' && text.trim().length > 1 && nodeId !== null && (kind !== 'field' || field !== null) && (kind !== 'limit' || (field !== null && (least !== null || most !== null)))
  const save = async () => {
    setBusy(true)
    try {
      const [day, time] = from.split('T')
      const done = await publish({ code: code.trim(), text: text.trim(), processKey: key, nodeId, kind, ...(kind === 'field' || kind === 'limit' ? { fieldName: field } : {}), ...(kind === 'limit' ? { least, most } : {}), ...(kind === 'photo' ? { photos } : {}),
        ...(note.trim() ? { note: note.trim() } : {}), ...(day && time ? { inForceFrom: instantOf(day, time).toISOString() } : {}) })
      say.ok(tp('published', { n: done.release }))
      onClose()
      await again()
    } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  return (
    <Modal open title={last ? tp('nextTitle', { text: last.text, n: last.releases + 1 }) : tp('publishTitle')} okText={tp('publish')} okButtonProps={{ disabled: !ready, loading: busy }} onOk={() => void save()} onCancel={onClose} width={620}>
      <div className="hr-form">
        <Row label={tp('text')} wide><Input aria-label={tp('text')} maxLength={200} placeholder={tp('textHint')} value={text} onChange={event => setText(event.target.value)} /></Row>
        <Row label={tp('process')}><Select aria-label={tp('process')} disabled={Boolean(last)} value={key} onChange={value => { setKey(value); setNode(null); setField(null) }} options={processes.map(p => ({ value: p.key, label: p.name }))} /></Row>
        <Row label={tp('step')}><Select aria-label={tp('step')} disabled={Boolean(last)} value={nodeId} onChange={setNode} options={(process?.steps ?? []).map(s => ({ value: s.id, label: s.name }))} /></Row>
        <Row label={tp('kind')} wide><Segmented block value={kind} onChange={value => { setKind(value); setField(null) }} options={KINDS.filter(each => each !== 'photo' || process?.photos !== false).map(each => ({ value: each, label: tp(`k${each}`) }))} /></Row>
        {(kind === 'field' || kind === 'limit') && <Row label={tp('field')} wide><Select showSearch={{ optionFilterProp: 'label' }} aria-label={tp('field')} value={field} onChange={setField} options={fields.map(f => ({ value: f.name, label: f.label }))} /></Row>}
        {kind === 'limit' && <><Row label={tp('least')}><InputNumber aria-label={tp('least')} value={least} onChange={setLeast} /></Row><Row label={tp('most')}><InputNumber aria-label={tp('most')} value={most} onChange={setMost} /></Row></>}
        {kind === 'photo' && <Row label={tp('photos')}><InputNumber aria-label={tp('photos')} min={1} max={20} value={photos} onChange={value => setPhotos(value ?? 1)} /></Row>}
        <Row label={tp('code')}><Input aria-label={tp('code')} disabled={Boolean(last)} maxLength={40} placeholder="ZB-01" value={code} onChange={event => setCode(event.target.value)} /></Row>
        <Row label={tp('from')} wide><Input type="datetime-local" aria-label={tp('from')} value={from} onChange={event => setFrom(event.target.value)} /><small className="qc-faint">{tp('fromHint')}</small></Row>
        <Row label={tp('note')} wide><Input.TextArea aria-label={tp('note')} rows={2} maxLength={500} value={note} onChange={event => setNote(event.target.value)} /></Row>
      </div>
    </Modal>
  )
}

const Row = ({ label, wide = false, children }: { label: string, wide?: boolean, children: ReactNode }) => <div className={wide ? 'hr-wide' : undefined}><span className="qc-soft">{label}</span>{children}</div>
