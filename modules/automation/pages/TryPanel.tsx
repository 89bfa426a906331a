import { Icon, RefPicker, useSay } from '@quancheng/ui'
import { useState } from 'react'
import { automationApi, type Draft, type Tried } from './api.ts'
import { ta } from './texts.ts'

/** What the rule, as it stands on the screen, would do to a record. */
export function TryPanel({ draft }: { draft: Draft }) {
  const say = useSay()
  const [record, setRecord] = useState<string | null>(null)
  const [tried, setTried] = useState<Tried | null>(null)
  const [busy, setBusy] = useState(false)
  const go = async () => {
    setBusy(true)
    try { setTried(await automationApi.attempt({ ...draft, name: draft.name.trim() || ta('newRule') }, record!)) } catch (error) { setTried(null); say.error(error) } finally { setBusy(false) }
  }
  return (
    <aside className="qc-panel au-try" aria-label={ta('tryIt')}>
      <h2>{ta('tryIt')}</h2>
      <p className="qc-soft">{ta('tryHint')}</p>
      <RefPicker key={draft.entity} entity={draft.entity} ariaLabel={ta('record')} placeholder={ta('record')} value={record} onChange={value => { setRecord(typeof value === 'string' ? value : null); setTried(null) }} />
      <button type="button" className="qc-button" disabled={!record || busy || draft.actions.length === 0} onClick={() => void go()}><Icon name="play" />{ta('tryIt')}</button>
      <div role="status" aria-live="polite">
        {tried && (tried.problem ? <p className="qc-danger">{ta('cannot')}：{tried.problem}</p>
          : !tried.holds ? <p className="qc-soft"><Icon name="minus" /> {ta('wouldNot')}</p>
            : <><p><b>{ta('wouldDo')}</b></p><ol className="au-steps">{tried.steps.map((step, i) => <li key={i}>{step}</li>)}</ol></>)}
      </div>
    </aside>
  )
}
