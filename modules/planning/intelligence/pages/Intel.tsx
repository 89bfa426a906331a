import '../../pages/planning.css'
import { api, can, Chart, EmptyState, moneyText, PageFrame, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { Dates, inOrder } from '../../pages/Dates.tsx'
import { Read } from '../../pages/Read.tsx'
import { ti } from './texts.ts'

type Item = { id: string, competitorId: string, competitor: string, item: string, price: string, trend: 'up' | 'flat' | 'down', place: string, seenOn: string, unit: string | null, by: string | null, note: string | null }
type Answer = { from: string, to: string, today: string, items: Item[], lines: Array<{ name: string, item: string, points: Array<{ day: string, price: string }> }>, places: string[], products: string[], place: string | null }

/** What rivals ask, by place and time; a new one is three taps and a number (SA-25). */
export default function Intel() {
  const [params, setParams] = useSearchParams(), query = Object.fromEntries([...params].filter(([k, v]) => v && ['from', 'to', 'place'].includes(k)))
  const read = useQuery({ queryKey: ['entity', 'marketIntel', 'page', query], enabled: inOrder(query.from ?? '', query.to ?? ''), queryFn: ({ signal }) => api.get<Answer>('/market-intel', { query, signal }) })
  const set = (key: string, value: string): void => setParams(Object.fromEntries(Object.entries({ ...query, [key]: value }).filter(([, v]) => v)), { replace: true })
  const from = query.from ?? read.data?.from ?? '', to = query.to ?? read.data?.to ?? ''
  return (
    <PageFrame title={ti('intel')} subtitle={ti('lead')} bar={<div className="pl-bar">
      <Select style={{ minWidth: 130 }} aria-label={ti('place')} value={query.place ?? ''} onChange={v => set('place', v)} options={[{ value: '', label: ti('allPlaces') }, ...[...new Set([...(read.data?.places ?? []), ...(query.place ? [query.place] : [])])].map(p => ({ value: p, label: p }))]} />
      <Dates from={from} to={to} set={set} />
    </div>}>
      {inOrder(query.from ?? '', query.to ?? '') && <Read read={read}>{a => <div className="qc-stack">
        {can('marketIntel:create') && <NewEntry a={a} onDone={() => void read.refetch()} />}
        {a.items.length === 0 ? <section className="qc-panel"><EmptyState icon="eye" title={ti('empty')} hint={ti('emptyHint')} /></section> : <>
          <Lines key={a.products.join()} a={a} />
          <section className="qc-panel"><header><h2>{ti('entries')}</h2></header><ul className="pl-list">{a.items.map(i => <li key={i.id}><span className="pl-num">{i.seenOn}</span><span className="pl-grow"><Link to={`/e/market-intels/${i.id}`}>{i.competitor} · {i.item}</Link>{i.note && <span className="qc-soft"> {i.note}</span>}</span><b className="pl-num">{moneyText(i.price)}</b><span>{ti(i.trend)}</span><span className="qc-soft">{i.place} · {i.by}</span></li>)}</ul></section></>}
      </div>}</Read>}
    </PageFrame>
  )
}

/** One item at a time: prices of unlike things have no line together. */
function Lines({ a }: { a: Answer }) {
  const [item, setItem] = useState(a.products[0] ?? ''), lines = a.lines.filter(l => l.item === item)
  return (
    <section className="qc-panel"><header><h2>{ti('lines')}</h2><Select style={{ minWidth: 150 }} aria-label={ti('item')} value={item} onChange={setItem} options={a.products.map(p => ({ value: p, label: p }))} /></header>
      <Chart height={240} label={`${ti('lines')} ${item}`} option={{ xAxis: { type: 'time' }, yAxis: { type: 'value', scale: true }, legend: { type: 'scroll', top: 0 }, tooltip: { trigger: 'axis', confine: true }, series: lines.slice(0, 8).map(l => ({ name: l.name, type: 'line', data: l.points.map(p => [p.day, Number(p.price)]) })) }} /></section>
  )
}

function NewEntry({ a, onDone }: { a: Answer, onDone: () => void }) {
  const say = useSay(), rivals = useQuery({ queryKey: ['entity', 'competitor', 'names'], queryFn: ({ signal }) => api.get<{ items: Array<{ id: string, name: string }> }>('/competitors?limit=12&sort=-updatedAt', { signal }) }).data?.items
  const [rival, setRival] = useState<string | null>(a.items[0]?.competitorId ?? null), [item, setItem] = useState(a.items[0]?.item ?? ''), [other, setOther] = useState(a.products.length === 0), [price, setPrice] = useState(''), [place, setPlace] = useState(a.place ?? ''), [trend, setTrend] = useState<Item['trend']>('flat'), [asked, setAsked] = useState(false), [busy, setBusy] = useState(false)
  const good = /^\d{1,12}(\.\d{1,2})?$/.test(price.trim()), lacks = !rival || !item.trim() || !place.trim()
  const save = async () => {
    setAsked(true)
    if (!good || lacks) return
    setBusy(true)
    try { await api.post('/market-intels', { competitorId: rival, item: item.trim(), price: price.trim(), place: place.trim(), trend, seenOn: a.today }); say.ok(ti('saved')); setPrice(''); setAsked(false); onDone() } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  const chip = (label: string, on: boolean, tap: () => void) => <button key={label} type="button" aria-pressed={on} onClick={tap}>{label}</button>
  const wrong = (bad: boolean, text: string) => asked && bad && <p className="pl-wrong" role="alert">{text}</p>
  if (rivals?.length === 0) return <section className="qc-panel qc-panel-pad pl-bar"><span>{ti('addRival')}</span>{can('competitor:create') && <Link className="qc-button" to="/e/competitors/new">{ti('registerRival')}</Link>}</section>
  return (
    <form className="qc-panel qc-panel-pad pl-form" aria-label={ti('note')} onSubmit={e => { e.preventDefault(); void save() }}>
      <div role="group" aria-label={ti('rival')} className="pl-chips">{(rivals ?? []).map(r => chip(r.name, rival === r.id, () => setRival(r.id)))}</div>{wrong(!rival, `${ti('rival')}：${ti('needed')}`)}
      <div role="group" aria-label={ti('item')} className="pl-chips">{a.products.slice(0, 6).map(p => chip(p, !other && item === p, () => { setOther(false); setItem(p) }))}{a.products.length > 0 && chip(ti('otherItem'), other, () => { setOther(true); setItem('') })}</div>
      {other && <label>{ti('item')}<Input maxLength={60} value={item} onChange={e => setItem(e.target.value)} /></label>}{wrong(!item.trim(), `${ti('item')}：${ti('needed')}`)}
      <div className="pl-two"><label>{ti('price')}<Input inputMode="decimal" maxLength={15} value={price} status={asked && !good ? 'error' : ''} onChange={e => setPrice(e.target.value)} /></label><label>{ti('place')}<Input maxLength={40} value={place} onChange={e => setPlace(e.target.value)} /></label></div>{wrong(!good, ti('wrongPrice'))}{wrong(!place.trim(), `${ti('place')}：${ti('needed')}`)}
      <div className="pl-bar"><div role="group" aria-label={ti('trend')} className="pl-chips">{(['up', 'flat', 'down'] as const).map(t => chip(ti(t), trend === t, () => setTrend(t)))}</div><button type="submit" className="qc-button qc-button-primary" disabled={busy}>{ti('save')}</button></div>
    </form>
  )
}
