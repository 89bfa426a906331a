import './nodes.css'
import { zoned } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { nodesApi } from './api.ts'
import { tn } from './texts.ts'

const POLL_MS = 5000
const two = (at: string): string => { const p = zoned(new Date(at)); return `${p.hour}:${p.minute}` }

/** In the header of a station's own machine: whether head office has everything, and since when it has not. At head office there is nothing, and nothing is asked again. */
export default function Badge() {
  const read = useQuery({ queryKey: ['nodes', 'here'], queryFn: ({ signal }) => nodesApi.here(signal), refetchInterval: query => (query.state.data?.station ? POLL_MS : false), staleTime: POLL_MS, retry: false })
  const s = read.data?.station
  if (!s) return null
  const send = s.waiting > 0 ? tn('toSend', { n: s.waiting }) : ''
  if (s.error) return <span className="no-badge no-badge-bad" role="status" title={s.error.replace(/^[A-Z_]+ /, '')}>{tn('refused')}<span className="no-more">{send && ` · ${send}`}</span></span>
  if (s.cutSince) return <span className="no-badge no-badge-cut" role="status" title={tn('works')}>{tn('cut', { since: two(s.cutSince) })}<span className="no-more">{send && ` · ${send}`}</span></span>
  return <span className="no-badge" role="status" title={s.syncedAt ? tn('syncedAt', { at: two(s.syncedAt) }) : undefined}>{send || tn('synced')}</span>
}
