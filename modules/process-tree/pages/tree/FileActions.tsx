import { api, ApiError, can, download, Icon, useSay } from '@quancheng/ui'
import { Dropdown, Modal } from 'antd'
import { useRef, useState } from 'react'
import { Link } from 'react-router'
import { tp } from '../texts.ts'
import { again, type ImportReport } from './api.ts'

/** The tree from a file, into a file, onto paper. */
export function FileActions() {
  const say = useSay()
  const [problems, setProblems] = useState<Array<{ line: number, message: string }> | null>(null)
  const file = useRef<HTMLInputElement>(null)
  const upload = async (chosen: File | undefined) => {
    if (!chosen) return
    try {
      const report = await api.upload<ImportReport>('/process-tree/import', chosen)
      say.ok(tp('imported', { ...report }))
      await again()
    } catch (error) {
      const found = error instanceof ApiError ? error.details.problems : null
      if (Array.isArray(found)) setProblems(found as Array<{ line: number, message: string }>)
      else say.error(error)
    } finally { if (file.current) file.current.value = '' }
  }
  return (
    <>
      {can('processNode:import') && <><button type="button" className="qc-button" onClick={() => file.current?.click()}><Icon name="upload" />{tp('import')}</button><input ref={file} type="file" hidden aria-label={tp('import')} accept=".csv,.tsv,.xlsx,.json" onChange={event => void upload(event.target.files?.[0])} /></>}
      {can('processNode:export') && <Dropdown trigger={['click']} menu={{ items: ['xlsx', 'csv', 'json'].map(key => ({ key, label: key.toUpperCase() })), onClick: ({ key }) => void download('/process-tree/export', { format: key }, `流程树.${key}`).catch(say.error) }}><button type="button" className="qc-button"><Icon name="download" />{tp('export')}</button></Dropdown>}
      <Link className="qc-button" to="/process-tree/print"><Icon name="request" />{tp('print')}</Link>
      <Modal open={problems !== null} title={tp('importProblems', { n: problems?.length ?? 0 })} footer={null} onCancel={() => setProblems(null)}>
        <ul className="qc-plain pt-problems">{problems?.map(p => <li key={`${p.line}-${p.message}`}><b className="qc-number">{tp('line', { n: p.line })}</b> {p.message}</li>)}</ul>
      </Modal>
    </>
  )
}
