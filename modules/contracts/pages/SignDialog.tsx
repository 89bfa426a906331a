import { ApiError, api, keys, presentTime, queryClient, useSay, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Modal, Select } from 'antd'
import { useRef, useState } from 'react'
import { tk } from './texts.ts'

type Held = { id: string, name: string }

/** The day of signing and the scan that shows it: among the contract's files, or brought here. `needed`: the company signs nothing without it. */
export function SignDialog({ row, needed, onSigned, onClose }: { row: Row, needed: boolean, onSigned: () => Promise<void>, onClose: () => void }) {
  const say = useSay(), input = useRef<HTMLInputElement>(null), today = new Date(presentTime().getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
  const [signedOn, setSignedOn] = useState(today)
  const [scan, setScan] = useState<string | null>(null)
  const [problem, setProblem] = useState<{ at: 'signedOn' | 'scanId', text: string } | null>(null)
  const [busy, setBusy] = useState(false)
  const files = useQuery({ queryKey: keys.part('contract', row.id, 'attachments'), queryFn: async ({ signal }) => { const read = await api.get<Held[] | { items: Held[] }>(`/contracts/${row.id}/attachments`, { signal }); return Array.isArray(read) ? read : read.items } })
  const bring = async (file: File | undefined) => {
    if (!file) return
    setBusy(true)
    try {
      const { id } = await api.upload<{ id: string }>(`/contracts/${row.id}/attachments`, file)
      await files.refetch()
      setScan(id); setProblem(null)
    } catch (error) { setProblem({ at: 'scanId', text: error instanceof ApiError ? error.message : String(error) }) } finally { setBusy(false); if (input.current) input.current.value = '' }
  }
  const sign = async () => {
    if (!signedOn || signedOn > today) { setProblem({ at: 'signedOn', text: tk(signedOn ? 'signedLater' : 'signedOnNeeded') }); document.getElementById('kc-signed-on')?.focus(); return }
    if (needed && !scan) { setProblem({ at: 'scanId', text: tk('scanNeeded') }); document.getElementById('kc-scan')?.focus(); return }
    setBusy(true)
    try {
      await api.post(`/contracts/${row.id}/sign`, { signedOn, ...(scan ? { scanId: scan } : {}) })
      say.ok(tk('signed'))
      await Promise.all([onSigned(), queryClient.invalidateQueries({ queryKey: keys.row('contract', row.id) })])
      onClose()
    } catch (error) {
      if (error instanceof ApiError && error.code.startsWith('CONTRACT_SCAN')) setProblem({ at: 'scanId', text: error.message })
      else if (error instanceof ApiError && error.fields[0]?.field === 'signedOn') setProblem({ at: 'signedOn', text: error.message })
      else say.error(error)
    } finally { setBusy(false) }
  }
  const wrong = (at: 'signedOn' | 'scanId') => problem?.at === at && <p className="qc-danger" role="alert">{problem.text}</p>
  return (
    <Modal open title={tk('sign')} okText={tk('sign')} confirmLoading={busy} onOk={() => void sign()} onCancel={onClose}>
      <div className="qc-stack">
        <div><label htmlFor="kc-signed-on">{tk('signedOn')} *</label><Input id="kc-signed-on" autoFocus type="date" max={today} value={signedOn} status={problem?.at === 'signedOn' ? 'error' : ''} onChange={event => { setSignedOn(event.target.value); setProblem(null) }} onPressEnter={() => void sign()} />{wrong('signedOn')}</div>
        <div><label htmlFor="kc-scan">{tk('scan')}{needed && ' *'}</label>
          <div className="kc-scan"><Select id="kc-scan" allowClear loading={files.isPending} status={problem?.at === 'scanId' ? 'error' : ''} placeholder={tk('scanNone')} value={scan} onChange={next => { setScan(next ?? null); setProblem(null) }} options={(files.data ?? []).map(f => ({ value: f.id, label: f.name }))} notFoundContent={tk('scanNoFiles')} />
            <input ref={input} type="file" accept=".pdf,.jpg,.jpeg,.png,.tif,.tiff" hidden onChange={event => void bring(event.target.files?.[0])} />
            <button type="button" className="qc-button" disabled={busy} onClick={() => input.current?.click()}>{tk('scanUpload')}</button></div>
          {wrong('scanId')}<p className="qc-soft">{tk(needed ? 'scanHintMust' : 'scanHint')}</p></div>
      </div>
    </Modal>
  )
}
