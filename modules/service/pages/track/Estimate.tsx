import { api, ApiError, moneyText, Icon } from '@quancheng/ui'
import { useState } from 'react'
import type { TrackEstimate } from '../shared/types.ts'
import { tc } from './texts.ts'

/** The estimate on the customer's page: the lines, yes or no, once more to be sure, and nothing to sign in to (SP-32). */
export function Estimate({ estimate, path, who, query, onAnswered }: { estimate: TrackEstimate, path: string, who?: { number: string, code: string } | undefined, query: { tenant?: string }, onAnswered: () => void }) {
  const [sure, setSure] = useState<'accept' | 'decline' | null>(null)
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const answer = async () => {
    if (sure === 'decline' && !reason.trim()) { setProblem(tc('estimateReasonNeeded')); return }
    setBusy(true)
    setProblem(null)
    try { await api.post(`${path}/estimate`, { ...who, estimateId: estimate.id, answer: sure, ...(reason.trim() ? { reason: reason.trim() } : {}) }, { query, quiet: true }) }
    catch (error) { setProblem(error instanceof ApiError && error.status < 500 && error.status > 0 ? error.message : tc('down')) }
    finally { setBusy(false); setSure(null); onAnswered() }
  }
  const said = estimate.state === 'open' ? null : tc(`estimate_${estimate.state}`)
  return (
    <section className="sc-card sc-estimate" aria-label={tc('estimate')}>
      <h2>{tc('estimate')}</h2>
      <table><tbody>{estimate.lines.map((l, i) => <tr key={i}><td>{l.name}{l.quantity > 1 && <span> × {l.quantity}</span>}</td><td>¥{moneyText(l.amount)}</td></tr>)}</tbody>
        <tfoot><tr><td>{tc('estimateTotal')}</td><td>¥{moneyText(estimate.total)}</td></tr></tfoot></table>
      {estimate.note && <p className="qc-soft">{estimate.note}</p>}
      {estimate.open && estimate.validUntil && <p className="qc-soft">{tc('estimateUntil', { d: estimate.validUntil })}</p>}
      {said && <p className={`sc-said sc-said-${estimate.state}`}>{said}</p>}
      {problem && <p className="sc-problem" role="alert"><Icon name="warn" size={18} />{problem}</p>}
      {estimate.open && sure === null && <div className="sc-two"><button type="button" className="qc-button" onClick={() => setSure('decline')}>{tc('estimateNo')}</button><button type="button" className="qc-button qc-button-primary" onClick={() => setSure('accept')}>{tc('estimateYes')}</button></div>}
      {estimate.open && sure !== null && <div className="sc-sure">
        <p><b>{sure === 'accept' ? tc('estimateSureYes', { sum: `¥${moneyText(estimate.total)}` }) : tc('estimateSureNo')}</b></p>
        {sure === 'decline' && <><label htmlFor="sc-why">{tc('estimateReason')}</label><textarea id="sc-why" rows={3} maxLength={500} value={reason} onChange={event => { setReason(event.target.value); setProblem(null) }} /></>}
        <div className="sc-two"><button type="button" className="qc-button" disabled={busy} onClick={() => setSure(null)}>{tc('back')}</button><button type="button" className="qc-button qc-button-primary" disabled={busy} onClick={() => void answer()}>{tc('confirm')}</button></div>
      </div>}
    </section>
  )
}
