import { listHref } from '@quancheng/ui'
import { Link } from 'react-router'
import { yuan } from '../shared.tsx'
import { tk } from '../texts.ts'
import type { GroupData } from './types.ts'

type Node = GroupData['tree'][number]

/** Companies below one another, each with its orders of twelve months; every figure opens them. */
export function Companies({ data }: { data: GroupData }) {
  const rows: Array<Node & { depth: number }> = []
  const walk = (parentId: string | null, depth: number): void => { for (const n of data.tree) if (n.parentId === parentId && n.id !== data.id && depth < 60) { rows.push({ ...n, depth }); walk(n.id, depth + 1) } }
  const top = data.tree.find(n => n.id === data.id)
  if (top) rows.push({ ...top, depth: 0 })
  walk(data.id, 1)
  const href = (id: string): string => listHref('sales-orders', { customerId: id, orderedOn: { gt: data.from, lte: data.until } })
  return <section className="qc-panel ka-wrap"><table className="ka-table"><thead><tr><th>{tk('branch')}</th><th className="ka-n ka-less">{tk('level')}</th><th className="ka-n">{tk('orders')}</th><th className="ka-n">{tk('year')}</th></tr></thead>
    <tbody>{rows.map(n => <tr key={n.id}><td style={{ paddingLeft: 12 + n.depth * 16 }}><Link to={`/e/customers/${n.id}`}>{n.name}</Link></td><td className="ka-n ka-less">{n.level ?? '—'}</td><td className="ka-n">{n.orders ? <Link to={href(n.id)}>{n.orders}</Link> : '·'}</td><td className="ka-n">{n.orders ? <Link to={href(n.id)}>{yuan(n.amount)}</Link> : '·'}</td></tr>)}</tbody></table></section>
}
