import './sales.css'
import { CopyText, EntityPage, type Row } from '@quancheng/ui'
import { useParams } from 'react-router'
import { ts } from './texts.ts'

/** 线索表单 with what to put on one's page: a frame without a script, or an address for programs (CU-13). */
export default function LeadFormPage() {
  const id = useParams().id!
  return <EntityPage key={id} entity="leadForm" id={id} top={row => <Snippet row={row} />} />
}

function Snippet({ row }: { row: Row }) {
  const token = String(row.token ?? ''), origin = window.location.origin, address = `${origin}/lead-form/${token}`
  const frame = `<iframe src="${address}" title="${String(row.title ?? '')}" width="100%" height="520" style="border:0"></iframe>`
  const fetchIt = `await fetch('${origin}/api/public/lead-forms/${token}/leads', {\n  method: 'POST', headers: { 'content-type': 'application/json' },\n  body: JSON.stringify({ name: '张三', phone: '13800000001'${row.consent ? ', consent: true' : ''} }),\n})`
  return (
    <section className="qc-panel"><header><h2>{ts('formSnippet')}</h2><a className="qc-button" href={address} target="_blank" rel="noreferrer">{ts('openForm')}</a></header>
      <div className="qc-panel-pad qc-stack"><p className="qc-soft">{ts('formHint')}</p><code className="sa-snippet">{frame}</code><CopyText value={frame} /><p className="qc-soft">{ts('apiHint')}</p><code className="sa-snippet">{fetchIt}</code></div></section>
  )
}
