import { api, ApiError, forget, moneyText, RefPicker, useSay, type Row } from '@quancheng/ui'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { ts } from './texts.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** To somebody, or into another block's pool; why stays on record. */
export function AssignDialog({ ids, onClose, onDone }: { ids: string[], onClose: () => void, onDone: () => void }) {
  const say = useSay()
  const [toId, setTo] = useState<string | null>(null)
  const [unitId, setUnit] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const submit = async () => {
    setAsked(true)
    if ((!toId && !unitId) || !reason.trim()) return
    setBusy(true)
    try { await api.post('/leads/assign', { ids, toId, unitId, reason: reason.trim() }); await forget('lead'); say.ok(ts('assigned', { n: ids.length })); onDone() } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  return (
    <Modal open title={`${ts('assign')} · ${ts('selected', { n: ids.length })}`} onCancel={onClose} onOk={() => void submit()} confirmLoading={busy} okText={ts('assign')}>
      <form className="sa-form" onSubmit={event => { event.preventDefault(); void submit() }}>
        <label htmlFor="as-to">{ts('assignTo')}<RefPicker entity="user" id="as-to" autoFocus value={toId} onChange={v => setTo((v as string | null) ?? null)} /></label>
        <label htmlFor="as-unit">{ts('orBlock')}<RefPicker entity="unit" id="as-unit" value={unitId} onChange={v => setUnit((v as string | null) ?? null)} /></label>
        {asked && !toId && !unitId && <p className="sa-wrong" role="alert">{ts('choose')}</p>}
        <label htmlFor="as-why">{ts('why')} *<Input id="as-why" maxLength={200} status={asked && !reason.trim() ? 'error' : ''} value={reason} onChange={event => setReason(event.target.value)} onPressEnter={() => void submit()} /></label>
      </form>
    </Modal>
  )
}

/** Customer, contact and deal in one act; what is wrong stands at its field. */
export function ConvertDialog({ row, onClose }: { row: Row, onClose: () => void }) {
  const say = useSay()
  const navigate = useNavigate()
  const [customerId, setCustomer] = useState<string | null>(null)
  const [name, setName] = useState(text(row.company) || text(row.name))
  const [contact, setContact] = useState(text(row.name))
  const [withDeal, setDeal] = useState(true)
  const [deal, setDealName] = useState(text(row.needs).slice(0, 40) || `${text(row.company) || text(row.name)}`)
  const [amount, setAmount] = useState(row.amount ? String(row.amount) : '')
  const [closeOn, setCloseOn] = useState('')
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [like, setLike] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (sure = false) => {
    setBusy(true); setWrong({})
    try {
      const made = await api.post<{ customerId: string, opportunityId: string | null }>(`/leads/${row.id}/convert`, {
        ...(customerId ? { customerId } : { name: name.trim(), kind: row.company || contact.trim() !== name.trim() ? 'company' : 'person', sure }), contact: contact.trim() && (customerId || contact.trim() !== name.trim()) ? { name: contact.trim() } : null, opportunity: withDeal ? { name: deal.trim(), amount, closeOn } : null,
      })
      await forget('lead', 'opportunity', 'customer')
      say.ok(ts('converted'))
      void navigate(made.opportunityId ? `/e/opportunities/${made.opportunityId}` : `/e/customers/${made.customerId}`)
    } catch (error) {
      const details = error instanceof ApiError ? error.details as { fields?: Array<{ field: string, message: string }> } | undefined : undefined
      if (error instanceof ApiError && error.code === 'LEAD_DOUBLE') setLike(error.message)
      else if (details?.fields) setWrong(Object.fromEntries(details.fields.map(f => [f.field.replace(/^opportunity\./, ''), f.message])))
      else say.error(error)
    } finally { setBusy(false) }
  }
  const at = (field: string) => wrong[field] && <span className="sa-wrong" role="alert">{wrong[field]}</span>
  return (
    <Modal open title={`${ts('convert')} · ${text(row.name)}`} onCancel={onClose} onOk={() => void submit()} confirmLoading={busy} okText={ts('convert')}>
      <form className="sa-form" onSubmit={event => { event.preventDefault(); void submit() }}>
        <label htmlFor="cv-customer">{ts('existing')}<RefPicker entity="customer" id="cv-customer" value={customerId} onChange={v => { setCustomer((v as string | null) ?? null); setLike(null) }} /></label>
        {!customerId && <label htmlFor="cv-name">{ts('newCustomer')} *<Input id="cv-name" maxLength={100} value={name} onChange={event => { setName(event.target.value); setLike(null) }} />{at('name')}</label>}
        {like && <div role="alert"><p className="sa-wrong">{like}</p><button type="button" className="qc-button" disabled={busy} onClick={() => void submit(true)}>{ts('makeAnyway')}</button></div>}
        <label htmlFor="cv-contact">{ts('contactName')}<Input id="cv-contact" maxLength={60} value={contact} onChange={event => setContact(event.target.value)} /></label>
        <label style={{ display: 'block' }}><input type="checkbox" checked={withDeal} onChange={event => setDeal(event.target.checked)} /> {ts('withDeal')}</label>
        {withDeal && <>
          <label htmlFor="cv-deal">{ts('dealName')} *<Input id="cv-deal" autoFocus maxLength={100} value={deal} onChange={event => setDealName(event.target.value)} />{at('name') && customerId ? at('name') : null}</label>
          <div className="sa-two"><label htmlFor="cv-amount">{ts('amount')} *<Input id="cv-amount" prefix="¥" inputMode="decimal" value={amount} onChange={event => setAmount(event.target.value)} {...(amount && /^\d+(\.\d+)?$/.test(amount) ? { suffix: <span className="qc-faint">{moneyText(amount)}</span> } : {})} />{at('amount')}</label>
            <label htmlFor="cv-close">{ts('closeOn')} *<Input id="cv-close" type="date" value={closeOn} onChange={event => setCloseOn(event.target.value)} onPressEnter={() => void submit()} />{at('closeOn')}</label></div></>}
      </form>
    </Modal>
  )
}
