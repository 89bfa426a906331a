import './usage.css'
import { api, can, EntityPage, forget, useNow, useSay, type Row } from '@quancheng/ui'
import { Popconfirm } from 'antd'
import { useParams } from 'react-router'
import { tu } from './texts.ts'

/** One hand-over, what it moved, and for a day the way back. */
export default function HandoverPage() {
  const id = useParams().id!
  return <EntityPage key={id} entity="handover" id={id} back="/handover" actions={row => <Undo row={row} />} />
}

function Undo({ row }: { row: Row }) {
  const say = useSay(), now = useNow()
  if (row.state !== 'moved' || !can('handover:undo') || now > new Date(row.undoUntil as string)) return null
  const undo = async () => {
    try {
      const done = await api.post<{ restored: number, kept: number }>(`/handovers/${row.id}/undo`)
      await forget('handover', 'handoverItem', 'customer', 'lead', 'opportunity', 'task')
      say.ok(tu('undone', { r: done.restored, k: done.kept }))
    } catch (error) { say.error(error) }
  }
  return <Popconfirm title={tu('undoAsk')} onConfirm={() => void undo()}><button type="button" className="qc-button">{tu('undo')}</button></Popconfirm>
}
