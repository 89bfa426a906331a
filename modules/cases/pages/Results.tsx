import { Icon } from '@quancheng/ui'
import { tc } from './texts.ts'
import type { ActedOn } from './types.ts'

/** What was done and what was not, with the reason of each; reasons that many share are said once. */
export function Results({ acted, onClose }: { acted: ActedOn, onClose: () => void }) {
  const refused = Map.groupBy(acted.results.filter(each => !each.ok), each => each.message ?? each.code ?? '')
  return (
    <div className="qc-notice cs-results" role="status">
      <b>{acted.done === 0 ? tc('nothingDone', { m: acted.refused }) : tc('doneSome', { n: acted.done, m: acted.refused })}</b>
      <button type="button" className="qc-icon-button" aria-label={tc('close')} onClick={onClose}><Icon name="close" size={14} /></button>
      <ul>{[...refused].map(([message, each]) => <li key={message}>{each.map(one => one.label ?? tc('hidden')).join('、')}：{message}</li>)}</ul>
      <span className="qc-soft">{tc('stillSelected')}</span>
    </div>
  )
}
