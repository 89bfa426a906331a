import { useState } from 'react'
import { Alert, Button, Modal, Table, Upload } from 'antd'
import { api, ApiError, download } from '../core/api.ts'
import { forget } from '../core/query.ts'
import { t } from '../core/texts.ts'
import type { EntityMeta, ImportReport } from '../core/types.ts'
import { useSay } from '../frame/say.ts'
import { Icon } from '../icons.tsx'
import { tl } from './texts.ts'

type Props = { entity: EntityMeta, open: boolean, onClose: () => void }

/** Import in two steps: every row is checked and reported first, then stored. */
export function ImportDialog({ entity, open, onClose }: Props) {
  const say = useSay()
  const [file, setFile] = useState<File | null>(null)
  const [report, setReport] = useState<ImportReport | null>(null)
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState(false)

  const run = async (chosen: File, mode: 'check' | 'commit', partial: boolean) => {
    setBusy(true)
    try {
      const answer = await api.upload<ImportReport>(`/${entity.plural}/import`, chosen, { query: { mode, partial: partial ? 1 : 0 } })
      setReport(answer)
      if (mode === 'commit') { setDone(true); await forget(entity.name) }
    } catch (error) {
      const details = reportOf(error)
      if (details) setReport(details)
      else { setFile(null); say.error(error) }
    } finally {
      setBusy(false)
    }
  }
  const choose = (chosen: File) => { setFile(chosen); setReport(null); setDone(false); void run(chosen, 'check', false); return false }
  const reset = () => { setFile(null); setReport(null); setDone(false); onClose() }
  const good = report ? report.total - report.failed : 0

  const footer = done || !report
    ? <Button onClick={reset}>{t('close')}</Button>
    : <>
        <Button onClick={reset}>{t('cancel')}</Button>
        {report.failed === 0
          ? <Button type="primary" loading={busy} disabled={report.total === 0} onClick={() => void run(file!, 'commit', false)}>{tl('importAll', { n: report.total })}</Button>
          : <Button type="primary" loading={busy} disabled={good === 0} onClick={() => void run(file!, 'commit', true)}>{tl('importGood', { n: good })}</Button>}
      </>

  return (
    <Modal open={open} title={tl('importTitle', { label: entity.label })} onCancel={reset} footer={footer} width={720} destroyOnHidden>
      <div className="qc-stack">
        <div className="qc-row-between">
          <span className="qc-soft">{tl('importHint')}</span>
          <Button icon={<Icon name="download" />} onClick={() => void download(`/${entity.plural}/import-template`, {}, `${entity.label}.xlsx`).catch(say.error)}>{tl('template')}</Button>
        </div>
        <Upload.Dragger accept=".xlsx,.csv" maxCount={1} showUploadList={false} beforeUpload={choose} disabled={busy}>
          <div style={{ padding: 8 }}><Icon name="upload" size={22} /><div>{file ? file.name : tl('chooseFile')}</div></div>
        </Upload.Dragger>
        {busy && file && <p role="status">{tl('checking', { name: file.name })}</p>}
        {report && <Alert showIcon type={done ? (report.failed > 0 ? 'warning' : 'success') : report.failed > 0 ? 'warning' : 'success'}
          title={done ? tl('importDone', { created: report.created, updated: report.updated, unchanged: report.unchanged, failed: report.failed }) : report.failed > 0 ? tl('checkBad', { n: report.total, bad: report.failed }) : tl('checkGood', { n: report.total })} />}
        {report && report.errors.length > 0 && (
          <Table size="small" rowKey={(row, i) => `${row.line}-${row.field ?? ''}-${i ?? 0}`} pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }} dataSource={report.errors}
            columns={[
              { title: tl('line'), dataIndex: 'line', width: 70 },
              { title: tl('field'), dataIndex: 'field', width: 140, render: (name?: string) => entity.fields.find(field => field.name === name)?.label ?? name ?? '' },
              { title: tl('problem'), dataIndex: 'message' },
            ]} />
        )}
      </div>
    </Modal>
  )
}

/** A 422 carries the report in its details (or is the report). */
function reportOf(error: unknown): ImportReport | null {
  if (!(error instanceof ApiError) || error.status !== 422) return null
  const details = error.details as Partial<ImportReport>
  return Array.isArray(details.errors) ? { total: 0, created: 0, updated: 0, unchanged: 0, failed: details.errors.length, ...details } as ImportReport : null
}
