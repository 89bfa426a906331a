import { api, can, forget, moneyText, ReasonDialog, useSay, useSession } from '@quancheng/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { MergeDialog } from './MergeDialog.tsx'
import { tc } from './texts.ts'
import type { Credit, Double, Head, Side } from './types.ts'

/** What wants attention: credit, doubles, what was merged. */
export function Beside({ head }: { head: Head }) {
  const session = useSession(), mayMerge = can('customer:merge', session)
  const id = head.customer.id
  const doubles = useQuery({ queryKey: ['customer', id, 'doubles'], queryFn: ({ signal }) => api.get<{ items: Double[] }>('/customer-doubles', { query: { customerId: id }, signal }) })
  const found = doubles.data?.items ?? []
  return (
    <>
      {head.credit && <CreditBlock credit={head.credit} />}
      {found.length > 0 && <Doubles id={id} found={found} mayMerge={mayMerge} />}
      {head.mergedFrom.length > 0 && <Merged head={head} mayMerge={mayMerge} />}
      {!head.credit && !found.length && !head.mergedFrom.length && !head.inTree && <section className="qc-panel qc-panel-pad qc-soft">{tc('nothingOpen')}</section>}
    </>
  )
}

function CreditBlock({ credit: c }: { credit: Credit }) {
  return (
    <section className="qc-panel qc-panel-pad cu-block"><h2>{tc('credit')}</h2>
      <p>{c.grade ? tc('grade', { grade: c.grade, score: c.score ?? 0 }) : tc('noRecord')}</p>
      <dl>
        <div><dt>{tc('limit')}</dt><dd>{c.limit === null ? tc('noLimit') : moneyText(c.limit)}</dd></div>
        <div><dt>{tc('inUse')}</dt><dd>{moneyText(c.open)}</dd></div>
        {c.grade && <div><dt>{tc('proposed')}</dt><dd>{moneyText(c.proposed)}</dd></div>}
      </dl>
      {c.onTime !== null && <p className="qc-soft">{tc('onTime', { n: Math.round(c.onTime * 100) })}{c.oldestDays > 0 && ` · ${tc('oldest', { n: c.oldestDays })}`}</p>}
    </section>
  )
}

function Doubles({ id, found, mayMerge }: { id: string; found: Double[]; mayMerge: boolean }) {
  const [other, setOther] = useState<Side | null>(null), say = useSay(), client = useQueryClient()
  const dismiss = async (d: Double): Promise<void> => {
    try { await api.post('/customer-doubles/dismiss', { a: d.a.id, b: d.b.id }); await client.invalidateQueries({ queryKey: ['customer', id, 'doubles'] }) } catch (error) { say.error(error) }
  }
  return (
    <section className="qc-panel qc-panel-pad cu-block cu-alert"><h2>{tc('doubles')}</h2><p className="qc-soft">{tc('doublesHint')}</p>
      <ul className="cu-people">{found.slice(0, 5).map(d => {
        const side = d.a.id === id ? d.b : d.a
        return <li key={side.id}><Link to={`/e/customers/${side.id}`}>{side.name}</Link> <span className="qc-soft">{d.why.map(w => tc(w)).join('、')}</span>
          {mayMerge && <div className="cu-acts"><button type="button" className="qc-button" onClick={() => setOther(side)}>{tc('merge')}</button><button type="button" className="qc-button" onClick={() => void dismiss(d)}>{tc('notSame')}</button></div>}</li>
      })}</ul>
      {other && <MergeDialog ids={[id, other.id]} onClose={() => setOther(null)} />}
    </section>
  )
}

function Merged({ head, mayMerge }: { head: Head; mayMerge: boolean }) {
  const [undoing, setUndoing] = useState<Head['mergedFrom'][number] | null>(null), say = useSay(), client = useQueryClient()
  const undo = async (reason: string): Promise<void> => {
    try {
      const { kept } = await api.post<{ kept: string[] }>(`/customer-merges/${undoing!.merge}/undo`, { reason })
      say.ok(kept.length ? tc('undoneBut', { kept: kept.join('、') }) : tc('undone'))
      setUndoing(null)
      await forget('customer')
      await client.invalidateQueries({ queryKey: ['customer'] })
    } catch (error) { say.error(error) }
  }
  return (
    <section className="qc-panel qc-panel-pad cu-block"><h2>{tc('mergedFrom')}</h2>
      <ul className="cu-people">{head.mergedFrom.map(m => <li key={m.merge}>{m.name}{mayMerge && <div className="cu-acts"><button type="button" className="qc-button" onClick={() => setUndoing(m)}>{tc('undo')}</button></div>}</li>)}</ul>
      {undoing && <ReasonDialog open title={tc('undoTitle', { name: undoing.name })} hint={tc('undoHint')} onOk={undo} onClose={() => setUndoing(null)} />}
    </section>
  )
}
