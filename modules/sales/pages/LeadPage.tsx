import './sales.css'
import { api, can, EntityPage, forget, ReasonDialog, useSay, useSession, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { Actions } from './Action.tsx'
import { AssignDialog, ConvertDialog } from './LeadDialogs.tsx'
import { ts } from './texts.ts'

const OPEN = ['new', 'pool', 'assigned', 'working']

/** One lead: call it, write down what came of it, make a customer of it, or give it back. */
export default function LeadPage() {
  const id = useParams().id!
  return <EntityPage key={id} entity="lead" id={id} back="/leads" top={row => <Top row={row} />} actions={row => <Buttons row={row} />} />
}

function Buttons({ row }: { row: Row }) {
  const session = useSession()
  const say = useSay()
  const navigate = useNavigate()
  const [asking, setAsking] = useState<'give-back' | 'discard' | 'assign' | 'convert' | null>(null)
  if (!OPEN.includes(String(row.state))) return null
  const because = async (reason: string) => {
    try { await api.post(`/leads/${row.id}/${asking!}`, { reason }); await forget('lead'); setAsking(null); if (asking === 'give-back') void navigate('/leads') } catch (error) { say.error(error) }
  }
  const take = async () => { try { await api.post(`/leads/${row.id}/take`); say.ok(ts('taken', { n: String(row.name) })); await forget('lead') } catch (error) { say.error(error) } }
  return (
    <>
      {row.state === 'pool' && can('lead:take') && <button type="button" className="qc-button qc-button-primary" onClick={() => void take()}>{ts('take')}</button>}
      {can('lead:update') && row.ownerId ? <>{!session.outside && <button type="button" className="qc-button qc-button-primary" onClick={() => setAsking('convert')}>{ts('convert')}</button>}<button type="button" className="qc-button" onClick={() => setAsking('give-back')}>{ts('giveBack')}</button></> : null}
      {can('lead:assign') && <button type="button" className="qc-button" onClick={() => setAsking('assign')}>{ts('assign')}</button>}
      {can('lead:update') && <button type="button" className="qc-button" onClick={() => setAsking('discard')}>{ts('discard')}</button>}
      <ReasonDialog open={asking === 'give-back' || asking === 'discard'} title={ts(asking === 'discard' ? 'discard' : 'giveBack')} danger={asking === 'discard'} onOk={because} onClose={() => setAsking(null)} />
      {asking === 'assign' && <AssignDialog ids={[row.id]} onClose={() => setAsking(null)} onDone={() => setAsking(null)} />}
      {asking === 'convert' && <ConvertDialog row={row} onClose={() => setAsking(null)} />}
    </>
  )
}

function Top({ row }: { row: Row }) {
  const session = useSession()
  const mine = row.ownerId === session.user.id, unread = mine && !row.readAt
  useEffect(() => { if (unread) void api.post(`/leads/${row.id}/see`).then(() => forget('lead')).catch(() => undefined) }, [unread, row.id])
  const about = Object.fromEntries((['phone', 'mail', 'company'] as const).filter(n => typeof row[n] === 'string' && row[n] && !row.$masked?.includes(n)).map(n => [n, String(row[n])]))
  const like = useQuery({ queryKey: ['entity', 'lead', 'doubles', row.id, about], enabled: !session.outside && Object.keys(about).length > 0 && OPEN.includes(String(row.state)), queryFn: ({ signal }) => api.get<{ items: Array<{ what: 'lead' | 'customer', label: string, owner: string | null }> }>('/leads/doubles', { query: { ...about, except: row.id }, signal }) })
  return (
    <div className="qc-stack sa-top">
      {(like.data?.items.length ?? 0) > 0 && <section className="qc-panel qc-panel-pad" role="note"><b>{ts('doubles')}</b>：{like.data!.items.map(i => `${ts(i.what === 'lead' ? 'leadWord' : 'customerWord')} ${i.label}（${i.owner ? ts('ownerOf', { n: i.owner }) : ts('nobody')}）`).join('；')}</section>}
      {row.state === 'converted' && <section className="qc-panel qc-panel-pad sa-bar"><b>{ts('converted')}</b>{row.customerId ? <Link to={`/e/customers/${String(row.customerId)}`}>{row.$labels?.customerId}</Link> : null}{row.opportunityId ? <Link to={`/e/opportunities/${String(row.opportunityId)}`}>{row.$labels?.opportunityId}</Link> : null}</section>}
      {can('engagement:read') && <Actions about={{ leadId: row.id }} />}
    </div>
  )
}
