import { api, CasePanel, EntityPage, keys, queryClient, useSay, type Row } from '@quancheng/ui'
import { Link, useLocation, useNavigate, useParams } from 'react-router'
import { formOf } from './forms.ts'
import { tv } from './texts.ts'

/** The record behind an approval: all its fields, files and history; a draft can be handed in from here. */
export default function RecordPage() {
  const id = useParams().id!
  const say = useSay()
  const navigate = useNavigate()
  const form = formOf(useLocation().pathname.split('/')[2])!
  const submit = async (row: Row) => {
    try {
      const { caseId } = await api.post<{ caseId: string }>('/cases', { key: form.key, entity: form.entity, recordId: row.id })
      await queryClient.invalidateQueries({ queryKey: keys.tasks })
      await navigate(`/approvals/${caseId}`)
    } catch (error) { say.error(error) }
  }
  return (
    <EntityPage key={id} entity={form.entity} id={id}
      actions={row => row.stage === 'draft' ? <><Link className="qc-button" to={`/approvals/new/${form.key}?id=${row.id}`}>{tv('editForm')}</Link><button type="button" className="qc-button qc-button-primary" onClick={() => void submit(row)}>{tv('submit')}</button></> : null}
      tabs={row => row.stage === 'draft' ? [] : [{ key: 'course', label: tv('course'), content: <CasePanel entity={form.entity} recordId={row.id} /> }]} />
  )
}
