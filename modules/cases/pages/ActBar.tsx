import { api, can, Icon, useSay, type IconName } from '@quancheng/ui'
import { useState } from 'react'
import { ActDialog } from './ActDialog.tsx'
import { MOST } from './shown.ts'
import { tc } from './texts.ts'
import type { ActedOn, ActName, CaseLine, NodeActs } from './types.ts'

const ICONS: Record<ActName, IconName> = { handOver: 'swap', release: 'left', urge: 'bell', complete: 'check', pause: 'pause', resume: 'play', sendBack: 'back', cancel: 'close' }
const ACTS = Object.keys(ICONS) as ActName[]

type Place = Pick<CaseLine, 'caseId' | 'stepId' | 'seen' | 'node' | 'pausedFor'>
type Props = { places: readonly Place[], nodes: readonly NodeActs[], only?: readonly ActName[], onDone: (answer: ActedOn) => void }

/** Acts on the chosen cases. What may be done is decided case by case on the server; here only what makes no sense at all is left out. */
export function ActBar({ places, nodes, only = ACTS, onDone }: Props) {
  const say = useSay()
  const [asking, setAsking] = useState<ActName | null>(null)
  const [busy, setBusy] = useState(false)
  const at = new Set(places.map(place => place.node))
  const node = at.size === 1 ? nodes.find(each => at.has(each.nodeId)) : undefined
  const send = async (act: ActName, more: Record<string, unknown>) => {
    setBusy(true)
    try {
      const answer = await api.post<ActedOn>('/case-acts', { act, items: places.map(({ caseId, stepId, seen }) => ({ caseId, stepId, seen })), ...more }, { idempotencyKey: crypto.randomUUID(), timeoutMs: 600_000 })
      setAsking(null)
      onDone(answer)
    } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  const plain = (act: 'release' | 'urge' | 'resume', title: 'askRelease' | 'askUrge' | 'askResume') => async () => { if (await say.ask({ title: tc(title, { n: places.length }) })) await send(act, {}) }
  const run: Record<ActName, () => void> = {
    handOver: () => setAsking('handOver'), complete: () => setAsking('complete'), pause: () => setAsking('pause'), sendBack: () => setAsking('sendBack'), cancel: () => setAsking('cancel'),
    release: () => void plain('release', 'askRelease')(), urge: () => void plain('urge', 'askUrge')(), resume: () => void plain('resume', 'askResume')(),
  }
  // an outcome, a reason to pause, a step to go back to belong to one step
  const needsNode = (act: ActName): boolean => (act === 'complete' || act === 'pause') && !node
  const shown = only.filter(act => (act !== 'cancel' || can('process:operate')) && (act !== 'resume' || places.some(place => place.pausedFor !== null)) && (act !== 'pause' || !node || node.pauseReasons.length > 0) && ((act !== 'complete' && act !== 'release') || !node?.approval))
  const many = places.length > MOST
  return (
    <>
      <div className="cs-acts">{shown.map(act => (
        <button key={act} type="button" className={`qc-button${act === 'cancel' ? ' qc-danger' : ''}`} disabled={busy || many || places.length === 0 || needsNode(act)} title={many ? tc('tooMany', { n: MOST }) : needsNode(act) ? tc('oneStep') : undefined} onClick={run[act]}><Icon name={ICONS[act]} size={14} />{tc(act)}</button>
      ))}</div>
      {asking && <ActDialog act={asking} places={places} node={node} nodes={nodes} busy={busy} onSend={more => void send(asking, more)} onClose={() => setAsking(null)} />}
    </>
  )
}
