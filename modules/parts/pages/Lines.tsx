import './parts.css'
import { can, ErrorState, forget, Icon, keys, moneyText, queryClient, Skeleton, useDebounced, useLive, useSay, type PanelProps } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import { linesKey, partsApi, stockKey, type Line } from './api.ts'
import { tp } from './texts.ts'

/** What a request is quoted with: parts from the shelf and labour, what became of each, and what they come to (SP-31). */
export default function Lines({ row }: PanelProps) {
  const say = useSay()
  const [adding, setAdding] = useState<'part' | 'labour' | null>(null)
  const [busy, setBusy] = useState(false)
  const read = useQuery({ queryKey: linesKey(row.id), queryFn: ({ signal }) => partsApi.lines(row.id, signal) })
  useLive(['partLine', 'serviceRequest'], () => void read.refetch())
  if (read.isPending) return <section className="qc-panel qc-panel-pad"><Skeleton lines={2} /></section>
  if (read.isError) return <section className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></section>
  const { lines, total, mayAdd, mayUse, repeatDays, free } = read.data
  const add = mayAdd && can('partLine:create'), use = can('partLine:use')
  if (lines.length === 0 && !add) return null
  const fresh = async () => { await read.refetch(); await Promise.all([forget('serviceRequest'), queryClient.invalidateQueries({ queryKey: keys.tasks })]) }
  const decide = async (line: Line, verb: 'use' | 'release' | 'return') => {
    setBusy(true)
    try { await partsApi.decide(line.id, verb); say.ok(tp('done')); await fresh() } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  const verbs = (line: Line): Array<['use' | 'release' | 'return', 'use' | 'release' | 'back']> => [
    ...(mayUse && line.state === 'reserved' ? [['use', 'use'] as const] : []),
    ...(mayAdd && ['reserved', 'waiting', 'agreed'].includes(line.state) ? [['release', 'release'] as const] : []),
    ...(mayUse && line.state === 'used' ? [['return', 'back'] as const] : []),
  ].map(([verb, text]) => [verb, text])
  return (
    <section className="qc-panel">
      <header><h2>{tp('lines')}</h2>{add && <div className="qc-row"><button type="button" className="qc-button" onClick={() => setAdding('part')}><Icon name="plus" />{tp('addPart')}</button><button type="button" className="qc-button" onClick={() => setAdding('labour')}><Icon name="plus" />{tp('addLabour')}</button></div>}</header>
      {lines.length === 0 ? <p className="qc-soft qc-panel-pad">{tp('noLines')}</p> : (
        <ul className="pa-lines">{lines.map(line => (
          <li key={line.id} data-state={line.state}>
            <div className="pa-what"><b>{line.name}</b>{line.code && <span className="qc-soft"> {line.code}</span>}<br /><span className="qc-soft">{moneyText(line.unitPrice)} × {line.quantity}{line.measure ?? ''}</span></div>
            <span className={`pa-state pa-${line.state}`}>{tp(`state_${line.state}`)}</span>
            <b className="pa-amount">{moneyText(line.amount)}</b>
            <div className="pa-acts">{use && verbs(line).map(([verb, text]) => <button key={verb} type="button" className="qc-button" disabled={busy} aria-label={`${tp(text)} ${line.name}`} onClick={() => void decide(line, verb)}>{tp(text)}</button>)}</div>
          </li>
        ))}<li className="pa-total"><span>{tp('total')}</span><b>{moneyText(total)}</b></li></ul>
      )}
      {adding && <Add kind={adding} free={free} repeatDays={repeatDays} requestId={row.id} unitId={typeof row.unitId === 'string' ? row.unitId : null} onClose={() => setAdding(null)} onDone={() => { setAdding(null); void fresh() }} />}
    </section>
  )
}

function Add({ kind, free, repeatDays, requestId, unitId, onClose, onDone }: { kind: 'part' | 'labour', free: { labour: boolean, parts: boolean }, repeatDays: number | null, requestId: string, unitId: string | null, onClose: () => void, onDone: () => void }) {
  const say = useSay()
  const [q, setQ] = useState('')
  const asked = useDebounced(q.trim(), 200)
  const read = useQuery({ queryKey: stockKey(unitId, asked), queryFn: ({ signal }) => partsApi.stock(unitId, asked, signal), enabled: kind === 'part', placeholderData: previous => previous })
  const [partId, setPartId] = useState<string | null>(null)
  const [name, setName] = useState(tp('labour'))
  const [quantity, setQuantity] = useState<number | null>(1)
  const [price, setPrice] = useState<string | null>(kind === 'labour' && (repeatDays !== null || free.labour) ? '0.00' : null)
  const [busy, setBusy] = useState(false)
  const part = read.data?.items.find(item => item.partId === partId)
  const unitPrice = price ?? (part && free.parts ? '0.00' : part?.price) ?? null
  const ready = quantity !== null && unitPrice !== null && (kind === 'part' ? partId !== null : name.trim() !== '')
  const save = async () => {
    setBusy(true)
    try {
      const { state } = await partsApi.add(requestId, { ...(partId ? { partId } : { name: name.trim() }), quantity: quantity!, unitPrice: unitPrice! })
      if (state === 'waiting') say.warn(tp('addedWaiting')); else say.ok(tp('added'))
      onDone()
    } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  return (
    <Modal open title={tp(kind === 'part' ? 'addPart' : 'addLabour')} okText={tp('add')} okButtonProps={{ disabled: !ready, loading: busy }} onOk={() => void save()} onCancel={onClose}>
      <div className="pa-form">
        {kind === 'labour' && repeatDays !== null && <p className="pa-wait">{tp('repeatFree', { n: repeatDays })}</p>}
        {(kind === 'part' ? free.parts : free.labour) && <p className="pa-wait">{tp('paidFor')}</p>}
        {kind === 'part' ? <label><span className="qc-soft">{tp('part')}</span><Select autoFocus showSearch filterOption={false} aria-label={tp('part')} placeholder={tp('find')} value={partId} onSearch={setQ} onChange={value => { setPartId(value); setPrice(null) }} loading={read.isFetching}
          options={(read.data?.items ?? []).map(item => ({ value: item.partId, label: `${item.name} ${item.code} · ${tp('freeNow', { n: item.available })}` }))} /></label>
          : <label><span className="qc-soft">{tp('labourName')}</span><Input autoFocus maxLength={80} value={name} onChange={event => setName(event.target.value)} /></label>}
        <label><span className="qc-soft">{tp('quantity')}</span><InputNumber min={1} max={999} precision={0} value={quantity} onChange={setQuantity} /></label>
        <label><span className="qc-soft">{tp('price')}</span><InputNumber<string> stringMode min="0" max="999999999" precision={2} value={unitPrice} onChange={setPrice} addonBefore="¥" /></label>
      </div>
    </Modal>
  )
}
