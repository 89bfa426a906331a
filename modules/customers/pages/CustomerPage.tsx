import { api, can, EntityPage, ReasonDialog, Tag, useSay, useSession, type Row } from '@quancheng/ui'
import { useState } from 'react'
import { Navigate, useParams, useSearchParams } from 'react-router'
import { Overview } from './Overview.tsx'
import { tc } from './texts.ts'

/** Everything about one customer from every channel (CU-06); below it what metadata gives. An id that was merged leads to the survivor's page. */
export default function CustomerPage() {
  const id = useParams().id!, [params] = useSearchParams()
  const editing = params.get('edit') === '1'
  return <EntityPage key={id} entity="customer" id={id} actions={row => <Actions row={row} />} top={row => (row.id !== id ? <Navigate replace to={`/e/customers/${row.id}`} /> : editing ? null : <Overview id={id} />)} />
}

function Actions({ row }: { row: Row }) {
  const session = useSession(), say = useSay(), [asking, setAsking] = useState(false)
  const exportPerson = async (reason: string): Promise<void> => {
    try {
      const data = await api.post<{ text: string }>(`/customers/${row.id}/personal-data`, { reason })
      const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' })), link = document.createElement('a')
      Object.assign(link, { href: url, download: `${String(row.name)}-${new Date().toISOString().slice(0, 10)}.json` }).click()
      URL.revokeObjectURL(url)
      setAsking(false)
    } catch (error) { say.error(error) }
  }
  return (
    <>
      {row.level ? <Tag color="gold">{tc('level', { n: Number(row.level) })}</Tag> : null}
      {row.phone ? <Tag color={row.phoneProvenAt ? 'green' : undefined}>{tc(row.phoneProvenAt ? 'proven' : 'unproven')}</Tag> : null}
      {can('customer:exportPerson', session) && <button type="button" className="qc-button" onClick={() => setAsking(true)}>{tc('exportPerson')}</button>}
      {asking && <ReasonDialog open title={tc('exportPerson')} hint={tc('exportHint')} onOk={exportPerson} onClose={() => setAsking(false)} />}
    </>
  )
}
