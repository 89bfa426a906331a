import './parts.css'
import { can, EmptyState, ErrorState, Icon, moneyText, PageFrame, RefPicker, Skeleton, useDebounced, useLive, usePhone, useSay, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Drawer, Input, InputNumber, Modal } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { partsApi, stockKey, type StockLine } from './api.ts'
import { tp } from './texts.ts'

type Doing = { what: 'receive' | 'adjust' | 'ledger', line: StockLine }

/** 配件库存: what this station has of each part, and what is waited for (SP-31). */
export default function Stock() {
  const phone = usePhone()
  const [q, setQ] = useState('')
  const [unitId, setUnitId] = useState<string | null>(null)
  const [doing, setDoing] = useState<Doing | null>(null)
  const asked = useDebounced(q.trim(), 200)
  const read = useQuery({ queryKey: stockKey(unitId, asked), queryFn: ({ signal }) => partsApi.stock(unitId, asked, signal), placeholderData: previous => previous })
  useLive(['partStock', 'partLine', 'part'], () => void read.refetch())
  const unit = read.data?.unit ?? null
  const may = { receive: can('part:receive'), adjust: can('part:adjust') }
  const buttons = (line: StockLine) => (
    <div className="pa-acts">
      {may.receive && <button type="button" className="qc-button" onClick={() => setDoing({ what: 'receive', line })}>{tp('receive')}</button>}
      {may.adjust && <button type="button" className="qc-button" onClick={() => setDoing({ what: 'adjust', line })}>{tp('adjust')}</button>}
      <button type="button" className="qc-button" onClick={() => setDoing({ what: 'ledger', line })}>{tp('ledger')}</button>
    </div>
  )
  return (
    <PageFrame title={unit ? `${tp('title')} · ${unit.name}` : tp('title')}>
      <section className="qc-panel">
        <div className="qc-row pa-bar">
          <Input allowClear prefix={<Icon name="search" />} aria-label={tp('find')} placeholder={tp('find')} value={q} onChange={event => setQ(event.target.value)} />
          <div className="pa-unit"><RefPicker entity="unit" ariaLabel={tp('station')} placeholder={tp('station')} filter={{ kind: 'station' }} value={unitId} onChange={value => setUnitId(typeof value === 'string' ? value : null)} /></div>
        </div>
        {read.isPending ? <Skeleton lines={8} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
          : read.data.items.length === 0 ? <EmptyState icon="box" title={tp('none')} hint={tp('noneHint')} />
            : phone ? <ul className="pa-cards">{read.data.items.map(line => (
              <li key={line.partId}><div><b>{line.name}</b> <span className="qc-soft">{line.code}</span></div><p>{tp('available')} <b>{line.available}</b> · {tp('onHand')} {line.onHand} · {tp('reserved')} {line.reserved}{line.waiting > 0 && <span className="pa-wait"> · {tp('waiting')} {line.waiting}</span>}</p>{buttons(line)}</li>
            ))}</ul>
              : <table className="pa-table"><thead><tr><th>{tp('part')}</th><th>{tp('price')}</th><th>{tp('onHand')}</th><th>{tp('reserved')}</th><th>{tp('available')}</th><th>{tp('waiting')}</th><th aria-label={tp('ledger')} /></tr></thead>
                <tbody>{read.data.items.map(line => (
                  <tr key={line.partId}><td><b>{line.name}</b><span className="qc-soft"> {line.code}</span></td><td>{moneyText(line.price)}</td><td>{line.onHand}</td><td>{line.reserved}</td><td><b>{line.available}</b> {line.measure}</td><td>{line.waiting > 0 ? <span className="pa-wait">{line.waiting}</span> : '—'}</td><td>{buttons(line)}</td></tr>
                ))}</tbody></table>}
      </section>
      {doing && doing.what !== 'ledger' && unit && <Change doing={doing} unitId={unit.id} onClose={done => { setDoing(null); if (done) void read.refetch() }} />}
      {doing?.what === 'ledger' && unit && <Ledger line={doing.line} unitId={unit.id} onClose={() => setDoing(null)} />}
    </PageFrame>
  )
}

function Change({ doing, unitId, onClose }: { doing: Doing, unitId: string, onClose: (done: boolean) => void }) {
  const say = useSay()
  const receiving = doing.what === 'receive'
  const [number, setNumber] = useState<number | null>(receiving ? 1 : doing.line.onHand)
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const difference = (number ?? 0) - doing.line.onHand
  const ready = number !== null && (receiving ? number > 0 : difference !== 0 && note.trim() !== '')
  const save = async () => {
    setBusy(true)
    const of = { partId: doing.line.partId, unitId }
    try {
      if (receiving) await partsApi.receive({ ...of, quantity: number!, ...(note.trim() ? { note: note.trim() } : {}) })
      else await partsApi.adjust({ ...of, quantity: difference, note: note.trim() })
      say.ok(tp(receiving ? 'received' : 'adjusted'))
      onClose(true)
    } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  return (
    <Modal open title={`${tp(receiving ? 'receive' : 'adjust')} · ${doing.line.name}`} okText={tp(receiving ? 'receive' : 'adjust')} okButtonProps={{ disabled: !ready, loading: busy }} onOk={() => void save()} onCancel={() => onClose(false)}>
      <div className="pa-form">
        <label><span className="qc-soft">{tp(receiving ? 'quantity' : 'counted')}</span><InputNumber autoFocus min={receiving ? 1 : 0} max={100_000} precision={0} value={number} onChange={setNumber} onPressEnter={() => { if (ready) void save() }} addonAfter={doing.line.measure} /></label>
        <label><span className="qc-soft">{tp(receiving ? 'note' : 'reason')}</span><Input maxLength={200} value={note} onChange={event => setNote(event.target.value)} /></label>
      </div>
    </Modal>
  )
}

function Ledger({ line, unitId, onClose }: { line: StockLine, unitId: string, onClose: () => void }) {
  const read = useQuery({ queryKey: ['parts', 'ledger', line.partId, unitId], queryFn: ({ signal }) => partsApi.ledger(line.partId, unitId, signal) })
  return (
    <Drawer open title={`${tp('ledger')} · ${line.name}`} onClose={onClose} size="large">
      {read.isPending ? <Skeleton lines={6} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : read.data.items.length === 0 ? <EmptyState icon="list" title={tp('nothingMoved')} />
        : <ul className="pa-moves">{read.data.items.map(move => (
          <li key={move.id}><b>{tp(`${move.kind}_k`)} {move.quantity > 0 && (move.kind === 'receive' || move.kind === 'return' || move.kind === 'adjust') ? '+' : ''}{move.quantity}</b>
            <span>{tp('onHand')} {move.onHand} · {tp('reserved')} {move.reserved}</span>
            <span className="qc-soft">{move.requestId && move.number ? <Link to={`/e/service-requests/${move.requestId}`}>{move.number}</Link> : null} {move.note} {move.by} <When at={move.at} form="absolute" /></span></li>
        ))}</ul>}
    </Drawer>
  )
}
