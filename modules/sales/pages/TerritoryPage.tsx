import './sales.css'
import { api, can, EntityPage, forget, messageOf, presentTime, RefPicker, useSay, type Row } from '@quancheng/ui'
import { Input, Modal } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { ts } from './texts.ts'

/** One territory; whose it is from a day on is handed over here, what was before stays (SA-07). */
export default function TerritoryPage() {
  const id = useParams().id!
  return <EntityPage key={id} entity="territory" id={id} actions={row => <HandOver row={row} />} />
}

function HandOver({ row }: { row: Row }) {
  const say = useSay()
  const [open, setOpen] = useState(false)
  const [toId, setTo] = useState<string | null>(null)
  const [from, setFrom] = useState(() => new Date(presentTime().getTime() + 8 * 3_600_000).toISOString().slice(0, 10))
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async () => {
    if (!toId) { setProblem(ts('choose')); return }
    setBusy(true); setProblem(null)
    try { await api.post(`/territories/${row.id}/hand-over`, { toId, from }, { quiet: true }); await forget('territory', 'territoryHolder'); say.ok(ts('territoryHanded')); setOpen(false) } catch (error) { setProblem(messageOf(error)) } finally { setBusy(false) }
  }
  if (!can('territory:update')) return null
  return (
    <><button type="button" className="qc-button" onClick={() => { setTo(null); setProblem(null); setOpen(true) }}>{ts('handTerritory')}</button>
      <Modal open={open} title={`${ts('handTerritory')} · ${String(row.name)}`} okText={ts('handTerritory')} confirmLoading={busy} onOk={() => void submit()} onCancel={() => setOpen(false)} destroyOnHidden>
        <form className="sa-form" onSubmit={event => { event.preventDefault(); void submit() }}>
          <label htmlFor="te-to">{ts('handTo')} *<RefPicker entity="user" id="te-to" autoFocus value={toId} onChange={v => { setTo((v as string | null) ?? null); setProblem(null) }} /></label>
          <label htmlFor="te-from">{ts('handFrom')} *<Input id="te-from" type="date" value={from} onChange={event => { setFrom(event.target.value); setProblem(null) }} /></label>
          {problem && <p className="sa-wrong" role="alert">{problem}</p>}
          <button type="submit" hidden />
        </form>
      </Modal></>
  )
}
