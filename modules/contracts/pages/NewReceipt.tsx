import { EmptyState, EntityForm, PageFrame, presentTime, t, useEntity } from '@quancheng/ui'
import { useNavigate, useSearchParams } from 'react-router'
import { tk } from './texts.ts'

const FIELDS = ['customerId', 'contractId', 'instalmentId', 'receivedOn', 'amount', 'method', 'note']

/** 登记收款: today's money unless another day is chosen. Block and owner follow from what it is for; what the address carries of them goes along. */
export default function NewReceipt() {
  const navigate = useNavigate(), entity = useEntity('receipt'), [params] = useSearchParams()
  if (!entity?.actions.create) return <EmptyState icon="lock" title={t('forbiddenTitle')} hint={t('forbiddenHint')} />
  const { unitId, ...given } = Object.fromEntries(params), today = new Date(presentTime().getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
  return (
    <PageFrame title={tk('book')} back="/e/receipts">
      <section className="qc-panel qc-panel-pad">
        <EntityForm entity="receipt" fields={FIELDS} initial={{ receivedOn: today, ...given }} {...(unitId ? { fixed: { unitId } } : {})} onSaved={row => void navigate(`/e/receipts/${row.id}`, { replace: true })} onCancel={() => void navigate(-1)} />
      </section>
    </PageFrame>
  )
}
