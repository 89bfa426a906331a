import { api, EntityPage, forget, Icon, useSay, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Dropdown } from 'antd'
import { useParams } from 'react-router'
import { tp } from './texts.ts'

type Printers = { items: Array<Row & { name: string }> }

/** One print: what became of it, and what can still be done about it. */
export default function PrintJobPage() {
  const id = useParams().id!
  return <EntityPage key={id} entity="printJob" id={id} actions={row => <Actions row={row} />} />
}

function Actions({ row }: { row: Row }) {
  const say = useSay()
  const open = row.state === 'failed' || row.state === 'waiting'
  const printers = useQuery({ queryKey: ['entity', 'printer', 'list', { unitId: row.unitId }], enabled: open, queryFn: ({ signal }) => api.get<Printers>('/printers', { query: { filter: JSON.stringify({ unitId: row.unitId, off: false }) }, signal }) })
  if (!open) return null
  const act = async (path: string, body: object, done: string) => {
    try { await api.post(`/print-jobs/${row.id}/${path}`, body); say.ok(done); await forget('printJob') } catch (error) { say.error(error) }
  }
  const others = (printers.data?.items ?? []).filter(each => each.id !== row.printerId)
  return (
    <>
      <button type="button" className="qc-button qc-button-primary" onClick={() => void act('retry', {}, tp('sent'))}><Icon name="refresh" />{tp('retry')}</button>
      {others.length > 0 && <Dropdown trigger={['click']} menu={{ items: others.map(each => ({ key: each.id, label: tp('retryOn', { printer: each.name }) })), onClick: ({ key }) => void act('retry', { printerId: key }, tp('sent')) }}><button type="button" className="qc-button" aria-label={tp('retryOn', { printer: '…' })}><Icon name="down" /></button></Dropdown>}
      <button type="button" className="qc-button" onClick={() => void act('cancel', {}, tp('cancelled'))}>{tp('cancel')}</button>
    </>
  )
}
