import './sales.css'
import { api, can, EntityList, forget, Icon, PageFrame, RefPicker, useSay, type Row } from '@quancheng/ui'
import { Input, Modal, Segmented } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { ts } from './texts.ts'

/** 潜在客户: a pool of its own; head office picks the good ones and hands them to regions (CU-12). */
export default function Prospects() {
  const [params, setParams] = useSearchParams()
  const [picked, setPicked] = useState<{ rows: Row[], clear: () => void } | null>(null)
  const tab = params.get('tab') ?? 'pool'
  return (
    <PageFrame title={ts('prospects')} actions={can('customer:create') && <Link className="qc-button qc-button-primary" to="/e/customers/new?standing=prospect"><Icon name="plus" />{ts('newProspect')}</Link>}
      bar={can('prospect:read') ? <Segmented value={tab} onChange={value => setParams({ tab: value }, { replace: true })} options={[{ value: 'pool', label: ts('poolTab') }, { value: 'handed', label: ts('evaluated') }]} /> : undefined}>
      {tab === 'handed' ? <section><EntityList entity="prospect" embedded /></section> : <div className="qc-stack"><p className="qc-soft">{ts('prospectHint')}</p>
        <section><EntityList entity="customer" embedded filter={{ standing: 'prospect' }} columns={['name', 'potential', 'accountType', 'industry', 'staffCount', 'province', 'unitId', 'ownerId']} {...(can('prospect:handOut') ? { batch: (rows: Row[], clear: () => void) => <button type="button" className="qc-button qc-button-primary" onClick={() => setPicked({ rows, clear })}>{ts('handOut')}</button> } : {})} /></section></div>}
      {picked && <HandOut rows={picked.rows} onClose={() => setPicked(null)} onDone={() => { picked.clear(); setPicked(null) }} />}
    </PageFrame>
  )
}

function HandOut({ rows, onClose, onDone }: { rows: Row[], onClose: () => void, onDone: () => void }) {
  const say = useSay()
  const [unitId, setUnit] = useState<string | null>(null)
  const [favoured, setFavoured] = useState(true)
  const [note, setNote] = useState('')
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const submit = async () => {
    setAsked(true)
    if (!unitId) return
    setBusy(true)
    try {
      const made = await api.post<{ count: number, unit: string }>('/prospects/hand-out', { customerIds: rows.map(r => r.id), unitId, favoured, note: note.trim() || null })
      await forget('customer', 'prospect', 'task')
      say.ok(ts('handedOut', { u: made.unit, n: made.count }))
      onDone()
    } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  return (
    <Modal open title={`${ts('handOut')} · ${ts('selected', { n: rows.length })}`} onCancel={onClose} onOk={() => void submit()} confirmLoading={busy} okText={ts('handOut')}>
      <form className="sa-form" onSubmit={event => { event.preventDefault(); void submit() }}>
        <label htmlFor="ho-unit">{ts('handTo')} *<RefPicker entity="unit" id="ho-unit" autoFocus value={unitId} onChange={v => setUnit((v as string | null) ?? null)} /></label>
        {asked && !unitId && <p className="sa-wrong" role="alert">{ts('choose')}</p>}
        <label style={{ display: 'block' }}><input type="checkbox" checked={favoured} onChange={event => setFavoured(event.target.checked)} /> {ts('favoured')}</label>
        <label htmlFor="ho-note">{ts('note')}<Input.TextArea id="ho-note" maxLength={500} autoSize={{ minRows: 2 }} value={note} onChange={event => setNote(event.target.value)} onKeyDown={event => { if (event.key === 'Enter' && event.ctrlKey) void submit() }} /></label>
      </form>
    </Modal>
  )
}
