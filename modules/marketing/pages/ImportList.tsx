import { api, forget, useSay } from '@quancheng/ui'
import { Modal, Upload } from 'antd'
import { useState } from 'react'
import { tm } from './texts.ts'

type Report = { total: number, created: number, doubles: number, bad: number, failed: number, committed: boolean, errors: Array<{ line: number, field?: string, message: string }> }

/** A bought list: looked through first, each refused row named; then the good ones become leads (MK-04). */
export function ImportList({ id, onClose }: { id: string, onClose: () => void }) {
  const say = useSay()
  const [file, setFile] = useState<File | null>(null), [report, setReport] = useState<Report | null>(null), [busy, setBusy] = useState(false)
  const run = async (chosen: File, mode: 'trial' | 'commit') => {
    setBusy(true)
    try {
      const answer = await api.upload<Report>(`/campaigns/${id}/list`, chosen, { query: { mode } })
      setReport(answer)
      if (mode === 'commit') { say.ok(tm('imported', { n: answer.created })); await forget('lead', 'campaign'); onClose() }
    } catch (error) { setFile(null); setReport(null); say.error(error) } finally { setBusy(false) }
  }
  return (
    <Modal open title={tm('list')} onCancel={onClose} okText={tm('doImport', { n: report?.created ?? 0 })} okButtonProps={{ disabled: !report?.created, loading: busy }} onOk={() => file && void run(file, 'commit')}>
      <div className="qc-stack"><p className="qc-soft">{tm('listHint')}</p>
        <Upload.Dragger accept=".xlsx,.csv" maxCount={1} showUploadList={false} disabled={busy} beforeUpload={chosen => { setFile(chosen); setReport(null); void run(chosen, 'trial'); return false }}>{file ? file.name : tm('choose')}</Upload.Dragger>
        {report && <><p role="status">{tm('checked', { n: report.total, a: report.created, b: report.doubles, c: report.bad })}</p>{report.errors.length > 0 && <ul className="mk-lines">{report.errors.slice(0, 200).map((e, i) => <li key={i}>{tm('line', { n: e.line })}{e.field && ` ${e.field}`}：{e.message}</li>)}</ul>}</>}
      </div>
    </Modal>
  )
}
