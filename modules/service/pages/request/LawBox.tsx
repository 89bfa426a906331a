import { api, Icon, keys, Tag, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { tr } from '../repeat/texts.ts'

type Limit = { right: string, cause: 'own' | 'parts', days: number, left: number, basis: string | null }
type Law = { days: { own: number, parts: number } | null, limits: Limit[], rights: string[] }

const RIGHT: Record<string, 'replace' | 'loaner' | 'refund'> = { replace: 'replace', loaner: 'loaner', refund: 'refund' }

/** 返修 and 三包: is the device back from a repair of ours, and how long the law gives us (SP-28, SP-29). Shown only where there is something to say. */
export function LawBox({ request }: { request: Row }) {
  const read = useQuery({ queryKey: keys.part('serviceRequest', request.id, 'law'), queryFn: ({ signal }) => api.get<Law>(`/service-requests/${request.id}/law`, { signal }) })
  const repeat = typeof request.repeatDays === 'number' ? request.repeatDays : null
  const law = read.data
  if (repeat === null && !law?.limits.length && !law?.rights.length) return null
  const was = (request.$labels as Record<string, string> | undefined)?.repeatOfId
  return (
    <section className="qc-panel">
      <header><h2>{tr('lawTitle')}</h2></header>
      <div className="qc-panel-pad sr-law">
        {repeat !== null && <p><Tag color="volcano">{tr('repeat', { n: repeat })}</Tag> {typeof request.repeatOfId === 'string' && <Link to={`/e/service-requests/${request.repeatOfId}`}>{was ?? tr('earlier')}</Link>}<br /><span className="qc-soft">{tr('labourFree')}</span></p>}
        {law?.rights.map(right => <p key={right}><Tag color="red">{tr(RIGHT[right] ?? 'replace')}</Tag></p>)}
        {law?.days && <p>{tr('inRepair', { n: law.days.own })}</p>}
        {law?.days && request.endedAt === null && law.limits.map(limit => (
          <p key={`${limit.cause}${limit.right}`} className="qc-soft" title={limit.basis ?? undefined}>{tr('limit', { n: limit.days, right: tr(RIGHT[limit.right] ?? 'replace') })} · {limit.left > 0 ? tr('left', { n: limit.left }) : <b className="qc-danger"><Icon name="warn" size={13} />{tr('passed')}</b>}</p>
        ))}
      </div>
    </section>
  )
}
