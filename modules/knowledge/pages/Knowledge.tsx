import { can, EmptyState, ErrorState, fieldOf, Icon, PageFrame, RefPicker, Skeleton, useDebounced, useEntity, useLive, useSay, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { knowledge, type Work } from './api.ts'
import { Hit } from './parts.tsx'
import { tk } from './texts.ts'

const TABS = ['used', 'newest', 'work', 'misses'] as const
/** so long after the last letter a search that found nothing is believed to be meant so, in ms */
const SETTLED_MS = 2500

/** 知识库: one box first; without words what is used most, what is new, and for those who write what is missing (KB-01). */
export default function Knowledge() {
  const [params, setParams] = useSearchParams()
  const q = params.get('q') ?? '', line = params.get('line'), fault = params.get('fault')
  const tab = TABS.find(each => each === params.get('tab')) ?? 'used'
  const [text, setText] = useState(q)
  const asked = useDebounced(text.trim(), 250)
  const entity = useEntity('article')
  const put = (name: string, value: string | null) => setParams(before => { const next = new URLSearchParams(before); if (value) next.set(name, value); else next.delete(name); return next }, { replace: true })
  const sent = useRef(q)
  useEffect(() => {
    if (sent.current === asked) return
    sent.current = asked
    setParams(before => { const next = new URLSearchParams(before); if (asked) next.set('q', asked); else next.delete('q'); return next }, { replace: true })
  }, [asked, setParams])
  const listing = asked !== '' || tab === 'used' || tab === 'newest'
  const search = { ...(asked ? { q: asked } : {}), ...(line ? { productLineId: line } : {}), ...(fault ? { faultCode: fault } : {}), ...(!asked ? { sort: tab === 'newest' ? 'newest' as const : 'used' as const } : {}) }
  const read = useQuery({ queryKey: ['knowledge', 'search', search], queryFn: ({ signal }) => knowledge.find(search, signal), enabled: listing, placeholderData: previous => previous })
  useLive('article', () => void read.refetch())
  useMiss(asked, read.data !== undefined && !read.isFetching && read.data.items.length === 0 && !line && !fault)
  const writes = can('article:create')
  return (
    <PageFrame title={tk('title')} actions={writes && <Link className="qc-button qc-button-primary" to={asked && read.data?.items.length === 0 ? `/knowledge/new?title=${encodeURIComponent(asked)}` : '/knowledge/new'}><Icon name="plus" />{tk('write')}</Link>}>
      <section className="qc-panel">
        <div className="qc-row kb-bar">
          <Input autoFocus allowClear type="search" prefix={<Icon name="search" />} aria-label={tk('title')} placeholder={tk('search')} maxLength={200} value={text} onChange={event => setText(event.target.value)} />
          <RefPicker entity="productLine" ariaLabel={tk('line')} placeholder={tk('line')} value={line} onChange={value => put('line', typeof value === 'string' ? value : null)} />
          <Select allowClear aria-label={tk('fault')} placeholder={tk('fault')} value={fault} onChange={value => put('fault', value ?? null)} options={(entity && fieldOf(entity, 'faultCodes')?.options || []).map(option => ({ value: option.value, label: option.label }))} />
        </div>
        {!asked && <div className="kb-tabs" role="tablist">{TABS.filter(each => writes || each === 'used' || each === 'newest').map(each => <button key={each} type="button" role="tab" aria-selected={each === tab} onClick={() => put('tab', each === 'used' ? null : each)}>{tk(each)}</button>)}</div>}
        {!listing ? tab === 'work' ? <Works /> : <Misses />
          : read.isPending ? <Skeleton lines={8} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
            : read.data.items.length > 0 ? <ul className="kb-list">{read.data.items.map(item => <Hit key={item.id} of={item} />)}</ul>
              : asked || line || fault ? <EmptyState icon="search" title={tk('none')} hint={tk('noneHint')} /> : <EmptyState icon="help" title={tk('empty')} hint={tk('emptyHint')} />}
      </section>
    </PageFrame>
  )
}

/** Says once of each search that stood still and found nothing. */
function useMiss(q: string, nothing: boolean) {
  const said = useRef(new Set<string>())
  useEffect(() => {
    if (!nothing || [...q].length < 2 || said.current.has(q)) return
    const timer = setTimeout(() => { said.current.add(q); void knowledge.missed(q).catch(() => undefined) }, SETTLED_MS)
    return () => clearTimeout(timer)
  }, [q, nothing])
}

function Works() {
  const read = useQuery({ queryKey: ['knowledge', 'work'], queryFn: ({ signal }) => knowledge.work(signal) })
  useLive('article', () => void read.refetch())
  if (read.isPending) return <Skeleton lines={4} />
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  const list = (title: string, items: Work[]) => (
    <><h3 className="kb-row">{title}</h3>{items.length === 0 ? <p className="kb-row qc-soft">{tk('noWork')}</p> : <ul className="kb-list">{items.map(item => (
      <li key={item.id} className="kb-row"><Link to={`/knowledge/${item.id}`}>{item.title}</Link><span className="qc-soft">{tk(item.revision === 'review' || item.state === 'review' ? 'review' : 'draft')}</span><span className="qc-soft">{item.author}</span><span className="qc-faint"><When at={item.at} /></span></li>
    ))}</ul>}</>
  )
  return <>{can('article:publish') && list(tk('toApprove'), read.data.toApprove)}{list(tk('mine'), read.data.mine)}</>
}

function Misses() {
  const say = useSay()
  const read = useQuery({ queryKey: ['knowledge', 'misses'], queryFn: ({ signal }) => knowledge.misses(signal) })
  if (read.isPending) return <Skeleton lines={4} />
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  if (read.data.items.length === 0) return <EmptyState icon="check" title={tk('noMisses')} hint={tk('noMissesHint')} />
  const close = async (id: string) => { try { await knowledge.closeMiss(id); await read.refetch() } catch (error) { say.error(error) } }
  return (
    <ul className="kb-list">{read.data.items.map(miss => (
      <li key={miss.id} className="kb-row"><b>{miss.words}</b><span className="qc-soft">{tk('times', { n: miss.times })}{miss.byCustomers > 0 && ` · ${tk('byCustomers', { n: miss.byCustomers })}`}</span><span className="qc-faint"><When at={miss.lastAt} /></span>
        <Link className="qc-button" to={`/knowledge/new?title=${encodeURIComponent(miss.words)}`}>{tk('writeAbout')}</Link><button type="button" className="qc-button" onClick={() => void close(miss.id)}>{tk('dealt')}</button></li>
    ))}</ul>
  )
}
