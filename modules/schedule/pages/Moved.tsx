import { Modal } from 'antd'
import { useState } from 'react'
import type { How } from './api.ts'
import { ts } from './texts.ts'

const HOW: How[] = ['this', 'following', 'all']

/** A time of a series was dragged: which of them is meant. */
export function Moved({ name, when, onChoose }: { name: string, when: string, onChoose: (how: How | null) => void }) {
  const [busy, setBusy] = useState(false)
  return (
    <Modal open title={ts('howTitle')} footer={null} onCancel={() => onChoose(null)}>
      <p>{ts('movedAsk', { name, when })}</p>
      <div className="sc-acts">{HOW.map((how, i) => <button key={how} type="button" autoFocus={i === 0} disabled={busy} className={`qc-button${i === 0 ? ' qc-button-primary' : ''}`} onClick={() => { setBusy(true); onChoose(how) }}>{ts(how)}</button>)}</div>
    </Modal>
  )
}
