import './approvals.css'
import { api, ApiError, EmptyState, EntityForm, ErrorState, forget, keys, PageFrame, pick, queryClient, Skeleton, t, useEntity, useSay, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { formOf, type FormCard } from './forms.ts'
import { filled, Lines, linesOf, sumOf, type Line } from './Lines.tsx'
import { tv } from './texts.ts'

/** A form to be filled in and handed in; `?id=` goes on with a draft, or with one that was sent back (`&case=`). */
export default function FormPage() {
  const form = formOf(useParams().form)
  const [params] = useSearchParams()
  const id = params.get('id'), caseId = params.get('case')
  const row = useQuery({ queryKey: keys.row(form?.entity ?? '', id ?? ''), queryFn: ({ signal }) => api.get<Row>(`/${form!.plural}/${id}`, { signal }), enabled: form !== undefined && id !== null })
  if (!form) return <EmptyState title={t('notFoundTitle')} hint={t('notFoundHint')} />
  return (
    <PageFrame title={tv(id ? 'edit' : 'newForm', { label: pick(form.label) })} subtitle={pick(form.about)} back={caseId ? `/approvals/${caseId}` : '/approvals/start'}>
      <section className="qc-panel qc-panel-pad ap-narrow">
        {id && row.isPending ? <Skeleton lines={8} /> : row.isError ? <ErrorState error={row.error} onRetry={() => void row.refetch()} />
          : <Filling key={id ?? 'new'} form={form} row={id ? row.data ?? null : null} caseId={caseId} />}
      </section>
    </PageFrame>
  )
}

function Filling({ form, row, caseId }: { form: FormCard, row: Row | null, caseId: string | null }) {
  const say = useSay()
  const navigate = useNavigate()
  const entity = useEntity(form.entity)
  const withLines = entity?.fields.some(field => field.name === 'lines') ?? false
  const [lines, setLines] = useState<Line[]>(() => linesOf(row?.lines))
  // which of the form's processes; the one that came with it unless the person says otherwise
  const [chosen, setChosen] = useState(form.key)
  const processes = useQuery({ queryKey: ['form-processes', form.entity], queryFn: ({ signal }) => api.get<{ items: Array<{ key: string, name: string }> }>('/form-processes', { query: { entity: form.entity }, signal }), enabled: caseId === null, staleTime: 60_000 }).data?.items ?? []
  const given = filled(lines)
  const changedLines = withLines && row !== null && JSON.stringify(given) !== JSON.stringify(linesOf(row.lines))
  const handIn = async (saved: Row) => {
    try {
      // lines are beside the form, which knows nothing of them when a record is changed
      if (changedLines) { await api.patch(`/${form.plural}/${saved.id}`, { lines: given }); await forget(form.entity) }
      if (caseId) { await navigate(`/approvals/${caseId}`, { replace: true }); return }
      const started = await api.post<{ caseId: string }>('/cases', { key: chosen, entity: form.entity, recordId: saved.id })
      await queryClient.invalidateQueries({ queryKey: keys.tasks })
      say.ok(tv('submitted'))
      await navigate(`/approvals/${started.caseId}`, { replace: true })
    } catch (error) {
      // what was typed is kept; only the handing in has failed
      say.warn(tv('kept', { why: error instanceof ApiError ? error.message : '' }))
      await navigate(`/approvals/new/${form.key}?id=${saved.id}${caseId ? `&case=${caseId}` : ''}`, { replace: true })
    }
  }
  // with lines the amount is their sum, and nobody types it
  const fields = (entity?.fields ?? []).map(field => field.name).filter(name => name !== 'lines' && !(withLines && given.length > 0 && name === 'amount'))
  return (
    <>
    {processes.length > 1 && <label className="ap-process"><span>{tv('process')}</span><select value={chosen} onChange={event => setChosen(event.target.value)}>{processes.map(each => <option key={each.key} value={each.key}>{each.name}</option>)}</select></label>}
    <EntityForm entity={form.entity} fields={fields} {...(row ? { row } : {})} {...(withLines && given.length > 0 && !row ? { fixed: { lines: given, amount: sumOf(given) } } : {})}
      okText={tv(caseId ? 'saveBack' : 'submit')} onSaved={handIn} {...(row ? { onUnchanged: () => void handIn(row) } : {})} onCancel={() => void navigate(-1)}
      more={withLines ? <Lines lines={lines} onChange={setLines} /> : undefined} />
    </>
  )
}
