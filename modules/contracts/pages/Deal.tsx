import { api, can, fieldOf, forget, keys, refusalOf, useEntity, useLive, useSay, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { tk } from './texts.ts'

/** The deal behind a contract that is in force: signed, it can be won from here; from an earlier stage its page is the way. */
export function Deal({ row }: { row: Row }) {
  const say = useSay(), meta = useEntity('opportunity')
  const [busy, setBusy] = useState(false)
  const id = typeof row.opportunityId === 'string' ? row.opportunityId : ''
  const read = useQuery({ queryKey: keys.row('opportunity', id), queryFn: ({ signal }) => api.get<Row>(`/opportunities/${id}`, { signal, quiet: true }), enabled: id !== '' && row.state === 'active' && can('opportunity:read'), staleTime: 0 })
  // it goes on elsewhere, by its owner or by a task
  useLive(change => change.id === id, () => void read.refetch())
  const deal = read.data
  if (!deal || deal.outcome !== 'open' || row.state !== 'active') return null
  const stage = (meta && fieldOf(meta, 'stage')?.options?.find(o => o.value === deal.stage)?.label) ?? String(deal.stage)
  const win = async () => {
    setBusy(true)
    try {
      const done = await api.post<{ pending?: boolean }>(`/opportunities/${id}/move`, { to: 'won' })
      await forget('opportunity')
      await read.refetch()
      say.ok(tk(done.pending ? 'wonAsked' : 'won'))
    } catch (error) { const missing = refusalOf(error)?.missing ?? []; say.error(missing.length ? tk('wonMissing', { words: missing.join('、') }) : error) } finally { setBusy(false) }
  }
  return (
    <section className="qc-panel qc-panel-pad kc-deal">
      <span>{tk('dealOpen', { stage })} <Link to={`/e/opportunities/${id}`}>{String(deal.number)} {String(deal.name)}</Link></span>
      {deal.stage === 'sign' && can('opportunity:move') && <button type="button" className="qc-button qc-button-primary" disabled={busy} onClick={() => void win()}>{tk('win')}</button>}
    </section>
  )
}
