import './contracts.css'
import { api, can, CasePanel, EntityPage, fieldOf, forget, Icon, listHref, Markdown, moneyText, Panels, parseMarkdown, ReasonDialog, Skeleton, Tag, useEntity, useSay, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { Deal } from './Deal.tsx'
import { PlanDialog } from './PlanDialog.tsx'
import { receiptOf } from './receipt-of.ts'
import { SignDialog } from './SignDialog.tsx'
import { tk } from './texts.ts'

type Execution = { orders: number, inForce: string, delivered: string, paid: string, invoiced: string, receivable: string, percent: string, milestonesLate: number, entry: { late: boolean, enteredOn: string | null, workingDays: number, lastDay: string } | null, scanToSign: boolean }

/** One contract: its state and what can be done now, how far it is carried out, its text, everything that hangs on it. */
export default function ContractPage() {
  const id = useParams().id!
  return <EntityPage key={id} entity="contract" id={id} hideFields={['content', 'changed', 'renewalFor']} actions={row => <Acts row={row} />} top={row => <><Head row={row} /><Deal row={row} /><Panels place="contract.main" row={row} /><Panels place="contract.side" row={row} /></>}
    tabs={row => [{ key: 'text', label: tk('text'), content: <Text row={row} /> }, { key: 'course', label: tk('course'), content: <CasePanel entity="contract" recordId={row.id} /> }]} />
}

export function State({ entity, value }: { entity: string, value: unknown }) {
  const meta = useEntity(entity), option = meta && fieldOf(meta, 'state')?.options?.find(each => each.value === value)
  return <Tag color={option?.color === 'default' ? undefined : option?.color}>{option?.label ?? String(value)}</Tag>
}

const useExecution = (row: Row) => useQuery({ queryKey: ['contracts', 'execution', row.id, row.version], queryFn: ({ signal }) => api.get<Execution>(`/contracts/${row.id}/execution`, { signal }) })

function Head({ row }: { row: Row }) {
  const read = useExecution(row)
  const e = read.data, rows = (plural: string) => listHref(plural, { contractId: row.id })
  return (
    <section className="qc-panel kc-panel">
      <header><h2>{tk('execution')} {e ? `${e.percent}%` : ''}</h2><State entity="contract" value={row.state} /></header>
      {!e ? <Skeleton lines={2} /> : <>
        <div className="kc-head">
          <Link to={rows('contract-lines')}><span>{tk('inForce')}</span><b>{moneyText(e.inForce)}</b></Link>
          <Link to={rows('deliveries')}><span>{tk('delivered')}</span><b>{moneyText(e.delivered)}</b></Link>
          <Link to={rows('receipts')}><span>{tk('paid')}</span><b>{moneyText(e.paid)}</b></Link>
          <Link to={rows('instalments')}><span>{tk('receivable')}</span><b>{moneyText(e.receivable)}</b></Link>
          <Link to={rows('invoices')}><span>{tk('invoiced')}</span><b>{moneyText(e.invoiced)}</b></Link>
        </div>
        <div className="kc-bar" role="progressbar" aria-label={tk('execution')} aria-valuenow={Number(e.percent)} aria-valuemin={0} aria-valuemax={100}><i style={{ width: `${Math.min(100, Number(e.percent))}%` }} /></div>
        {e.milestonesLate > 0 && <p className="kc-note qc-danger"><Icon name="warn" size={14} /> <Link to={listHref('milestones', { contractId: row.id, doneOn: { isNull: true } })}>{tk('late', { n: e.milestonesLate })}</Link></p>}
        {e.entry?.late && !e.entry.enteredOn && <p className="kc-note qc-danger"><Icon name="warn" size={14} /> {tk('entryLate', { n: e.entry.workingDays, d: e.entry.lastDay })}</p>}
      </>}
    </section>
  )
}

function Text({ row }: { row: Row }) {
  const read = useQuery({ queryKey: ['contracts', 'text', row.id, row.version], queryFn: ({ signal }) => api.get<{ text: string, missing: string[] }>(`/contracts/${row.id}/text`, { signal }) })
  if (!read.data) return <Skeleton lines={8} />
  return <div className="kc-text">{read.data.missing.length > 0 && <p className="qc-soft">{tk('missing', { words: read.data.missing.join('、') })}</p>}<Markdown blocks={parseMarkdown(read.data.text)} /></div>
}

function Acts({ row }: { row: Row }) {
  const say = useSay(), navigate = useNavigate()
  const exec = useExecution(row).data, orders = exec?.orders
  const [open, setOpen] = useState<'sign' | 'terminate' | 'plan' | null>(null)
  const [busy, setBusy] = useState(false)
  const act = async (verb: string, body: Record<string, unknown>, done: string) => {
    setBusy(true)
    try { const answer = await api.post<{ state?: string, id?: string }>(`/contracts/${row.id}/${verb}`, body); say.ok(answer.state === 'approved' ? tk('noApproval') : done); setOpen(null); await forget('contract', 'instalment'); return answer } catch (error) { say.error(error); return null } finally { setBusy(false) }
  }
  const button = (label: string, run: () => void, primary = false) => <button key={label} type="button" disabled={busy} className={`qc-button${primary ? ' qc-button-primary' : ''}`} onClick={run}>{label}</button>
  const is = (...states: string[]) => states.includes(String(row.state)), may = can('contract:update')
  return (
    <>
      <a className="qc-button" href={`/api/contracts/${row.id}/contract.pdf`} target="_blank" rel="noreferrer">{tk('pdf')}</a>
      {may && is('draft') && button(tk('submit'), () => void act('submit', {}, tk('submitted')), true)}
      {may && is('approved') && button(tk('sign'), () => setOpen('sign'), true)}
      {may && is('approved') && button(tk('reopen'), () => void act('move', { act: 'reopen' }, tk('done')))}
      {is('active') && can('salesOrder:create') && button(tk('order'), () => void act('order', { withLines: orders === 0 && row.kind === 'single' }, tk('done')).then(a => a?.id && navigate(`/e/sales-orders/${a.id}`)), true)}
      {is('active', 'expired') && can('receipt:create') && <Link className="qc-button qc-button-primary" to={`/e/receipts/new?${new URLSearchParams({ contractId: row.id, ...receiptOf(row) })}`}>{tk('book')}</Link>}
      {may && is('draft', 'approved', 'active') && button(tk('plan'), () => setOpen('plan'))}
      {may && is('active', 'expired') && button(tk('finish'), () => void act('move', { act: 'finish' }, tk('done')))}
      {may && is('expired') && button(tk('extend'), () => void act('move', { act: 'extend' }, tk('done')))}
      {may && is('draft', 'approved', 'active', 'expired') && button(tk('terminate'), () => setOpen('terminate'))}
      {open === 'sign' && <SignDialog row={row} needed={exec?.scanToSign ?? false} onSigned={async () => { await forget('contract', 'instalment') }} onClose={() => setOpen(null)} />}
      {open === 'plan' && <PlanDialog contractId={row.id} onClose={() => setOpen(null)} />}
      {open === 'terminate' && <ReasonDialog open danger title={tk('terminate')} hint={tk('terminateHint')} okText={tk('terminate')} onOk={async reason => { await act('terminate', { reason }, tk('done')) }} onClose={() => setOpen(null)} />}
    </>
  )
}
