import { api, can, EntityPage, forget, useSay, type Row } from '@quancheng/ui'
import { useState } from 'react'
import { useParams } from 'react-router'
import { tk } from './texts.ts'

/** One change of a contract's amount; it counts from its approval on (CE-01). */
export default function ChangeOrderPage() {
  const id = useParams().id!
  return <EntityPage key={id} entity="changeOrder" id={id} actions={row => <Approve row={row} />} />
}

function Approve({ row }: { row: Row }) {
  const say = useSay()
  const [busy, setBusy] = useState(false)
  const approve = async () => { setBusy(true); try { await api.post(`/change-orders/${row.id}/approve`); await forget('changeOrder', 'contract'); say.ok(tk('approved')) } catch (error) { say.error(error) } finally { setBusy(false) } }
  if (row.approvedOn || !can('changeOrder:approve')) return null
  return <button type="button" className="qc-button qc-button-primary" disabled={busy} onClick={() => void approve()}>{tk('approveChange')}</button>
}
