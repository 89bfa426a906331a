import './sales.css'
import { EmptyState, EntityForm, PageFrame, presentTime, t, useEntity, useSession } from '@quancheng/ui'
import { useNavigate, useSearchParams } from 'react-router'
import { ts } from './texts.ts'

const FIELDS = ['kind', 'state', 'customerId', 'contactId', 'opportunityId', 'leadId', 'subject', 'result', 'nextStep', 'nextAt', 'at', 'minutes', 'ownerId']

/** 写行动记录: what is usual stands there already: a visit, done by oneself, just now. Its block follows from what it is about. The address may carry more (`?customerId=…`). */
export default function NewAction() {
  const navigate = useNavigate(), session = useSession(), entity = useEntity('engagement'), [params] = useSearchParams()
  if (!entity?.actions.create) return <EmptyState icon="lock" title={t('forbiddenTitle')} hint={t('forbiddenHint')} />
  const own = entity.fields.filter(field => field.custom).map(field => field.name)
  return (
    <PageFrame title={ts('addAction')} back="/e/engagements">
      <section className="qc-panel qc-panel-pad">
        <EntityForm entity="engagement" fields={[...FIELDS, ...own]} initial={{ ownerId: session.user.id, at: presentTime().toISOString(), ...Object.fromEntries(params) }}
          onSaved={row => void navigate(`/e/engagements/${row.id}`, { replace: true })} onCancel={() => void navigate(-1)} />
      </section>
    </PageFrame>
  )
}
