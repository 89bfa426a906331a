import { api, ApiError, forget, Icon, RefPicker, useSay, type Row } from '@quancheng/ui'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { text } from './shared.tsx'
import { tv } from './texts.ts'

/** The complaint is another station's: who takes it over, and why. Afterwards it may be out of sight, so the way leads back to the list. */
export function HandOver({ row }: { row: Row }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="qc-button" onClick={() => setOpen(true)}><Icon name="swap" size={15} /> {tv('handOver')}</button>
      {open && <Ask row={row} onClose={() => setOpen(false)} />}
    </>
  )
}

function Ask({ row, onClose }: { row: Row, onClose: () => void }) {
  const say = useSay()
  const navigate = useNavigate()
  const [unitId, setUnitId] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const send = async () => {
    const missing = [...(unitId ? [] : ['unitId']), ...(reason.trim() ? [] : ['reason'])]
    if (missing.length) { setErrors(Object.fromEntries(missing.map(name => [name, tv('required')]))); document.getElementById(`vo-hand-${missing[0]}`)?.focus(); return }
    setBusy(true)
    try {
      const { unit } = await api.post<{ unit: string }>(`/complaints/${row.id}/transfer`, { unitId, reason: reason.trim() }, { quiet: true })
      say.ok(tv('handedOver', { u: unit }))
      void navigate('/complaints')
      await forget('complaint', 'task')
    } catch (error) {
      const fields = error instanceof ApiError ? (error.details.fields as Array<{ field: string, message: string }> | undefined) : undefined
      if (fields) setErrors(Object.fromEntries(fields.map(each => [each.field, each.message])))
      else say.error(error)
      setBusy(false)
    }
  }
  return (
    <Modal open title={`${tv('handOver')} · ${text(row.number)}`} okText={tv('handOver')} confirmLoading={busy} onOk={() => void send()} onCancel={onClose} mask={{ closable: false }}>
      <form className="vo-form" noValidate onSubmit={event => { event.preventDefault(); void send() }}>
        <p className="vo-wide qc-soft">{tv('handOverHint')}</p>
        <label className="vo-wide" htmlFor="vo-hand-unitId"><span>{tv('handOverTo')}</span><RefPicker id="vo-hand-unitId" entity="unit" ariaLabel={tv('handOverTo')} filter={{ kind: { in: ['station', 'department', 'hq'] } }} value={unitId} onChange={v => { setUnitId(typeof v === 'string' ? v : null); setErrors({}) }} />{errors.unitId && <em className="vo-error" role="alert">{errors.unitId}</em>}</label>
        <label className="vo-wide" htmlFor="vo-hand-reason"><span>{tv('handOverWhy')}</span><Input id="vo-hand-reason" maxLength={500} {...(errors.reason ? { status: 'error' as const } : {})} value={reason} onChange={event => { setReason(event.target.value); setErrors({}) }} />{errors.reason && <em className="vo-error" role="alert">{errors.reason}</em>}</label>
        <input type="submit" hidden />
      </form>
    </Modal>
  )
}
