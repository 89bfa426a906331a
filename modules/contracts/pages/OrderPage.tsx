import './contracts.css'
import { api, ApiError, can, CasePanel, EntityPage, forget, moneyText, Panels, ReasonDialog, useSay, type Row } from '@quancheng/ui'
import { useState } from 'react'
import { useParams } from 'react-router'
import { DeliverDialog } from './DeliverDialog.tsx'
import { State } from './ContractPage.tsx'
import { Lines } from './OrderLines.tsx'
import { tk } from './texts.ts'

type Over = { over: string, limit: string, open: string }

/** One order: its lines, typed without a mouse, its total at once, and what is to be done with it. */
export default function OrderPage() {
  const id = useParams().id!
  return <EntityPage key={id} entity="salesOrder" id={id} actions={row => <Acts row={row} />} top={row => <><section className="qc-panel kc-panel"><header><h2>{tk('lines')}</h2><span>{moneyText(String(row.amount ?? '0'))} <State entity="salesOrder" value={row.state} /></span></header>{typeof row.refusal === 'string' && row.refusal && <p className="kc-error" role="alert">{tk('refusal', { r: row.refusal })}</p>}<Lines order={row} /></section><Panels place="salesOrder.main" row={row} /></>}
    tabs={row => [{ key: 'course', label: tk('course'), content: <CasePanel entity="salesOrder" recordId={row.id} /> }]} />
}

function Acts({ row }: { row: Row }) {
  const say = useSay()
  const [over, setOver] = useState<Over | null>(null)
  const [cancelling, setCancelling] = useState(false)
  const [delivering, setDelivering] = useState(false)
  const [busy, setBusy] = useState(false)
  const act = async (verb: string, body: Record<string, unknown> = {}) => {
    setBusy(true)
    try {
      const answer = await api.post<{ warnings?: Array<{ item: string, agreed: string }> }>(`/sales-orders/${row.id}/${verb}`, body)
      for (const w of answer.warnings ?? []) say.warn(tk('volume', w))
      say.ok(tk(verb === 'confirm' ? 'confirmed' : 'done')); setOver(null); setCancelling(false)
      await forget('salesOrder', 'orderLine', 'delivery')
    } catch (error) {
      if (error instanceof ApiError && error.code === 'ORDER_CREDIT') setOver(error.details as Over)
      say.error(error)
    } finally { setBusy(false) }
  }
  if (!can('salesOrder:update')) return null
  const is = (...states: string[]) => states.includes(String(row.state))
  return (
    <>
      {over && <span className="qc-danger">{tk('overCredit', over)}</span>}
      {is('draft') && over && <button type="button" className="qc-button qc-button-primary" disabled={busy} onClick={() => void act('ask-credit')}>{tk('askCredit')}</button>}
      {is('draft') && !over && <button type="button" className="qc-button qc-button-primary" disabled={busy} onClick={() => void act('confirm')}>{tk('confirm')}</button>}
      {is('confirmed', 'delivering') && <button type="button" className="qc-button qc-button-primary" disabled={busy} onClick={() => void act('deliver')}>{tk('deliver')}</button>}
      {is('confirmed', 'delivering') && <button type="button" className="qc-button" disabled={busy} onClick={() => setDelivering(true)}>{tk('deliverPart')}</button>}
      {delivering && <DeliverDialog orderId={row.id} onClose={() => setDelivering(false)} />}
      {is('draft', 'confirmed') && <button type="button" className="qc-button" disabled={busy} onClick={() => setCancelling(true)}>{tk('cancel')}</button>}
      {cancelling && <ReasonDialog open danger title={tk('cancel')} okText={tk('cancel')} onOk={reason => act('cancel', { reason })} onClose={() => setCancelling(false)} />}
    </>
  )
}
