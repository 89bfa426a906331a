import './marketing.css'
import { api, ApiError, can, EntityList, EntityPage, forget, moneyText, ReasonDialog, RefPicker, useSay, type Row } from '@quancheng/ui'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { tm } from './texts.ts'

/** 促销: what is left of its budget, its uses, their settlement and disputes (MK-03). */
export default function PromotionPage() {
  const id = useParams().id!
  return <EntityPage key={id} entity="promotion" id={id} actions={row => <Acts row={row} />} top={row => <div className="mk-top"><Budget row={row} />{can('promotionUse:read') && <Uses id={row.id} />}</div>} />
}

function Budget({ row }: { row: Row }) {
  const cells = [[tm('budget'), row.budget], [tm('spent'), row.spent], [tm('left'), ((Math.round(Number(row.budget) * 100) - Math.round(Number(row.spent ?? 0) * 100)) / 100).toFixed(2)]] as const
  return <section className="qc-panel"><div className="qc-panel-pad mk-figures mk-figures-money">{cells.map(([label, value]) => <div key={label} className="mk-figure" data-plain="true"><span>{label}</span><b>¥ {moneyText(String(value ?? 0))}</b></div>)}<div className="mk-figure" data-plain="true"><span>{tm('uses')}</span><b>{row.planned ? tm('planned', { a: Number(row.uses ?? 0), b: Number(row.planned) }) : String(row.uses ?? 0)}</b></div></div></section>
}

function Acts({ row }: { row: Row }) {
  const say = useSay()
  const [open, setOpen] = useState(false), [customerId, setCustomer] = useState<string | null>(null), [voucher, setVoucher] = useState(''), [wrong, setWrong] = useState<string | null>(null), [busy, setBusy] = useState(false)
  const use = async () => {
    if (!customerId) { setWrong(tm('needCustomer')); return }
    setBusy(true)
    try { const r = await api.post<{ left: string }>(`/promotions/${row.id}/use`, { customerId, voucher: voucher.trim() || null }); say.ok(tm('used', { n: moneyText(r.left) })); setOpen(false); setCustomer(null); setVoucher(''); await forget('promotion', 'promotionUse') } catch (error) { setWrong(error instanceof ApiError ? error.message : String(error)) } finally { setBusy(false) }
  }
  const settle = async () => { try { const r = await api.post<{ count: number, amount: string }>(`/promotions/${row.id}/settle`); say.ok(r.count === 0 ? tm('nothingToSettle') : tm('settled', { n: r.count, a: moneyText(r.amount) })); await forget('promotion', 'promotionUse') } catch (error) { say.error(error) } }
  return (
    <>
      {can('promotion:use') && <button type="button" className="qc-button qc-button-primary" onClick={() => { setOpen(true); setWrong(null) }}>{tm('use')}</button>}
      {can('promotion:settle') && <button type="button" className="qc-button" onClick={() => void settle()}>{tm('settle')}</button>}
      <Modal open={open} title={tm('use')} okText={tm('use')} confirmLoading={busy} onCancel={() => setOpen(false)} onOk={() => void use()} destroyOnHidden>
        <form className="qc-stack" onSubmit={event => { event.preventDefault(); void use() }}>
          <label htmlFor="pr-customer">{tm('customer')} *<RefPicker entity="customer" id="pr-customer" autoFocus style={{ width: '100%' }} value={customerId} onChange={v => { setCustomer((v as string | null) ?? null); setWrong(null) }} /></label>
          <label htmlFor="pr-voucher">{tm('voucher')}<Input id="pr-voucher" maxLength={60} value={voucher} onChange={event => { setVoucher(event.target.value); setWrong(null) }} /></label>
          {wrong && <p className="mk-wrong" role="alert">{wrong}</p>}
          <input type="submit" hidden />
        </form></Modal>
    </>
  )
}

function Uses({ id }: { id: string }) {
  const say = useSay()
  const [asked, setAsked] = useState<{ rows: Row[], clear: () => void, to: 'disputed' | 'used' | 'rejected' } | null>(null)
  const judge = async (reason: string) => {
    if (!asked) return
    try { for (const r of asked.rows) await api.post(`/promotion-uses/${r.id}/judge`, { to: asked.to, reason }); asked.clear(); setAsked(null) } catch (error) { say.error(error) } finally { await forget('promotion', 'promotionUse') }
  }
  const label = (to: 'disputed' | 'used' | 'rejected') => tm(to === 'disputed' ? 'dispute' : to === 'used' ? 'accept' : 'reject')
  return (
    <section><h2 className="sa-h2">{tm('uses')}</h2>
      <EntityList entity="promotionUse" embedded columns={['usedAt', 'customerId', 'amount', 'voucher', 'state', 'reason', 'settledAt']} filter={{ promotionId: id }} {...(can('promotion:settle') ? { batch: (rows: Row[], clear: () => void) => <>{(['disputed', 'used', 'rejected'] as const).map(to => <button key={to} type="button" className="qc-button" onClick={() => setAsked({ rows, clear, to })}>{label(to)}</button>)}</> } : {})} />
      <ReasonDialog open={asked !== null} title={asked ? label(asked.to) : ''} onClose={() => setAsked(null)} onOk={judge} /></section>
  )
}
