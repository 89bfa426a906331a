import '../../pages/planning.css'
import { api, can, EmptyState, EntityForm, findEntity, listHref, messageOf, moneyText, PageFrame, useMeta, useSay, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { Read } from '../../pages/Read.tsx'
import { periodText } from '../../pages/span.ts'
import { te } from './texts.ts'

type Bar = { id: string, unit: string, period: string, category: string, amount: string, claimed: string, approved: string, left: string, claims: number }
type Return = { kind: 'campaign' | 'deal', id: string, name: string, cost: string, revenue: string, won: number, roi: number }
type Answer = { year: number, budgets: Bar[], returns: Return[] }
const FIELDS = ['title', 'category', 'spentOn', 'amount', 'opportunityId', 'campaignId', 'customerId']
const COUNTED = { nin: ['draft', 'apply', 'rejected', 'dropped'] }

/** Budgets with what is used of them, a new claim, and what the money brought (SA-11). */
export default function Expenses() {
  const say = useSay(), [params, setParams] = useSearchParams(), year = params.get('year'), [open, setOpen] = useState<'claim' | 'budget' | null>(null)
  const read = useQuery({ queryKey: ['entity', 'marketingExpense', 'overview', year], queryFn: ({ signal }) => api.get<Answer>('/expenses', { query: year ? { year } : {}, signal }) })
  const handIn = async (row: Row) => {
    setOpen(null)
    try {
      await api.post('/cases', { key: 'marketing-expense', entity: 'marketingExpense', recordId: row.id })
      const now = await api.get<Row>(`/marketing-expenses/${row.id}`)
      say.ok(now.overBy ? te('submittedOver', { n: moneyText(String(now.overBy)) }) : te('submitted'))
    } catch (error) { say.warn(te('kept', { why: messageOf(error) })) }
    await read.refetch()
  }
  const shown = read.data?.year ?? Number(year)
  return (
    <PageFrame title={`${te('expenses')} ${shown || ''}`} bar={<div className="pl-bar"><button type="button" className="qc-button" disabled={!shown} onClick={() => setParams({ year: String(shown - 1) })}>{te('previous')}</button><button type="button" className="qc-button" disabled={!shown} onClick={() => setParams({ year: String(shown + 1) })}>{te('next')}</button><Link className="qc-button" to="/e/marketing-expenses">{te('allClaims')}</Link></div>} actions={<>
      {can('budget:create') && <button type="button" className="qc-button" onClick={() => setOpen('budget')}>{te('newBudget')}</button>}<button type="button" className="qc-button qc-button-primary" onClick={() => setOpen('claim')}>{te('newClaim')}</button></>}>
      <Read read={read}>{a => <div className="qc-stack"><Budgets a={a} /><Returns list={a.returns} /></div>}</Read>
      {open === 'claim' && <Modal open title={te('newClaim')} footer={null} onCancel={() => setOpen(null)}><EntityForm entity="marketingExpense" fields={FIELDS} okText={te('submit')} onSaved={handIn} onCancel={() => setOpen(null)} /></Modal>}
      {open === 'budget' && <Modal open title={te('newBudget')} footer={null} onCancel={() => setOpen(null)}><EntityForm entity="budget" initial={{ period: String(shown) }} onSaved={() => { setOpen(null); void read.refetch() }} onCancel={() => setOpen(null)} /></Modal>}
    </PageFrame>
  )
}

function Budgets({ a }: { a: Answer }) {
  const kinds = findEntity(useMeta(), 'budget')?.fields.find(f => f.name === 'category')?.options ?? []
  return (
    <section className="qc-panel"><header><h2>{te('budgets')}</h2></header>{a.budgets.length === 0 ? <EmptyState icon="money" title={te('noBudgets', { y: a.year })} hint={te('noBudgetsHint')} /> : <ul className="pl-tree">{a.budgets.map(b => {
      const share = Number(b.amount) ? Number(b.claimed) / Number(b.amount) * 100 : Number(b.claimed) ? 100 : 0, over = b.left.startsWith('-')
      return <li key={b.id}><span className="pl-name"><Link to={`/e/budgets/${b.id}`}>{b.unit} · {kinds.find(k => k.value === b.category)?.label ?? b.category}</Link> <span className="qc-soft">{periodText(b.period)}</span></span>
        <span className="pl-num">{te('used', { a: moneyText(b.claimed), b: moneyText(b.amount) })}</span><span className="pl-meter" data-light={over ? 'red' : share >= 80 ? 'yellow' : 'green'}><b style={{ width: `${Math.min(100, share)}%` }} /></span>
        <span className="pl-bar"><span className={over ? 'pl-short' : ''}>{over ? te('over', { n: moneyText(b.left.slice(1)) }) : te('left', { n: moneyText(b.left) })}</span>{b.claims > 0 && <Link to={listHref('marketing-expenses', { budgetId: b.id, stage: COUNTED })}>{te('claims', { n: b.claims })}</Link>}</span></li>
    })}</ul>}</section>
  )
}

function Returns({ list }: { list: Return[] }) {
  return (
    <section className="qc-panel pl-scroll"><header><h2>{te('returns')}</h2></header><p className="qc-panel-pad qc-soft">{te(list.length ? 'roiHint' : 'noReturns')}</p>
      {list.length > 0 && <table className="pl-table"><thead><tr><th>{te('what')}</th><th>{te('cost')}</th><th>{te('revenue')}</th><th>{te('roi')}</th></tr></thead><tbody>{list.map(r => { const key = r.kind === 'campaign' ? 'campaignId' : 'opportunityId'; return (
        <tr key={r.id}><th><Link to={`/e/${r.kind === 'campaign' ? 'campaigns' : 'opportunities'}/${r.id}`}>{r.name}</Link></th><td><Link to={listHref('marketing-expenses', { [key]: r.id, stage: 'approved' })}>{moneyText(r.cost)}</Link></td><td><Link to={listHref('opportunities', { ...(r.kind === 'campaign' ? { campaignId: r.id } : { id: r.id }), outcome: 'won' })}>{moneyText(r.revenue)}</Link></td><td className={r.roi < 0 ? 'pl-short' : ''}>{r.roi}%</td></tr>) })}</tbody></table>}</section>
  )
}
