import './usage.css'
import { api, can, CasePanel, CopyText, EntityPage, ErrorState, forget, keys, Skeleton, TaskPanel, useLive, useSay, type CaseView, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { tu } from './texts.ts'

/** One request for an account: the step that is open now, and what comes after it. */
export default function AccountRequestPage() {
  const id = useParams().id!
  return <EntityPage key={id} entity="accountRequest" id={id} actions={row => <After row={row} />} top={row => <Open row={row} />} tabs={row => [{ key: 'course', label: tu('course'), content: <CasePanel entity="accountRequest" recordId={row.id} /> }]} />
}

function After({ row }: { row: Row }) {
  const say = useSay(), [link, setLink] = useState<string | null>(null)
  if (row.stage !== 'done') return null
  const make = async () => {
    try { setLink(new URL((await api.post<{ link: string }>(`/account-requests/${row.id}/password-link`)).link, location.origin).href) } catch (error) { say.error(error) }
  }
  if (row.kind === 'leave') return can('user:handOver') ? <Link className="qc-button qc-button-primary" to={`/handover?from=${String(row.userId)}`}>{tu('handover')}</Link> : null
  if (row.kind !== 'join' || !can('accountRequest:carryOut')) return null
  return link ? <span><span className="qc-soft">{tu('linkHint')}</span> <CopyText value={link} /></span> : <button type="button" className="qc-button" onClick={() => void make()}>{tu('link')}</button>
}

function Open({ row }: { row: Row }) {
  const read = useQuery({ queryKey: keys.part('accountRequest', row.id, 'case'), queryFn: ({ signal }) => api.get<Omit<CaseView, 'steps'> & { steps: Array<{ id: string, state: string }> }>(`/cases/accountRequest/${row.id}`, { signal, quiet: true }) })
  useLive(change => change.id === row.id, () => void forget('accountRequest'))
  if (read.isPending) return <section className="qc-panel"><Skeleton lines={3} /></section>
  if (read.isError) return <section className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></section>
  return <>{read.data.steps.filter(s => ['waiting', 'active', 'paused'].includes(s.state)).map(s => <section key={s.id} className="qc-panel qc-panel-pad us-top"><TaskPanel taskId={s.id} onDone={() => void read.refetch()} /></section>)}</>
}
