import { api, useDebounced, type Page, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, type InputRef } from 'antd'
import { useState, type ClipboardEvent, type Ref } from 'react'
import { tq } from './texts.ts'

type Props = { value: string, label: string, wrong: boolean, inputRef: Ref<InputRef>, onType: (text: string) => void, onPick: (product: Row) => void, onEnter: () => void, onPaste: (event: ClipboardEvent) => void }

/** A product by its code, name or pinyin, without taking the hands off the keys: type, arrows, Enter. What is in no list stays as a name. */
export function ProductBox({ value, label, wrong, inputRef, onType, onPick, onEnter, onPaste }: Props) {
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const q = useDebounced(value.trim(), 150)
  const found = useQuery({ queryKey: ['entity', 'product', 'box', q], queryFn: ({ signal }) => api.get<Page<Row>>('/products', { query: { q, limit: 8 }, signal, quiet: true }), enabled: open && q !== '' })
  const rows = open && q ? found.data?.items ?? [] : []
  const pick = (row: Row | undefined) => { setOpen(false); if (row) onPick(row) }
  return (
    <div className="qt-product">
      <Input ref={inputRef} aria-label={label} role="combobox" aria-expanded={rows.length > 0} autoComplete="off" placeholder={tq('product')} maxLength={100} value={value} status={wrong ? 'error' : ''} onPaste={onPaste}
        onChange={event => { onType(event.target.value); setOpen(true); setAt(0) }} onBlur={() => setOpen(false)}
        onKeyDown={event => {
          if (event.key === 'ArrowDown' && rows.length) { event.preventDefault(); setAt((at + 1) % rows.length) }
          else if (event.key === 'ArrowUp' && rows.length) { event.preventDefault(); setAt((at + rows.length - 1) % rows.length) }
          else if (event.key === 'Escape' && open) { event.stopPropagation(); setOpen(false) }
          else if (event.key === 'Enter' && !event.nativeEvent.isComposing) { event.preventDefault(); if (rows.length) pick(rows[at]); else { setOpen(false); onEnter() } }
        }} />
      {rows.length > 0 && <ul role="listbox" className="qt-found">{rows.map((row, i) => <li key={row.id} role="option" aria-selected={i === at} className={i === at ? 'qt-at' : ''} onMouseDown={event => { event.preventDefault(); pick(row) }}><span className="qc-soft">{String(row.code)}</span> {String(row.name)}</li>)}</ul>}
      {open && q !== '' && found.data?.items.length === 0 && <div className="qt-found qt-none qc-faint">{tq('noProduct')}</div>}
    </div>
  )
}
