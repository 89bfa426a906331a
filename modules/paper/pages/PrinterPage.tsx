import { api, can, EntityPage, Icon, useSay, type Row } from '@quancheng/ui'
import { useParams } from 'react-router'
import { tp } from './texts.ts'

/** One printer, with a page to try it. */
export default function PrinterPage() {
  const id = useParams().id!
  return <EntityPage key={id} entity="printer" id={id} actions={row => <Test row={row} />} />
}

function Test({ row }: { row: Row }) {
  const say = useSay()
  if (!can('printer:update')) return null
  const test = async () => { try { await api.post(`/printers/${row.id}/test`); say.ok(tp('testSent')) } catch (error) { say.error(error) } }
  return <button type="button" className="qc-button" onClick={() => void test()}><Icon name="ticket" />{tp('test')}</button>
}
