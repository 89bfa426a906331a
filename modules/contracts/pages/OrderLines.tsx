import { timesPrice } from '@quancheng/kernel/money'
import { api, can, forget, Icon, messageOf, moneyText, useDebounced, useSay, type Page, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { AutoComplete, Input, type InputRef } from 'antd'
import { useRef, useState } from 'react'
import { tk } from './texts.ts'

type Prices = { items: Array<{ unitPrice: string, orderedOn: string, customer: string, mine: boolean }>, contract: { unitPrice: string } | null }
const NUMBER = /^\d{1,12}(\.\d{1,3})?$/

/** What the line comes to while it is typed; null while it cannot be read. */
const product = (quantity: string, price: string): string | null => (NUMBER.test(quantity) && /^\d{1,12}(\.\d{1,2})?$/.test(price) ? timesPrice(quantity, price) : null)

export function Lines({ order }: { order: Row }) {
  const say = useSay()
  const read = useQuery({ queryKey: ['contracts', 'lines', order.id, order.version], queryFn: ({ signal }) => api.get<Page<Row>>('/order-lines', { query: { filter: { orderId: order.id }, sort: 'position', limit: 200 }, signal }), placeholderData: before => before })
  const lines = read.data?.items ?? [], editable = order.state === 'draft' && can('orderLine:create')
  const fresh = async () => { await forget('salesOrder', 'orderLine'); await read.refetch() }
  const drop = async (id: string) => { try { await api.remove(`/order-lines/${id}`); await fresh() } catch (error) { say.error(error) } }
  return (
    <>
      {lines.length === 0 ? <p className="qc-soft qc-panel-pad">{tk('noLines')}</p> : <div className="kc-scroll"><table className="kc-table">
        <thead><tr><th>{tk('item')}</th><th>{tk('quantity')}</th><th>{tk('delivered')}</th><th>{tk('price')}</th><th>{tk('lineAmount')}</th>{editable && <th />}</tr></thead>
        <tbody>{lines.map(line => <tr key={line.id}><td>{String(line.item)}</td><td>{trim(line.quantity)} {String(line.unit ?? '')}</td><td>{trim(line.delivered)}</td><td>{moneyText(String(line.unitPrice))}</td><td>{moneyText(String(line.amount))}</td>{editable && <td><button type="button" className="qc-icon-button" aria-label={`${tk('remove')} ${String(line.item)}`} onClick={() => void drop(line.id)}><Icon name="trash" /></button></td>}</tr>)}</tbody>
      </table></div>}
      <div className="kc-total"><span>{tk('total')}</span><b>{moneyText(String(order.amount ?? '0'))}</b></div>
      {editable && <AddLine order={order} next={lines.length + 1} onAdded={fresh} />}
    </>
  )
}

const trim = (value: unknown): string => String(value ?? '').replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')

/** Product → quantity → price → Enter, and again. */
function AddLine({ order, next, onAdded }: { order: Row, next: number, onAdded: () => Promise<void> }) {
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<{ id: string, name: string } | null>(null)
  const [quantity, setQuantity] = useState('1')
  const [price, setPrice] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [first, count, cost] = [useRef<React.ComponentRef<typeof AutoComplete>>(null), useRef<InputRef>(null), useRef<InputRef>(null)]
  const q = useDebounced(text.trim(), 200)
  const found = useQuery({ queryKey: ['contracts', 'products', q], queryFn: ({ signal }) => api.get<Page<Row>>('/products', { query: { q, limit: 8 }, signal }), enabled: q.length > 0 && !chosen, placeholderData: before => before })
  const prices = useQuery({ queryKey: ['contracts', 'prices', order.id, chosen?.id], queryFn: ({ signal }) => api.get<Prices>(`/sales-orders/${order.id}/prices`, { query: { productId: chosen!.id }, signal }), enabled: chosen !== null })
  const amount = product(quantity.trim(), price.trim())
  const choose = async (id: string, name: string) => {
    setChosen({ id, name }); setText(name); setProblem(null)
    setTimeout(() => count.current?.focus({ cursor: 'all' }))
    const told = await api.get<Prices>(`/sales-orders/${order.id}/prices`, { query: { productId: id } }).catch(() => null)
    setPrice(before => before || told?.contract?.unitPrice || told?.items[0]?.unitPrice || '')
  }
  const save = async () => {
    if (!text.trim()) { setProblem(tk('choose')); first.current?.focus(); return }
    if (amount === null) { setProblem(`${NUMBER.test(quantity.trim()) ? tk('price') : tk('quantity')}：${tk('badNumber')}`); (NUMBER.test(quantity.trim()) ? cost : count).current?.focus(); return }
    setBusy(true)
    try {
      await api.post('/order-lines', { orderId: order.id, position: next, ...(chosen ? { productId: chosen.id } : {}), item: text.trim(), quantity: quantity.trim(), unitPrice: price.trim() }, { quiet: true })
      setText(''); setChosen(null); setQuantity('1'); setPrice(''); setProblem(null)
      await onAdded()
      first.current?.focus()
    } catch (error) { setProblem(messageOf(error)); cost.current?.focus() } finally { setBusy(false) }
  }
  return (
    <>
      <div className="kc-add">
        <AutoComplete ref={first} aria-label={tk('item')} placeholder={tk('find')} value={text} defaultActiveFirstOption
          options={(chosen ? [] : found.data?.items ?? []).map(row => ({ value: row.id, label: `${String(row.name)} ${String(row.code ?? '')}`, name: String(row.name) }))}
          onChange={value => { if (!found.data?.items.some(row => row.id === value)) { setText(value); setChosen(null) } }} onSelect={(id: string, option: { name: string }) => void choose(id, option.name)} />
        <Input ref={count} aria-label={tk('quantity')} inputMode="decimal" value={quantity} onChange={event => setQuantity(event.target.value)} onPressEnter={() => (price ? void save() : cost.current?.focus())} />
        <Input ref={cost} aria-label={tk('price')} inputMode="decimal" prefix="¥" value={price} onChange={event => setPrice(event.target.value)} onPressEnter={() => void save()} />
        <b aria-label={tk('lineAmount')}>{amount ? moneyText(amount) : '—'}</b>
        <button type="button" className="qc-button" disabled={busy} onClick={() => void save()}><Icon name="plus" />{tk('add')}</button>
      </div>
      {problem ? <p className="kc-error" role="alert">{problem}</p> : <p className="kc-note qc-soft">{prices.data && chosen ? <>{prices.data.contract && `${tk('contractPrice')} ${moneyText(prices.data.contract.unitPrice)} · `}{tk('lastPrices')}：{prices.data.items.length ? prices.data.items.map(each => `${moneyText(each.unitPrice)}（${each.orderedOn} ${each.customer}）`).join('，') : tk('noPrices')}</> : tk('keys')}</p>}
    </>
  )
}
