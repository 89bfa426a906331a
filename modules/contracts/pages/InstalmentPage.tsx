import { sumDecimal } from '@quancheng/kernel/money'
import { can, EntityPage, type Row } from '@quancheng/ui'
import { Link, useParams } from 'react-router'
import { receiptOf } from './receipt-of.ts'
import { tk } from './texts.ts'

/** One sum that falls due; whoever books money begins the receipt here with what is still open. */
export default function InstalmentPage() {
  const id = useParams().id!
  return <EntityPage key={id} entity="instalment" id={id} actions={row => <Book row={row} />} />
}

function Book({ row }: { row: Row }) {
  if (row.settledOn || !can('receipt:create')) return null
  const first = { instalmentId: row.id, ...receiptOf(row), ...(row.contractId ? { contractId: String(row.contractId) } : {}), amount: sumDecimal([String(row.amount), `-${String(row.received ?? '0.00')}`]) }
  return <Link className="qc-button qc-button-primary" to={`/e/receipts/new?${new URLSearchParams(first)}`}>{tk('book')}</Link>
}
