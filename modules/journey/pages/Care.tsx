import './journey.css'
import { api, can, EmptyState, ErrorState, listHref, PageFrame, Skeleton, Tag } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Segmented, Select } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { tj } from './texts.ts'

interface Item { planId: string, plan: string, customerId: string, name: string, on: string, dueOn: string, owner: string, way: 'todo' | 'message', title: string, done: boolean }
interface Data { plans: Array<{ id: string, name: string }>, items: Item[], more: boolean }
const SPANS = ['30', '90'] as const

/** Whose turn it is in the days to come, before it becomes to-dos (CU-09). */
export default function Care() {
  const [params, setParams] = useSearchParams(), days = params.get('days') ?? '30', plan = params.get('plan')
  const read = useQuery({ queryKey: ['care', days, plan], queryFn: ({ signal }) => api.get<Data>('/care/preview', { query: { days, plan: plan ?? undefined }, signal }) })
  const plans = useQuery({ queryKey: ['care-plans'], queryFn: ({ signal }) => api.get<Data>('/care/preview', { query: { days: 1 }, signal }) })
  const set = (name: string, value: string): void => setParams(before => { const next = new URLSearchParams(before); if (value) next.set(name, value); else next.delete(name); return next }, { replace: true })
  return (
    <PageFrame title={tj('care')} subtitle={tj('careLead', { n: days })} actions={<><Link className="qc-button" to={listHref('care-acts')}>{tj('history')}</Link>{can('carePlan:create') && <><Link className="qc-button" to={listHref('care-plans')}>{tj('plans')}</Link><Link className="qc-button qc-button-primary" to="/e/care-plans/new">{tj('newPlan')}</Link></>}</>}
      bar={<div className="jo-filters"><Segmented value={days} onChange={v => set('days', v)} options={SPANS.map(value => ({ value, label: tj(value === '30' ? 'ahead30' : 'ahead90') }))} /><Select aria-label={tj('plans')} value={plan ?? ''} onChange={v => set('plan', v)} options={[{ value: '', label: tj('allPlans') }, ...(plans.data?.plans ?? []).map(p => ({ value: p.id, label: p.name }))]} /></div>}>
      <section className="qc-panel">
        {read.isPending ? <Skeleton lines={6} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
          : !read.data.plans.length ? <EmptyState icon="star" title={tj('noPlans')} hint={tj(can('carePlan:create') ? 'noPlansHint' : 'askPlans')} /> : !read.data.items.length ? <EmptyState icon="star" title={tj('noCare')} hint={tj('noCareHint')} /> : <Table data={read.data} />}
      </section>
    </PageFrame>
  )
}

function Table({ data }: { data: Data }) {
  return (
    <>
      <table className="jo-table"><thead><tr><th className="jo-day">{tj('due')}</th><th>{tj('customer')}</th><th className="jo-less">{tj('day')}</th><th>{tj('todo')}</th><th className="jo-less">{tj('owner')}</th></tr></thead>
        <tbody>{data.items.map(i => <tr key={`${i.planId}${i.customerId}${i.on}`}><td className="jo-day">{i.dueOn.slice(5)}{i.done && <> <Tag color="green">{tj(i.way === 'message' ? 'told' : 'made')}</Tag></>}</td><td><Link to={`/e/customers/${i.customerId}`}>{i.name}</Link></td><td className="jo-less jo-day">{i.on}</td><td>{i.title}<div className="qc-soft">{i.plan}{i.way === 'message' && ` · ${tj('byMessage')}`}</div></td><td className="jo-less jo-day">{i.owner}</td></tr>)}</tbody></table>
      {data.more && <p className="qc-soft qc-panel-pad">{tj('more')}</p>}
    </>
  )
}
