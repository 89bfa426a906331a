import { api, can, EntityPage, forget, ReasonDialog, useSay, type Page, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { tk } from './texts.ts'

/** One receipt. Booked wrongly it is taken back, never changed (CE-02). */
export default function ReceiptPage() {
  const id = useParams().id!
  return <EntityPage key={id} entity="receipt" id={id} actions={row => <Reverse row={row} />} />
}

function Reverse({ row }: { row: Row }) {
  const say = useSay()
  const [asking, setAsking] = useState(false)
  const taken = useQuery({ queryKey: ['entity', 'receipt', 'reversed', row.id], queryFn: ({ signal }) => api.get<Page<Row>>('/receipts', { query: { filter: { reversesId: row.id }, limit: 1 }, signal, quiet: true }) })
  const by = taken.data?.items[0]
  const reverse = async (reason: string) => { try { await api.post(`/receipts/${row.id}/reverse`, { reason }); await forget('receipt', 'instalment'); setAsking(false); say.ok(tk('reversed')) } catch (error) { say.error(error) } }
  if (by) return <Link to={`/e/receipts/${by.id}`}>{tk('reversed')} {String(by.number)}</Link>
  if (!taken.data || row.reversesId || !can('receipt:reverse')) return null
  return <><button type="button" className="qc-button" onClick={() => setAsking(true)}>{tk('reverse')}</button>
    {asking && <ReasonDialog open danger title={tk('reverse')} hint={tk('reverseHint')} okText={tk('reverse')} onOk={reverse} onClose={() => setAsking(false)} />}</>
}
