import { useState } from 'react'
import { Input, Modal } from 'antd'
import { t } from '../core/texts.ts'

type Props = { open: boolean, title: string, hint?: string | undefined, danger?: boolean, okText?: string, minLength?: number, onOk: (reason: string) => Promise<void>, onClose: () => void }

/** Asks for a reason that will stay on record. */
export function ReasonDialog({ open, title, hint, danger = false, okText, minLength = 2, onOk, onClose }: Props) {
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async () => {
    setBusy(true)
    try { await onOk(reason.trim()) } finally { setBusy(false) }
  }
  return (
    <Modal open={open} title={title} onCancel={onClose} onOk={() => void submit()} okText={okText ?? t('ok')} confirmLoading={busy} okButtonProps={{ danger, disabled: reason.trim().length < minLength }} destroyOnHidden>
      {hint && <p className="qc-soft" style={{ marginBottom: 8 }}>{hint}</p>}
      <Input.TextArea autoFocus aria-label={t('reason')} placeholder={t('reason')} maxLength={500} autoSize={{ minRows: 2 }} value={reason} onChange={event => setReason(event.target.value)}
        onKeyDown={event => { if (event.key === 'Enter' && event.ctrlKey && reason.trim().length >= minLength) void submit() }} />
    </Modal>
  )
}
