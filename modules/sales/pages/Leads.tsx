import './sales.css'
import { api, can, EmptyState, EntityList, ErrorState, findEntity, forget, Icon, listHref, moneyText, PageFrame, shortText, Skeleton, Tag, useDebounced, useLive, useMeta, useSay, useSession, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Segmented } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { Analysis } from './Analysis.tsx'
import { AssignDialog } from './LeadDialogs.tsx'
import { ts } from './texts.ts'

const TABS = ['mine', 'pool', 'all', 'rules', 'analysis'] as const
type Tab = (typeof TABS)[number]
type Counts = { mine: number, unread: number, pool: number, all: number }

/** 线索: mine, the pool, all in my reach; who gets what; what became of them (SA-01). */
export default function Leads() {
  const [params, setParams] = useSearchParams()
  const navigate = useNavigate()
  const session = useSession()
  const asked = params.get('tab') as Tab | null, tab: Tab = asked && TABS.includes(asked) ? asked : can('lead:create') && !can('lead:assign') ? 'mine' : 'all'
  const counts = useQuery({ queryKey: ['entity', 'lead', 'counts'], queryFn: ({ signal }) => api.get<Counts>('/leads/counts', { signal }) })
  useLive('lead', () => void counts.refetch())
  useEffect(() => {
    const key = (event: KeyboardEvent) => { if (event.key === 'n' && !event.ctrlKey && !event.metaKey && can('lead:create') && !(event.target instanceof HTMLElement && event.target.closest('input,textarea,select,[role=dialog],[contenteditable]'))) { event.preventDefault(); void navigate('/e/leads/new') } }
    window.addEventListener('keydown', key)
    return () => window.removeEventListener('keydown', key)
  }, [navigate])
  const n = counts.data
  const shown = TABS.filter(t => (t !== 'pool' || can('lead:take')) && (t !== 'rules' || can('leadRule:read')) && (t !== 'analysis' || !session.outside))
  return (
    <PageFrame title={ts('leads')} actions={<>{can('leadForm:read') && <Link className="qc-button" to="/e/lead-forms">{ts('forms')}</Link>}{can('lead:create') && <Link className="qc-button qc-button-primary" to="/e/leads/new"><Icon name="plus" />{ts('newLead')}</Link>}</>}
      bar={<Segmented value={tab} onChange={value => setParams({ tab: value }, { replace: true })} options={shown.map(value => ({ value, label: `${ts(value)}${n && (value === 'mine' || value === 'pool' || value === 'all') ? ` ${n[value]}` : ''}` }))} />}>
      {tab === 'pool' ? <Pool /> : tab === 'rules' ? <Rules /> : tab === 'analysis' ? <Analysis /> : <LeadList key={tab} filter={tab === 'mine' ? { ownerId: session.user.id, state: { in: ['assigned', 'working'] } } : {}} />}
    </PageFrame>
  )
}

function LeadList({ filter }: { filter: Record<string, unknown> }) {
  const [rows, setRows] = useState<{ list: Row[], clear: () => void } | null>(null)
  return (
    <>
      <section><EntityList entity="lead" embedded filter={filter as never} {...(can('lead:assign') ? { batch: (list: Row[], clear: () => void) => <button type="button" className="qc-button" onClick={() => setRows({ list, clear })}>{ts('assign')}</button> } : {})} /></section>
      {rows && <AssignDialog ids={rows.list.map(r => r.id)} onClose={() => setRows(null)} onDone={() => { rows.clear(); setRows(null) }} />}
    </>
  )
}

type PoolRow = { id: string, number: string, name: string, company: string | null, province: string | null, city: string | null, source: string, amount: string | null, needs: string | null, unit: string | null, pooledAt: string, mine: string | null }

function Pool() {
  const say = useSay()
  const navigate = useNavigate()
  const list = useRef<HTMLUListElement>(null)
  const sources = findEntity(useMeta(), 'lead')?.fields.find(f => f.name === 'source')?.options ?? []
  const [text, setText] = useState('')
  const q = useDebounced(text.trim(), 300)
  const read = useQuery({ queryKey: ['entity', 'lead', 'pool', q], queryFn: ({ signal }) => api.get<{ items: PoolRow[], total: number }>('/leads/pool', { query: q ? { q } : {}, signal }), placeholderData: before => before })
  useLive('lead', () => void read.refetch())
  const take = async (row: PoolRow) => {
    try { await api.post(`/leads/${row.id}/take`); say.ok(ts('taken', { n: row.name })); await forget('lead'); void navigate(`/e/leads/${row.id}`) } catch (error) { say.error(error); void read.refetch() }
  }
  if (read.isPending) return <section className="qc-panel"><Skeleton lines={8} /></section>
  if (read.isError) return <section className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></section>
  const walk = (by: number) => { const all = [...(list.current?.children ?? [])] as HTMLElement[], at = all.indexOf(document.activeElement as HTMLElement); all[Math.max(0, Math.min(all.length - 1, at + by))]?.focus() }
  return (
    <div className="qc-stack">
      <div className="sa-bar"><Input className="sa-grow" autoFocus allowClear aria-label={ts('poolSearch')} placeholder={ts('poolSearch')} value={text} onChange={event => setText(event.target.value)} onKeyDown={event => { if (event.key === 'ArrowDown') { event.preventDefault(); walk(1) } }} /><span className="qc-soft">{ts('keysPool')}</span></div>
      <section className="qc-panel">{read.data.items.length === 0 ? <EmptyState icon="check" title={ts('poolEmpty')} hint={ts('poolHint')} /> : (
        <ul className="sa-list" ref={list}>{read.data.items.map(row => (
          <li key={row.id} tabIndex={0} onKeyDown={event => { if (event.target !== event.currentTarget) return; if (event.key === 't') void take(row); else if (event.key === 'j' || event.key === 'ArrowDown') { event.preventDefault(); walk(1) } else if (event.key === 'k' || event.key === 'ArrowUp') { event.preventDefault(); walk(-1) } }}>
            <div className="sa-what"><b>{row.name}</b> {row.company} <span className="qc-soft">{row.number}</span><div className="qc-soft">{[[row.province, row.city].filter(Boolean).join(' '), sources.find(s => s.value === row.source)?.label, row.amount ? `¥ ${moneyText(row.amount)}` : '', row.needs].filter(Boolean).join(' · ')}</div></div>
            <div className="sa-right">{row.mine && <Tag color="orange">{ts('yours')}</Tag>}<span className="qc-soft">{row.unit} {shortText(row.pooledAt)}</span><button type="button" className="qc-button qc-button-primary" tabIndex={-1} onClick={() => void take(row)}>{ts('take')}</button></div>
          </li>))}</ul>)}</section>
    </div>
  )
}

function Rules() {
  return (
    <div className="qc-stack">
      <p className="qc-soft">{ts('rulesHint')} {can('territory:read') && <Link to={listHref('territories')}>{ts('territories')}</Link>}</p>
      <section><h2 className="sa-h2">{ts('rules')}</h2><EntityList entity="leadRule" embedded /></section>
      {can('leadPool:read') && <section><h2 className="sa-h2">{ts('poolRules')}</h2><p className="qc-soft">{ts('poolRulesHint')}</p><EntityList entity="leadPool" embedded /></section>}
    </div>
  )
}
