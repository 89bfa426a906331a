import { api, can, EmptyState, ErrorState, PageFrame, Skeleton, Tag, useSay, useSession } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { MergeDialog } from './MergeDialog.tsx'
import { tc } from './texts.ts'
import type { Double } from './types.ts'
import './customer.css'

/** Pairs of customers that may be one (CU-07). */
export default function DoublesPage() {
  const read = useQuery({ queryKey: ['customer', 'doubles'], queryFn: ({ signal }) => api.get<{ items: Double[] }>('/customer-doubles', { signal }) })
  const [pair, setPair] = useState<[string, string] | null>(null), session = useSession(), say = useSay(), mayMerge = can('customer:merge', session)
  const dismiss = async (d: Double): Promise<void> => {
    try { await api.post('/customer-doubles/dismiss', { a: d.a.id, b: d.b.id }); await read.refetch() } catch (error) { say.error(error) }
  }
  return (
    <PageFrame title={tc('doublesTitle')}>
      <section className="qc-panel">
        {read.isPending ? <Skeleton lines={6} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
          : !read.data.items.length ? <EmptyState icon="customers" title={tc('noDoubles')} hint={tc('noDoublesHint')} /> : (
            <ul className="cu-pairs">{read.data.items.map(d => (
              <li key={d.a.id + d.b.id}>
                <Link to={`/e/customers/${d.a.id}`}>{d.a.name}</Link><Link to={`/e/customers/${d.b.id}`}>{d.b.name}</Link>
                <span>{d.why.map(w => <Tag key={w} color={w === 'name' ? 'blue' : 'orange'}>{w === 'name' && d.why.length === 1 ? tc('alike', { n: Math.round(d.likeness * 100) }) : tc(w)}</Tag>)}</span>
                {mayMerge && <span className="cu-acts"><button type="button" className="qc-button" onClick={() => setPair([d.a.id, d.b.id])}>{tc('merge')}</button><button type="button" className="qc-button" onClick={() => void dismiss(d)}>{tc('notSame')}</button></span>}
              </li>
            ))}</ul>
          )}
      </section>
      {pair && <MergeDialog ids={pair} onClose={() => setPair(null)} />}
    </PageFrame>
  )
}
