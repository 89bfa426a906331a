import { api, ApiError, call, Icon, moneyText, useGuard, useSay, type Row } from '@quancheng/ui'
import { Input, type InputRef } from 'antd'
import { useEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import { amountText, emptyLine, fromStored, isBlank, isPercent, isQuantity, pasted, placeOf, plain, problemOf, sums, toSend, type Line, type Problem } from './lines.ts'
import { ProductBox } from './ProductBox.tsx'
import { tq } from './texts.ts'
import type { Sheet } from './types.ts'

type Found = { found: false } | { found: true, unitPrice: string, unit: string, book: string }

/** The lines of a draft, by keyboard alone: product, quantity, price, discount; Enter goes to the next line, Ctrl+S saves; sums at once (SA-04). */
export function LineEditor({ sheet, onSaved }: { sheet: Sheet, onSaved: (sheet: Sheet) => void }) {
  const say = useSay()
  const id = sheet.quote.id
  const start = () => [...sheet.lines.map(fromStored), ...(sheet.lines.length ? [] : [emptyLine()])]
  const [lines, setLines] = useState<Line[]>(start)
  const [discount, setDiscount] = useState(Number(sheet.quote.discount) ? String(Number(sheet.quote.discount)) : '')
  const [dirty, setDirty] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<(Pick<Problem, 'row' | 'field'> & { text: string }) | { row: -1, field: 'all' | 'whole', text: string } | null>(null)
  const boxes = useRef(new Map<string, InputRef>())
  const focus = useRef<string | null>(sheet.lines.length ? null : `${lines[0]!.key}/item`)
  useGuard(dirty)
  useEffect(() => { const name = focus.current; if (name && boxes.current.has(name)) { focus.current = null; boxes.current.get(name)!.focus({ cursor: 'all' }) } })

  const change = (next: Line[]) => { setLines(next); setDirty(true); setProblem(null) }
  const put = (key: string, more: Partial<Line>) => { setLines(now => now.map(l => l.key === key ? { ...l, ...more } : l)); setDirty(true); setProblem(null) }
  /** what the price book says comes later than what was typed since: it takes no complaint away */
  const fill = (key: string, more: Partial<Line>) => setLines(now => now.map(l => l.key === key ? { ...l, ...more } : l))
  const priceOf = async (l: Line, productId: string, quantity: string): Promise<Found | null> => {
    try { return await api.get<Found>(`/quotes/${id}/price`, { query: { productId, quantity: plain(quantity) || '1' }, quiet: true }) }
    catch (error) { setProblem({ row: -1, field: 'all', text: error instanceof ApiError ? error.message : String(error) }); return null }
  }
  /** the book's price goes in unless the seller has written another */
  const reprice = async (l: Line, productId: string, quantity: string) => {
    // what is no quantity yet is said when it is saved
    if (!isQuantity(quantity)) return
    const found = await priceOf(l, productId, quantity)
    if (!found) return
    if (!found.found) { fill(l.key, { listPrice: null }); return }
    const own = l.productId === productId && l.unitPrice !== '' && l.listPrice !== null && Number(plain(l.unitPrice)) !== Number(l.listPrice)
    fill(l.key, { listPrice: found.unitPrice, unit: l.unit || found.unit, ...(own ? {} : { unitPrice: found.unitPrice }) })
  }
  const pick = (l: Line, product: Row) => {
    put(l.key, { productId: product.id, code: String(product.code), item: String(product.name), listPrice: null, unitPrice: '' })
    focus.current = `${l.key}/quantity`
    void reprice({ ...l, unitPrice: '' }, product.id, l.quantity)
  }
  const next = (at: number) => {
    const line = lines[at + 1] ?? emptyLine()
    focus.current = `${line.key}/item`
    if (at + 1 < lines.length) setLines([...lines])
    else change([...lines, line])
  }
  const drop = (at: number) => { const rest = lines.filter((_, i) => i !== at), kept = rest.length ? rest : [emptyLine()]; focus.current = `${kept[Math.min(at, kept.length - 1)]!.key}/item`; change(kept) }
  const paste = async (event: ClipboardEvent, at: number) => {
    const rows = pasted(event.clipboardData.getData('text'))
    if (!rows) return
    event.preventDefault()
    let unknown = 0
    const made: Line[] = []
    for (const r of rows.slice(0, 200)) {
      const line = { ...emptyLine(), quantity: r.quantity, unitPrice: r.unitPrice, discount: r.discount, item: r.code }
      const hit = (await api.get<{ items: Row[] }>('/products', { query: { q: r.code, limit: 5 }, quiet: true })).items
      const product = hit.find(p => String(p.code).toUpperCase() === r.code.toUpperCase()) ?? hit.find(p => p.name === r.code)
      const found = product ? await priceOf(line, product.id, r.quantity) : null
      if (!product) unknown++
      made.push({ ...line, ...(product ? { productId: product.id, code: String(product.code), item: String(product.name) } : {}), ...(found?.found ? { listPrice: found.unitPrice, unit: found.unit, unitPrice: r.unitPrice || found.unitPrice } : {}) })
    }
    change([...lines.slice(0, at).filter(l => !isBlank(l)), ...made, ...lines.slice(at).filter(l => !isBlank(l))])
    if (unknown) say.ok(tq('notFound', { n: unknown }))
  }
  const save = async () => {
    const wrong = problemOf(lines)
    if (wrong) { setProblem({ ...wrong, text: tq(`wrong_${wrong.code}`) }); boxes.current.get(`${lines[wrong.row]!.key}/${wrong.field}`)?.focus(); return }
    if (!isPercent(discount)) { setProblem({ row: -1, field: 'whole', text: tq('wrong_discount') }); document.getElementById('qt-whole')?.focus(); return }
    setBusy(true)
    try {
      const saved = await call<Sheet>('PUT', `/quotes/${id}/lines`, { lines: toSend(lines), discount: plain(discount) || '0' }, { quiet: true })
      setLines(saved.lines.length ? saved.lines.map(fromStored) : [emptyLine()])
      setDirty(false)
      setProblem(null)
      say.ok(tq('saved'))
      onSaved(saved)
    } catch (error) {
      const first = error instanceof ApiError ? error.fields[0] : undefined, at = first ? placeOf(lines, first.field) : null
      if (at) { setProblem({ ...at, text: first!.message }); boxes.current.get(`${lines[at.row]!.key}/${at.field}`)?.focus() }
      else setProblem({ row: -1, field: 'all', text: first?.field === 'lines' ? first.message : error instanceof ApiError ? error.message : String(error) })
    } finally { setBusy(false) }
  }
  const keys = (event: KeyboardEvent) => { if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') { event.preventDefault(); void save() } }
  const cell = (l: Line, at: number, field: 'quantity' | 'unitPrice' | 'discount', label: string) => (
    <label className={`qt-${field}`}><span>{label}</span><Input ref={box => { if (box) boxes.current.set(`${l.key}/${field}`, box); else boxes.current.delete(`${l.key}/${field}`) }} aria-label={`${label} ${at + 1}`} inputMode="decimal" value={l[field]} status={problem?.row === at && problem.field === field ? 'error' : ''}
      onChange={event => put(l.key, { [field]: event.target.value })} onFocus={event => event.target.select()}
      onBlur={field === 'quantity' ? () => { if (l.productId) void reprice(l, l.productId, l.quantity) } : undefined}
      onKeyDown={event => { if (event.key === 'Enter' && !event.nativeEvent.isComposing) { event.preventDefault(); next(at) } }} /></label>
  )
  const sum = sums(lines, discount)
  return (
    <section className="qc-panel qt-editor" onKeyDown={keys} aria-label={tq('lines')}>
      <header><h2>{tq('lines')}</h2><span className="qc-faint qt-keys">{tq('keys')}</span></header>
      <div className="qt-lines">
        <div className="qt-line qt-headings" aria-hidden="true"><span>{tq('item')}</span><span>{tq('quantity')}</span><span>{tq('list')}</span><span>{tq('price')}</span><span>{tq('discount')}</span><span>{tq('amount')}</span><span /></div>
        {lines.map((l, at) => (
          <div key={l.key}>
            <div className="qt-line">
              <ProductBox value={l.item} label={`${tq('item')} ${at + 1}`} wrong={problem?.row === at && problem.field === 'item'} inputRef={box => { if (box) boxes.current.set(`${l.key}/item`, box); else boxes.current.delete(`${l.key}/item`) }}
                onType={item => put(l.key, { item, ...(l.productId ? { productId: null, code: '', listPrice: null } : {}) })} onPick={row => pick(l, row)} onEnter={() => boxes.current.get(`${l.key}/quantity`)?.focus()} onPaste={event => void paste(event, at)} />
              {cell(l, at, 'quantity', tq('quantity'))}
              <span className="qt-list"><span>{tq('list')}</span>{l.listPrice === null ? '—' : moneyText(l.listPrice)}</span>
              {cell(l, at, 'unitPrice', tq('price'))}
              {cell(l, at, 'discount', tq('discount'))}
              <span className="qt-amount"><span>{tq('amount')}</span><b>{amountText(l) ? moneyText(amountText(l)) : ''}</b></span>
              <button type="button" className="qc-icon-button" aria-label={`${tq('removeLine')} ${at + 1}`} onClick={() => drop(at)}><Icon name="close" size={16} /></button>
            </div>
            {problem?.row === at && <p className="qc-danger" role="alert">{problem.text}</p>}
          </div>
        ))}
      </div>
      <footer className="qt-foot">
        <button type="button" className="qc-button" onClick={() => next(lines.length - 1)}><Icon name="plus" />{tq('addLine')}</button>
        <label>{tq('whole')} <Input id="qt-whole" aria-label={tq('whole')} status={problem?.field === 'whole' ? 'error' : ''} inputMode="decimal" style={{ width: 80 }} value={discount} onChange={event => { setDiscount(event.target.value); setDirty(true); setProblem(null) }} onKeyDown={event => { if (event.key === 'Enter') { event.preventDefault(); void save() } }} /></label>
        <span className="qc-grow" />
        {sum && <span className="qt-sums"><span className="qc-soft">{tq('listSum')} {moneyText(sum.listAmount)}{Number(sum.rate) > 0 ? ` · ${tq('below', { n: sum.rate })}` : ''}</span><b>{tq('sum')} ¥{moneyText(sum.amount)}</b></span>}
        <button type="button" className="qc-button qc-button-primary" disabled={busy || !dirty} onClick={() => void save()}>{tq('save')}</button>
      </footer>
      {problem?.row === -1 && <p className="qc-danger qc-panel-pad" role="alert">{problem.text}</p>}
      {dirty && !problem && <p className="qc-faint qc-panel-pad">{tq('unsaved')}</p>}
    </section>
  )
}
