import { api, ErrorState, listHref, moneyText, Panels, PhoneText, Skeleton, useLive, usePhone } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { Beside } from './Beside.tsx'
import { tc } from './texts.ts'
import { Timeline } from './Timeline.tsx'
import { Tree } from './Tree.tsx'
import type { Figure, Head } from './types.ts'
import './customer.css'

/** The whole of one customer: what it is, what happened, what is open. Three columns at a desk, three tabs on a phone. */
export function Overview({ id }: { id: string }) {
  const phone = usePhone(), [part, setPart] = useState<'timeline' | 'about' | 'open'>('timeline')
  const head = useQuery({ queryKey: ['customer', id, 'head'], queryFn: ({ signal }) => api.get<Head>(`/customers/${id}/head`, { signal }) })
  useLive(change => change.id === id, () => void head.refetch())
  if (head.isError) return <section className="qc-panel"><ErrorState error={head.error} onRetry={() => void head.refetch()} /></section>
  const shown = (name: typeof part): boolean => !phone || part === name
  return (
    <div className="cu">
      {head.data ? <Figures figures={head.data.figures} /> : <section className="qc-panel"><Skeleton lines={2} /></section>}
      {phone && <Segmented block value={part} onChange={setPart} options={(['timeline', 'about', 'open'] as const).map(value => ({ value, label: tc(value) }))} />}
      <div className="cu-columns">
        {shown('about') && <div className="cu-left">{head.data ? <><About head={head.data} /><Panels place="customer.side" row={head.data.customer} /></> : <section className="qc-panel"><Skeleton lines={6} /></section>}</div>}
        {shown('timeline') && <Timeline key={id} id={id} />}
        {shown('open') && <div className="cu-right">{head.data && <><Beside head={head.data} /><Panels place="customer.main" row={head.data.customer} /></>}</div>}
      </div>
      {shown('open') && head.data?.inTree && <Tree id={id} />}
    </div>
  )
}

function Figures({ figures }: { figures: Figure[] }) {
  if (!figures.length) return null
  return (
    <section className="qc-panel qc-panel-pad cu-figures">
      {figures.map(f => <Link key={f.key} to={listHref(f.plural, f.filter)} data-alert={f.alert && Number(f.value) > 0 ? '' : undefined}><span className="qc-soft">{f.label}</span><b>{f.unit === 'money' ? moneyText(f.value) : f.value}</b></Link>)}
    </section>
  )
}

function About({ head }: { head: Head }) {
  const { contacts, preferences, profile } = head
  return (
    <>
      {preferences.length > 0 && <section className="qc-panel qc-panel-pad cu-block"><h2>{tc('preferences')}</h2><dl>{preferences.map(p => <div key={p.id}><dt>{p.topic}</dt><dd>{p.value}</dd></div>)}</dl></section>}
      {profile && <section className="qc-panel qc-panel-pad cu-block"><h2>{tc('team')}</h2><p>{profile.team?.name ?? '—'}</p>{profile.focus.length > 0 && <><h2>{tc('focus')}</h2><ul>{profile.focus.map(line => <li key={line}>{line}</li>)}</ul></>}</section>}
      {contacts.length > 0 && (
        <section className="qc-panel qc-panel-pad cu-block"><h2>{tc('contacts')}</h2>
          <ul className="cu-people">{contacts.map(c => (
            <li key={c.id}><Link to={`/e/contacts/${c.id}`}>{String(c.name)}</Link> <span className="qc-soft">{[c.title, c.until ? tc('former', { month: String(c.until).slice(0, 7) }) : null].filter(Boolean).join(' · ')}</span>{c.phone ? <div><PhoneText value={String(c.phone)} /></div> : null}</li>
          ))}</ul></section>
      )}
    </>
  )
}
