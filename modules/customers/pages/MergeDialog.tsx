import { api, FieldValue, forget, Skeleton, useEntity, useSay, type Row } from '@quancheng/ui'
import { useQueries, useQueryClient } from '@tanstack/react-query'
import { Modal, Radio } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { tc } from './texts.ts'

const text = (v: unknown): string => JSON.stringify(v ?? null)

/** Two customers become one: which is kept, and where their values differ, whose. The first given is kept unless another is chosen. */
export function MergeDialog({ ids, onClose }: { ids: readonly [string, string]; onClose: () => void }) {
  const meta = useEntity('customer'), say = useSay(), client = useQueryClient(), navigate = useNavigate()
  const [survivor, setSurvivor] = useState(ids[0]), [choices, setChoices] = useState<Record<string, string>>({}), [busy, setBusy] = useState(false)
  const rows = useQueries({ queries: ids.map(id => ({ queryKey: ['customer', id, 'merge'], queryFn: () => api.get<Row>(`/customers/${id}`) })) }).map(r => r.data)
  const [a, b] = rows
  const differing = meta && a && b ? meta.fields.filter(f => !f.readOnly && f.name !== 'parentId' && f.name in a && text(a[f.name]) !== text(b[f.name])) : []
  const other = ids.find(id => id !== survivor)!
  /** whose value is taken: that of the one kept, unless it is empty there */
  const of = (name: string): string => choices[name] ?? ((rows.find(r => r?.id === survivor)?.[name] ?? null) === null ? other : survivor)
  const submit = async (): Promise<void> => {
    setBusy(true)
    try {
      const { rows: n } = await api.post<{ rows: number }>(`/customers/${survivor}/merge`, { mergedId: other, choices: Object.fromEntries(differing.map(f => [f.name, of(f.name) === survivor ? 'survivor' : 'merged'])) })
      say.ok(tc('mergeDone', { n }))
      onClose()
      await forget('customer')
      await client.invalidateQueries({ queryKey: ['customer'] })
      await navigate(`/e/customers/${survivor}`)
    } catch (error) { say.error(error) } finally { setBusy(false) }
  }
  return (
    <Modal open width={720} title={tc('mergeTitle')} onCancel={onClose} onOk={() => void submit()} okText={tc('merge')} confirmLoading={busy} okButtonProps={{ disabled: !a || !b }} destroyOnHidden>
      {!a || !b || !meta ? <Skeleton lines={6} /> : (
        <>
          <p className="qc-soft">{tc('into')}</p>
          <div className="cu-wrap"><table className="cu-merge">
            <thead><tr><th>{tc('keep')}</th>{[a, b].map(r => <th key={r.id}><Radio checked={survivor === r.id} onChange={() => { setSurvivor(r.id); setChoices({}) }}>{String(r.name)}</Radio></th>)}</tr></thead>
            <tbody>{differing.length ? differing.map(f => (
              <tr key={f.name}><th>{f.label}</th>{[a, b].map(r => <td key={r.id}><Radio checked={of(f.name) === r.id} onChange={() => setChoices({ ...choices, [f.name]: r.id })}><FieldValue field={f} row={r} /></Radio></td>)}</tr>
            )) : <tr><td colSpan={3} className="qc-soft">{tc('sameAll')}</td></tr>}</tbody>
          </table></div>
        </>
      )}
    </Modal>
  )
}
