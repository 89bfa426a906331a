import './marketing.css'
import { api, can, moneyText, type PanelProps } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { tm } from './texts.ts'

type Best = { item: string, quantity: string, customers: number, bought: boolean }
type Answer = { campaigns: Array<{ id: string, name: string, offer: string | null, responded: boolean, prices: Array<{ productId: string, product: string, price: string }> }>, offers: Array<{ id: string, name: string, words: string, price: string | null, productId: string | null }>, interests: Array<{ topic: string, value: string, items: Best[] }> }

/** What a seller offers this customer: campaigns it is in, what goes with its devices, what others of the same interest buy; one click makes it a deal (MK-05). */
export default function CustomerOffers({ row }: PanelProps) {
  const read = useQuery({ queryKey: ['entity', 'customer', 'row', row.id, 'offers'], queryFn: ({ signal }) => api.get<Answer>(`/customers/${row.id}/offers`, { signal, quiet: true }) })
  const d = read.data
  if (!d || (d.campaigns.length === 0 && d.offers.length === 0 && d.interests.length === 0)) return null
  const deal = (name: string, more: Record<string, string | null> = {}) => can('opportunity:create') && <Link className="mk-use" to={`/e/opportunities/new?${new URLSearchParams({ customerId: row.id, name: name.slice(0, 100), ...Object.fromEntries(Object.entries(more).filter((e): e is [string, string] => e[1] !== null)) }).toString()}`}>{tm('asDeal')}</Link>
  return (
    <section className="qc-panel"><header><h2>{tm('offers')}</h2></header><div className="qc-panel-pad qc-stack">
      {d.campaigns.map(c => <div key={c.id}><div className="mk-offer"><b>{can('campaign:read') ? <Link to={`/e/campaigns/${c.id}`}>{c.name}</Link> : c.name}</b>{deal(c.name, { campaignId: c.id })}</div>
        {c.offer && <div className="qc-soft">{c.offer}</div>}{c.responded && <div className="qc-soft">{tm('hasAnswered')}</div>}
        {c.prices.length > 0 && <ul className="mk-best">{c.prices.map(p => <li key={p.productId}><span>{p.product}</span><span>{tm('specialPrice', { p: moneyText(p.price) })}</span></li>)}</ul>}</div>)}
      {d.offers.map(o => <div key={o.id}><div className="mk-offer"><b>{o.name}{o.price && ` ¥ ${moneyText(o.price)}`}</b>{deal(o.name, { productId: o.productId })}</div><div className="qc-soft">{o.words}</div></div>)}
      {d.interests.map(i => <div key={i.topic}><b>{tm('bestOf', { t: i.topic, v: i.value })}</b>
        <ul className="mk-best">{i.items.map(b => <li key={b.item}><span>{b.item}{b.bought && <span className="qc-soft"> · {tm('boughtAlready')}</span>}</span><span className="qc-soft">{tm('soldTo', { n: String(Number(b.quantity)), c: b.customers })}</span>{deal(b.item)}</li>)}</ul></div>)}
    </div></section>
  )
}
