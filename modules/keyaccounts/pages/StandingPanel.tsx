import { api, can, CopyText, forget, listHref, useSay, type Page, type PanelProps, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { Answered, text, yuan } from './shared.tsx'
import { tk } from './texts.ts'

/** On the customer's page: its level, why, and what is missing to the next. */
export default function StandingPanel({ row: customer }: PanelProps) {
  const say = useSay()
  const [link, setLink] = useState<string | null>(null)
  const read = useQuery({ queryKey: ['standing', customer.id], queryFn: ({ signal }) => api.get<Page<Row>>('/customer-standings', { query: { filter: JSON.stringify({ customerId: customer.id }) }, signal }) })
  const join = async () => { try { const s = await api.post<{ level: number }>(`/customers/${customer.id}/join-programme`, {}); say.ok(tk('joined', { n: s.level })); await forget('customer', 'customerStanding'); void read.refetch() } catch (error) { say.error(error) } }
  const ask = async (id: string) => { try { setLink(location.origin + (await api.post<{ link: string }>(`/customer-standings/${id}/link`, {})).link) } catch (error) { say.error(error) } }
  return (
    <section className="qc-panel"><header><h2>{tk('standing')}</h2>{customer.kind === 'group' && <Link to={`/key-accounts/${customer.id}`}>{tk('agreements')}</Link>}</header><div className="qc-panel-pad">
      <Answered read={read}>{({ items: [s] }) => (s ? <>
        <div className="qc-row"><span className="ka-level">{tk('levelN', { n: Number(s.level) })}</span>{s.below === true && <Link className="qc-danger" to={listHref('customer-standings', { below: true })}>{tk('below')}</Link>}{text(s.hint) && <b className="qc-danger">{text(s.hint)}</b>}</div>
        <dl className="ka-facts"><dt>{tk('total')}</dt><dd>{yuan(s.total)}</dd><dt>{tk('ours')}</dt><dd><Link to={customer.kind === 'group' ? `/key-accounts/${customer.id}?tab=tree` : listHref('sales-orders', { customerId: customer.id })}>{yuan(s.ours)}</Link></dd><dt>{tk('share')}</dt><dd>{text(s.share)} %</dd></dl>
        <p>{text(s.toNext) || tk('top')}</p><p className="qc-soft">{text(s.explanation)}</p>
        <div className="qc-row"><Link to={`/e/customer-standings/${s.id}`}>{tk('details')}</Link><Link to={listHref('standing-changes', { customerId: customer.id })}>{tk('history')}</Link><Link to={`/key-accounts/analysis?customer=${customer.id}`}>{tk('analysis')}</Link><button type="button" className="qc-link" onClick={() => void ask(s.id)}>{tk('link')}</button></div>
        {link && <CopyText value={link} />}
      </> : <div className="qc-row"><span className="qc-soft">{tk('notIn')}</span>{can('customerStanding:join') && <button type="button" className="qc-button" onClick={() => void join()}>{tk('join')}</button>}</div>)}</Answered>
    </div></section>
  )
}
