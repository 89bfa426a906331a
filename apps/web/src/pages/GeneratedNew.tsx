import { EmptyState, EntityForm, PageFrame, t, useEntity } from '@quancheng/ui'
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router'
import { ts } from '../texts.ts'

/** A new record of any entity; the address may carry first values (`?customerId=…`). */
export default function GeneratedNew() {
  const navigate = useNavigate()
  const path = useLocation().pathname
  const plural = useParams().plural ?? path.split('/')[2]
  const entity = useEntity(plural!)
  const [params] = useSearchParams()
  if (!entity || !entity.actions.create) return <EmptyState icon="lock" title={t('forbiddenTitle')} hint={t('forbiddenHint')} />
  return (
    <PageFrame title={ts('newRecord', { label: entity.label })} back={`/e/${plural}`}>
      <section className="qc-panel qc-panel-pad">
        <EntityForm key={plural} entity={entity.name} initial={Object.fromEntries(params)} onSaved={row => void navigate(`/e/${plural}/${row.id}`, { replace: true })} onCancel={() => void navigate(-1)} />
      </section>
    </PageFrame>
  )
}
